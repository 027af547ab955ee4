import { stringify } from 'yaml';

/** Writes plain data as YAML, long texts on one line. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}
