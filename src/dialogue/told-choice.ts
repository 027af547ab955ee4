import type { Json, JsonObject } from '../json.ts';
import type { Choice } from './choices.ts';
import { isSameJson } from './same-json.ts';
import type { Bot } from './run/bot.ts';
import { openInputs } from './run/flow-facts.ts';

/** What was asked about last, where it is on offer: the value that an input of a flow which people begin held. */
export function lastTold({ program }: Bot, memory: JsonObject, choices: readonly Choice[]): Json | undefined {
  const inputs = Object.values(program.flows).flatMap(openInputs);
  const values = inputs.flatMap((name) => memory[name] ?? []);
  return choices.find(({ value }) => values.some((told) => isSameJson(told, value)))?.value;
}
