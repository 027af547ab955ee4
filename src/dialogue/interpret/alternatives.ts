import type { Entity, Segment } from '../../nlu/recognizer.ts';
import { entitiesOf } from '../recognition-context.ts';
import type { SlotDefinition } from '../program.ts';
import { kindsOf } from './slot-kinds.ts';

const or = /^\s*,?\s*(?:or|还是|或者?|或是)\s*(?:(?:on|in|from|to|at|the|maybe|perhaps)\s+)*$/iu;

/** "Berlin or Vienna": values of which the person names two and chooses none. */
export function alternatives(
  { text, start, entities }: Segment,
  asked: readonly SlotDefinition[],
): readonly Entity[] {
  return entities.flatMap((one, at) => {
    const other = entities[at + 1];
    const isPair =
      other?.entity === one.entity &&
      or.test(text.slice(one.end - start, other.start - start)) &&
      asked.some((slot) => mayBe(slot, one));
    return isPair ? [one, other] : [];
  });
}

function mayBe(slot: SlotDefinition, { entity }: Entity): boolean {
  const names = entitiesOf(slot).map((name) => name.replace(/\/.*/u, ''));
  return names.includes(entity) || (kindsOf[slot.type] ?? []).includes(entity);
}
