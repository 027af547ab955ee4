import type { Entity } from '../../nlu/recognizer.ts';
import type { SlotDefinition } from '../program.ts';
import { type Part, shareLeft } from './part.ts';
import type { Situation } from './situation.ts';
import type { Value } from './value.ts';
import { entityValues } from './values.ts';

/** A message that is a number, 四位, answers the only question for one that is still open. */
export function bareNumber(
  situation: Situation,
  segment: Part['segment'],
  rest: readonly Entity[],
  open: readonly SlotDefinition[],
): Value | undefined {
  const numbers = open.filter(({ type }) => type === 'number');
  const [value] = numbers.length === 1 ? entityValues(situation, rest, numbers, true) : [];
  return value && shareLeft(segment.text, [value]) === 0 ? value : undefined;
}
