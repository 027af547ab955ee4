import type { TrainingExample } from '../training-example.ts';
import { foldText } from './fold-text.ts';

/** Canonical values that annotations gave to their surfaces. */
export interface Synonyms {
  valueOf(entity: string, surface: string): string | undefined;
}

export type SynonymEntry = readonly [entity: string, surface: string, value: string];

/** The annotations whose value is not their surface; of two that disagree the first counts. */
export function collectSynonyms(examples: readonly TrainingExample[]): readonly SynonymEntry[] {
  const entries = new Map<string, SynonymEntry>();
  for (const { text, entities } of examples) {
    for (const { entity, start, end, value } of entities) {
      const surface = foldText(text.slice(start, end));
      const key = keyOf(entity, surface);
      if (value !== undefined && foldText(value) !== surface && !entries.has(key))
        entries.set(key, [entity, surface, value]);
    }
  }
  return [...entries.values()];
}

export function createSynonyms(entries: readonly SynonymEntry[]): Synonyms {
  const values = new Map(entries.map(([entity, surface, value]) => [keyOf(entity, surface), value]));
  return { valueOf: (entity, surface) => values.get(keyOf(entity, foldText(surface))) };
}

function keyOf(entity: string, surface: string): string {
  return `${entity}\n${surface}`;
}
