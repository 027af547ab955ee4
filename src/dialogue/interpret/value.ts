import type { Json } from '../../json.ts';
import type { Entity } from '../../nlu/recognizer.ts';

/** A value for a slot, found in one part of a message. */
export interface Value {
  readonly slot: string;
  readonly value: Json;
  /** How surely it is that value, 0 to 1. */
  readonly fit: number;
  /** What it was read from; it explains that much of the text. */
  readonly text: string;
  readonly entities: readonly Entity[];
}
