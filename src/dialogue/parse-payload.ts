import type { Json, JsonObject } from '../json.ts';
import type { Payload } from '../message.ts';
import type { SlotDefinition, SlotType } from './program.ts';

export type PayloadResult =
  | { readonly kind: 'parsed'; readonly payload: Payload }
  | { readonly kind: 'failed'; readonly message: string; readonly fix: string };

/**
 * Reads a payload as buttons and tests write it: `/SetSlots(a=1, b=two)`, `/intent{"entity": "value"}`, or what the
 * person would have typed.
 */
export function parsePayload(text: string, slots: Readonly<Record<string, SlotDefinition>>): PayloadResult {
  const setSlots = /^\/SetSlots\s*\((.*)\)\s*$/su.exec(text)?.[1];
  if (setSlots !== undefined) return parseSetSlots(setSlots, slots);
  const intent = /^\/([\p{L}_][\p{L}\p{N}_.-]*)\s*(\{.*\})?\s*$/su.exec(text);
  if (intent?.[1] === undefined) return { kind: 'parsed', payload: { kind: 'text', text } };
  return parseIntent(intent[1], intent[2]);
}

function parseIntent(intent: string, entities: string | undefined): PayloadResult {
  try {
    const parsed = entities === undefined ? {} : (JSON.parse(entities) as JsonObject);
    return { kind: 'parsed', payload: { kind: 'intent', intent, entities: parsed } };
  } catch {
    return {
      kind: 'failed',
      message: `The entities of the payload "/${intent}" are not JSON.`,
      fix: `Write them as /${intent}{"entity": "value"}.`,
    };
  }
}

const ASSIGNMENT =
  /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^,]*?)\s*(?:,|$)/su;

function parseSetSlots(text: string, slots: Readonly<Record<string, SlotDefinition>>): PayloadResult {
  const values: Record<string, Json> = {};
  for (let rest = text; rest.trim() !== '';) {
    const match = ASSIGNMENT.exec(rest);
    if (match?.[1] === undefined || match[2] === undefined) {
      return {
        kind: 'failed',
        message: `The payload "/SetSlots(${text})" cannot be read.`,
        fix: 'Write /SetSlots(slot=value), several separated by commas.',
      };
    }
    const type = Object.hasOwn(slots, match[1]) ? slots[match[1]]?.type : undefined;
    values[match[1]] = constantOfType(match[2].replace(/^(["'])(.*)\1$/su, '$2'), type ?? 'any');
    rest = rest.slice(match[0].length);
  }
  return { kind: 'parsed', payload: { kind: 'set_slots', slots: values } };
}

/** The value that a text stands for in a slot of a type: `"true"` in a boolean slot is `true`. */
export function constantOfType(text: string, type: SlotType): Json {
  if (text === 'null' || (text === 'None' && type !== 'choice' && type !== 'text')) return null;
  const isBoolean = type === 'boolean' || type === 'any';
  if (isBoolean && /^(?:true|false)$/iu.test(text)) return text.toLowerCase() === 'true';
  const isNumber = type === 'number' || type === 'any';
  if (isNumber && /^-?\d+(?:\.\d+)?$/u.test(text)) return Number(text);
  return text;
}
