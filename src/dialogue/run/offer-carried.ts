import type { JsonObject } from '../../json.ts';
import { carriedValue } from '../carried-value.ts';
import type { CollectStep } from '../program.ts';
import { fillSlot, refused } from './fill-slot.ts';
import type { Turn } from './turn.ts';

/** What a question offers of what was said before, and the response that offers it. */
export interface CarriedOffer {
  readonly response: string;
  readonly values: JsonObject;
}

/**
 * The values that other tasks hold for all that a question asks: "for the days of your flight?"
 *
 * A bot offers them where it has the words: a response `utter_offer_<slots>`. They are offered once, on the first attempt.
 */
export function carriedOffer(
  turn: Turn,
  { slots: asked }: CollectStep,
  missing: readonly string[],
  attempt: number,
): CarriedOffer | undefined {
  const { program } = turn.bot;
  const response = `utter_offer_${asked.join('_')}`;
  if (attempt > 0 || missing.length < asked.length || !program.responses[response]) return undefined;
  const state = { slots: turn.slots, memory: turn.memory };
  const carried = asked.flatMap((name) => {
    const slot = program.slots[name];
    const value = slot ? carriedValue(slot, state) : null;
    return value === null ? [] : [[name, value] as const];
  });
  return carried.length === asked.length ? { response, values: Object.fromEntries(carried) } : undefined;
}

/** A yes takes what was offered; a no has the question asked without it. */
export function answerOffer(turn: Turn, yes: boolean): boolean {
  const { question } = turn.before;
  if (question?.kind !== 'collect' || !question.offer) return false;
  if (!yes) {
    refused(turn);
    return true;
  }
  const filled = Object.entries(question.offer).map(([slot, value]) => fillSlot(turn, slot, value));
  return filled.some((each) => each !== 'forbidden');
}
