import type { Json, JsonObject } from '../json.ts';
import type { LocalizedText, Payload } from '../message.ts';
import type { Expression } from './expression.ts';
import type { FileReader } from './flow-reader.ts';
import type { RawButton, RawResponse, RawResponseVariant } from './flow-schema.ts';
import { parseCondition } from './parse-condition.ts';
import { constantOfType, parsePayload } from './parse-payload.ts';
import { parseJinjaText, parseText } from './parse-text.ts';
import type { ButtonDefinition, ButtonSource, ResponseDefinition, ResponseVariant } from './program.ts';
import { fault } from './rules.ts';
import { inside, keyPositionAt, positionAt, remember, type SourcePlace } from './source-place.ts';

/** Builds a response from its entry under `responses`. */
export function parseResponse(
  name: string,
  raw: RawResponse,
  place: SourcePlace,
  reader: FileReader,
): ResponseDefinition {
  const variants = raw.map((variant, index) => parseVariant(variant, inside(place, index), reader));
  return { name, variants, position: keyPositionAt(place) };
}

function parseVariant(raw: RawResponseVariant, place: SourcePlace, reader: FileReader): ResponseVariant {
  const isJinja = raw.metadata?.['template'] === 'jinja';
  const read = (text: unknown, at: SourcePlace): LocalizedText =>
    isJinja ? parseJinjaText(text, at, reader) : parseText(text, at);
  const variant: ResponseVariant = {
    text: read(raw.text, inside(place, 'text')),
    condition:
      raw.condition === undefined
        ? undefined
        : parseVariantCondition(raw.condition, inside(place, 'condition'), reader),
    channel: raw.channel,
    buttons: parseButtons(raw, place, reader),
    image: raw.image,
    links: (raw.links ?? []).map(({ title, url }, index) => ({
      title: read(title, inside(place, 'links', index, 'title')),
      url,
    })),
    metadata: (raw.metadata ?? {}) as JsonObject,
    custom: {
      ...((raw.custom ?? {}) as JsonObject),
      ...(raw.attachment === undefined ? {} : { attachment: raw.attachment as Json }),
      ...(raw.elements === undefined ? {} : { elements: raw.elements as Json }),
    },
  };
  remember(variant, '', positionAt(place));
  return variant;
}

/** A condition as flows write it, or Rasa's older list of slots with their values. */
function parseVariantCondition(
  raw: NonNullable<RawResponseVariant['condition']>,
  place: SourcePlace,
  reader: FileReader,
): Expression {
  if (!Array.isArray(raw)) return parseCondition(raw, place, reader);
  const parts = raw.map(({ name, value }, index) =>
    slotEquals(String(name), value as Json, inside(place, index)),
  );
  return parts.reduce((left, right): Expression => ({
    kind: 'binary',
    operator: 'and',
    left,
    right,
    start: 0,
    end: 0,
  }));
}

function slotEquals(slot: string, value: Json, place: SourcePlace): Expression {
  const left: Expression = { kind: 'path', root: 'slots', path: [slot], start: 0, end: 0 };
  const right: Expression = { kind: 'literal', value, start: 0, end: 0 };
  const expression: Expression = { kind: 'binary', operator: 'is', left, right, start: 0, end: 0 };
  for (const node of [left, right, expression]) remember(node, '', positionAt(place));
  return expression;
}

function parseButtons(
  raw: RawResponseVariant,
  place: SourcePlace,
  reader: FileReader,
): readonly ButtonDefinition[] | ButtonSource {
  const buttons = raw.buttons ?? raw.quick_replies ?? [];
  const at = inside(place, raw.buttons ? 'buttons' : 'quick_replies');
  if (Array.isArray(buttons)) {
    return buttons.map((button, index) => parseButton(button, inside(at, index), reader));
  }
  const source: ButtonSource = {
    from: buttons.from.replace(/^slots\./u, ''),
    title: parseText(buttons.title, inside(at, 'title')),
    set: buttons.set,
  };
  remember(source, 'from', positionAt(inside(at, 'from')));
  for (const slot of Object.keys(buttons.set))
    remember(source, `set.${slot}`, keyPositionAt(inside(at, 'set', slot)));
  return source;
}

function parseButton(raw: RawButton, place: SourcePlace, reader: FileReader): ButtonDefinition {
  const button: ButtonDefinition = {
    title: parseText(raw.title, inside(place, 'title')),
    payload: parseButtonPayload(raw, place, reader),
  };
  remember(button, '', positionAt(place));
  for (const key of ['payload', 'set', 'start']) remember(button, key, positionAt(inside(place, key)));
  return button;
}

function parseButtonPayload(raw: RawButton, place: SourcePlace, reader: FileReader): Payload {
  if (raw.set) return { kind: 'set_slots', slots: typedConstants(raw.set as JsonObject, reader) };
  if (raw.start !== undefined) return { kind: 'start_flow', flow: raw.start };
  if (raw.command !== undefined) return { kind: 'command', command: raw.command };
  const typed = raw.payload ?? (typeof raw.title === 'object' ? undefined : raw.title);
  if (typed === undefined) {
    reader.report(
      fault(
        'missing-key',
        positionAt(place),
        'The button does not say what it means.',
        'Add `set`, `start`, `command` or `payload`.',
      ),
    );
    return { kind: 'text', text: '' };
  }
  const result = parsePayload(String(typed), reader.slots);
  if (result.kind === 'parsed') return result.payload;
  reader.report(fault('invalid-payload', positionAt(inside(place, 'payload')), result.message, result.fix));
  return { kind: 'text', text: String(typed) };
}

function typedConstants(values: JsonObject, reader: FileReader): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([slot, value]) => {
      const type = Object.hasOwn(reader.slots, slot) ? reader.slots[slot]?.type : undefined;
      const isPlainText = type === undefined || typeof value !== 'string' || type === 'any';
      return [slot, isPlainText ? value : constantOfType(value, type)];
    }),
  );
}
