import { readFileSync } from 'node:fs';

/** The flows and responses that every bot starts from, as `parseProgram`'s `builtin` files. */
export function builtInPatterns(): readonly { readonly file: string; readonly text: string }[] {
  return ['conversation.yml', 'repair.yml', 'calm.yml'].map((name) => ({
    file: `patterns/${name}`,
    text: readFileSync(new URL(`./patterns/${name}`, import.meta.url), 'utf8'),
  }));
}
