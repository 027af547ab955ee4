import type { EntityKind, EntityValue } from '../../../../src/nlu/recognizer.ts';

/** A text whose one entity stands in brackets, its kind and its value. */
export type Phrase = readonly [marked: string, kind: EntityKind, value: EntityValue];
