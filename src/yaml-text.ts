import { parseDocument, stringify } from 'yaml';

/** Writes plain data as YAML, long texts on one line. */
export function yamlText(value: unknown): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Sets one value in a YAML text and leaves the rest, comments too, as it is. */
export function setInYaml(text: string, path: readonly string[], value: unknown): string {
  const document = parseDocument(text);
  document.setIn(path, value);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
