import type { Understanding } from '../../nlu/recognizer.ts';
import { coerceValue } from '../coerce-value.ts';
import type { Reading } from '../dialogue.ts';
import type { SlotDefinition, SlotMapping } from '../program.ts';
import { intentMass } from './intent-mass.ts';
import { logOf, type Part, type PartReading } from './part.ts';
import type { Situation } from './situation.ts';
import { offered } from './values.ts';

type FromText = Extract<SlotMapping, { kind: 'from_text' }>;

/** Slots that take the words as they stand (`from_text`), where the intent is one that they take them from. */
export function textReadings(part: Part): readonly PartReading[] {
  const { situation, segment } = part;
  return situation.requested.flatMap((slot) =>
    slot.mappings.flatMap((mapping): readonly PartReading[] => {
      if (mapping.kind !== 'from_text' || !isActive(situation, mapping)) return [];
      const text = segment.text.trim();
      const value = coerceValue(slot, text, offered(situation, slot));
      if (value === undefined) return [];
      return [
        {
          commands: [{ kind: 'set_slot', slot: slot.name, value, text }],
          terms: { prior: logOf(situation.priors.answer), intent: logOf(allowed(part, mapping)) },
          used: segment.entities,
        },
      ];
    }),
  );
}

function isActive({ task }: Situation, { activeFlows }: FromText): boolean {
  return activeFlows.length === 0 || activeFlows.some((flow) => task.includes(flow));
}

/** P(the intent is one that the mapping takes). */
function allowed({ mass }: Part, { intents, notIntents }: FromText): number {
  const sum = (names: readonly string[]): number => names.reduce((all, name) => all + mass.of(name), 0);
  return intents.length > 0 ? sum(intents) : 1 - Math.min(1, sum(notIntents));
}

/** Whether a reading takes all the words for a slot whose own mappings say when it takes them. */
export function isForMappings({ situation, segment }: Part, { commands }: PartReading): boolean {
  return commands.some((command) => {
    if (command.kind !== 'set_slot' || command.text?.trim() !== segment.text.trim()) return false;
    const kinds = situation.bot.program.slots[command.slot]?.mappings.map(({ kind }) => kind) ?? [];
    return kinds.includes('from_text') && !kinds.includes('from_llm');
  });
}

/** The slot that is asked for and takes whatever is said, if one is. */
export function forcedSlot({ requested, asks }: Situation): SlotDefinition | undefined {
  const [slot] = requested;
  return slot && (asks?.forceFilling === true || slot.forceFilling) ? slot : undefined;
}

/** What a message means to a question that nothing interrupts: its value, or the wish for a person. */
export function forcedReadings(slot: SlotDefinition, { text, segments }: Understanding): readonly Reading[] {
  const handoff = Math.max(0, ...segments.map((segment) => intentMass(segment).of('handoff')));
  const value = { kind: 'set_slot', slot: slot.name, value: text.trim(), text } as const;
  const readings: readonly Reading[] = [
    { commands: [value], score: logOf(1 - handoff), terms: { forced: logOf(1 - handoff) } },
    { commands: [{ kind: 'handoff' }], score: logOf(handoff), terms: { intent: logOf(handoff) } },
  ];
  return [...readings].sort((left, right) => right.score - left.score);
}
