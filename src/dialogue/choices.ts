import type { Json, JsonObject } from '../json.ts';
import type { LocalizedText } from '../message.ts';
import type { ChoiceDefinition, SlotDefinition } from './program.ts';

/** One thing on offer, in the order shown. */
export interface Choice {
  readonly value: Json;
  readonly label: LocalizedText;
  /** Further words for it. */
  readonly synonyms: readonly string[];
  /** The item's own fields, for "the cheaper one". */
  readonly attributes: JsonObject;
}

/** What a question offers: the items of a list slot, else the slot's own choices. */
export function choicesOf(
  slot: SlotDefinition,
  choicesFrom: string | undefined,
  slots: JsonObject,
): readonly Choice[] {
  const items = choicesFrom === undefined ? null : (slots[choicesFrom] ?? null);
  if (Array.isArray(items)) return (items as readonly Json[]).map((item) => itemChoice(slot, item));
  return slot.choices.map(({ value, label, synonyms }) => ({
    value,
    label: label ?? { '*': value.replaceAll('_', ' ') },
    synonyms,
    attributes: {},
  }));
}

/** What the values of a slot are called: its choices, or those of a slot named like an entity that fills it. */
export function namedValues(
  slot: SlotDefinition,
  slots: Readonly<Record<string, SlotDefinition>>,
): readonly ChoiceDefinition[] {
  if (slot.choices.length > 0) return slot.choices;
  return slot.entities.flatMap((entity) => slots[entity.replace(/\/.*/u, '')]?.choices ?? []);
}

/** An item's value is the field named like the slot, its `id` or `value`, or the whole item where the slot holds one. */
function itemChoice(slot: SlotDefinition, item: Json): Choice {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return { value: item, label: { '*': wordsOf(item) }, synonyms: [], attributes: {} };
  }
  const attributes = item as JsonObject;
  const value =
    slot.type === 'object' || slot.type === 'any'
      ? item
      : (attributes[slot.name] ?? attributes['value'] ?? attributes['id'] ?? attributes['name'] ?? null);
  const label = attributes['label'] ?? attributes['title'] ?? attributes['name'] ?? attributes['id'] ?? value;
  const synonyms = Object.values(attributes).filter((field): field is string => typeof field === 'string');
  return { value, label: { '*': wordsOf(label) }, synonyms, attributes };
}

/** A value as text. */
export function wordsOf(value: Json): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
}
