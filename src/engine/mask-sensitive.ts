import type { Command } from '../dialogue/command.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Understanding } from '../nlu/recognizer.ts';
import type { SensitiveNames } from './engine-ports.ts';

/** Where the values of a turn's personal data are found. */
export interface SensitiveSources {
  readonly slots: readonly JsonObject[];
  readonly commands: readonly Command[];
  readonly understanding: Understanding | undefined;
}

/**
 * Replaces personal data by its class in brackets, wherever it stands in a JSON value.
 *
 * A text of fewer than three characters is replaced only where it is the whole string.
 */
export function maskSensitive(value: Json, names: SensitiveNames, sources: SensitiveSources): Json {
  const classes = new Map<string, string>();
  for (const [found, name] of sensitiveValues(names, sources)) collect(found, name, classes);
  if (classes.size === 0) return value;
  const longestFirst = [...classes].sort(([a], [b]) => b.length - a.length);
  const maskText = (text: string): string => {
    const whole = classes.get(text);
    if (whole !== undefined) return `[${whole}]`;
    return longestFirst.reduce(
      (masked, [found, name]) =>
        found.length < 3 || !masked.includes(found) ? masked : masked.replaceAll(found, `[${name}]`),
      text,
    );
  };
  return mask(value, classes, maskText);
}

function* sensitiveValues(names: SensitiveNames, sources: SensitiveSources): Iterable<[Json, string]> {
  for (const [slot, name] of Object.entries(names.slots)) {
    for (const slots of sources.slots) if (slots[slot] !== undefined) yield [slots[slot], name];
  }
  for (const command of sources.commands) {
    if (command.kind !== 'set_slot' && command.kind !== 'correct_slot') continue;
    const name = names.slots[command.slot];
    if (name === undefined) continue;
    yield [command.value, name];
    if (command.text !== undefined) yield [command.text, name];
  }
  for (const { entities } of sources.understanding?.segments ?? []) {
    for (const { entity, text, value } of entities) {
      const name = names.entities[entity];
      if (name === undefined) continue;
      yield [text, name];
      yield [value, name];
    }
  }
}

function collect(value: Json, name: string, classes: Map<string, string>): void {
  if (typeof value === 'string' && value !== '') classes.set(value, name);
  else if (typeof value === 'number') classes.set(String(value), name);
  else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values<Json>(value)) collect(part, name, classes);
  }
}

/** Parts that hold nothing to mask are returned as they are. */
function mask(value: Json, classes: ReadonlyMap<string, string>, maskText: (text: string) => string): Json {
  if (typeof value === 'string') return maskText(value);
  // Short numbers are left: they are also places and counts.
  if (typeof value === 'number')
    return value >= 10_000 && classes.has(String(value)) ? maskText(String(value)) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    const masked = items.map((item) => mask(item, classes, maskText));
    return masked.some((item, place) => item !== items[place]) ? masked : items;
  }
  const object = value as JsonObject;
  const changed = Object.entries(object).flatMap(([key, item]): [string, Json][] => {
    const masked = mask(item, classes, maskText);
    return masked === item ? [] : [[key, masked]];
  });
  return changed.length === 0 ? object : { ...object, ...Object.fromEntries(changed) };
}
