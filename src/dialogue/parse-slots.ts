import type { Json } from '../json.ts';
import type { FileReader } from './flow-reader.ts';
import { slotTypes, type RawMapping, type RawSlot } from './flow-schema.ts';
import { parseCondition } from './parse-condition.ts';
import { patternFault } from './parse-expression.ts';
import { parseText } from './parse-text.ts';
import type { ChoiceDefinition, Rejection, SlotDefinition, SlotMapping } from './program.ts';
import { fault, warning } from './rules.ts';
import { inside, keyPositionAt, positionAt, remember, type SourcePlace } from './source-place.ts';

type Reporter = Pick<FileReader, 'report'>;

/** Builds a slot from its entry under `slots`. */
export function parseSlot(name: string, raw: RawSlot, place: SourcePlace, reader: Reporter): SlotDefinition {
  checkSlotPattern(raw, place, reader);
  warnOfUnread(raw, place, reader);
  const slot: SlotDefinition = {
    name,
    type: slotTypes[raw.type],
    choices: parseChoices(raw, place),
    pattern: raw.pattern,
    entities: raw.entities ?? [],
    carryFrom: raw.carry_from ?? [],
    initialValue: (raw.initial_value ?? null) as Json,
    scope: raw.scope ?? 'flow',
    sensitive: raw.sensitive,
    mappings: (raw.mappings ?? []).flatMap((mapping, index) =>
      parseMapping(mapping, inside(place, 'mappings', index), reader),
    ),
    rejections: parseRejections(
      raw.validation?.rejections ?? [],
      inside(place, 'validation', 'rejections'),
      reader,
    ),
    forceFilling: raw.force_slot_filling ?? false,
    label: raw.label === undefined ? undefined : parseText(raw.label, inside(place, 'label')),
    position: keyPositionAt(place),
  };
  for (const [index] of slot.entities.entries()) {
    remember(slot, `entities.${index}`, positionAt(inside(place, 'entities', index)));
  }
  for (const [index] of slot.carryFrom.entries()) {
    remember(slot, `carryFrom.${index}`, positionAt(inside(place, 'carry_from', index)));
  }
  remember(slot, 'initialValue', positionAt(inside(place, 'initial_value')));
  return slot;
}

export function parseRejections(
  raw: readonly { readonly if: unknown; readonly utter: string }[],
  place: SourcePlace,
  reader: Reporter,
): readonly Rejection[] {
  return raw.map((each, index) => {
    const rejection: Rejection = {
      if: parseCondition(each.if, inside(place, index, 'if'), reader),
      utter: each.utter,
    };
    remember(rejection, 'utter', positionAt(inside(place, index, 'utter')));
    return rejection;
  });
}

function parseChoices(raw: RawSlot, place: SourcePlace): readonly ChoiceDefinition[] {
  const at = inside(place, 'choices');
  if (raw.choices === undefined) {
    const values = (raw.values ?? []).filter((value) => value !== null);
    return values.map((value) => ({ value: String(value), label: undefined, synonyms: [] }));
  }
  if (!Array.isArray(raw.choices)) {
    return Object.entries(raw.choices).map(([value, label]) => ({
      value,
      label: parseText(label, inside(at, value)),
      synonyms: [],
    }));
  }
  return raw.choices.map((choice, index) => {
    if (typeof choice !== 'object') return { value: String(choice), label: undefined, synonyms: [] };
    const label =
      choice.label === undefined ? undefined : parseText(choice.label, inside(at, index, 'label'));
    return { value: String(choice.value), label, synonyms: choice.synonyms ?? [] };
  });
}

function checkSlotPattern(raw: RawSlot, place: SourcePlace, reader: Reporter): void {
  const problem = raw.pattern === undefined ? undefined : patternFault(raw.pattern);
  if (problem === undefined) return;
  reader.report(
    fault(
      'invalid-pattern',
      positionAt(inside(place, 'pattern')),
      `The regular expression is not valid: ${problem}.`,
      'Use RE2 syntax: look-around and back-references do not exist in it.',
    ),
  );
}

function warnOfUnread(raw: RawSlot, place: SourcePlace, reader: Reporter): void {
  for (const key of ['min_value', 'max_value'] as const) {
    if (raw[key] === undefined) continue;
    reader.report(
      warning(
        'calm-difference',
        keyPositionAt(inside(place, key)),
        `"${key}" has no effect here.`,
        'Refuse such values by `validation: {rejections: …}`.',
      ),
    );
  }
}

function parseMapping(raw: RawMapping, place: SourcePlace, reader: Reporter): readonly SlotMapping[] {
  const intents = asList(raw.intent);
  const notIntents = asList(raw.not_intent);
  const activeFlows = (raw.conditions ?? []).flatMap(({ active_flow: flow }) => (flow ? [flow] : []));
  switch (raw.type) {
    case 'from_llm':
      return [{ kind: 'from_llm' }];
    case 'controlled':
    case 'custom':
      return [{ kind: 'controlled' }];
    case 'from_entity':
      if (raw.entity === undefined) return missing('entity', place, reader);
      return [
        {
          kind: 'from_entity',
          entity: raw.entity,
          role: raw.role,
          group: raw.group,
          intents,
          notIntents,
          activeFlows,
        },
      ];
    case 'from_intent':
      if (intents.length === 0) return missing('intent', place, reader);
      if (raw.value === undefined) return missing('value', place, reader);
      return [{ kind: 'from_intent', intents, value: raw.value as Json, activeFlows }];
    case 'from_text':
      return [{ kind: 'from_text', intents, notIntents, activeFlows }];
  }
}

function missing(key: string, place: SourcePlace, reader: Reporter): readonly SlotMapping[] {
  reader.report(
    fault('missing-key', positionAt(place), `The key "${key}" is missing.`, `Add "${key}" to this mapping.`),
  );
  return [];
}

function asList(names: string | readonly string[] | undefined): readonly string[] {
  if (names === undefined) return [];
  return typeof names === 'string' ? [names] : names;
}
