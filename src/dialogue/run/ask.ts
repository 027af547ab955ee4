import type { CollectStep, ConfirmStep } from '../program.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { Frame } from '../dialogue-state.ts';
import { choiceButtons } from './choice-buttons.ts';
import { applyWishes } from './narrow-choice.ts';
import { carriedOffer } from './offer-carried.ts';
import { startRun } from './run-action.ts';
import { scopeOf, send, type Turn } from './turn.ts';
import { respond } from './utterance.ts';

/** What asking did: the dialogue waits for the person, for the action that asks, or the question was given up. */
export type Asked = 'person' | 'outcome' | 'moved';

/** Asks for what a step still misses, in the words of the attempt at hand; gives up after the last one. */
export function askCollect(turn: Turn, frame: Frame, step: CollectStep): Asked {
  const { attempt } = frame.snapshot.context;
  if (attempt >= step.maxAttempts) {
    send(turn, turn.stack.length - 1, 'EXHAUSTED');
    return 'moved';
  }
  const slots = step.slots.filter((slot) => (turn.slots[slot] ?? null) === null);
  applyWishes(turn, frame, step);
  const offer = carriedOffer(turn, step, slots, attempt);
  const at = { flow: frame.flow, step: frame.snapshot.value };
  turn.question = { kind: 'collect', ...at, slots, attempt, ...(offer ? { offer: offer.values } : {}) };
  turn.events.push({ kind: 'asked', slots, attempt });
  const question = offer?.response ?? questionName(turn, frame, step, slots, attempt);
  if (turn.bot.forFrame(frame).program.actions[question]) {
    startRun(turn, frame, { kind: 'ask', action: question, input: {} });
    return 'outcome';
  }
  const scope = scopeOf(turn, frame);
  const { utterance, values } = respond(turn.bot.forFrame(frame), question, {
    ...scope,
    slots: { ...scope.slots, ...offer?.values },
  });
  const buttons = choiceButtons(turn, step, slots, utterance);
  turn.effects.push({
    kind: 'ask',
    utterance: buttons.length > 0 ? { ...utterance, buttons } : utterance,
    values,
    slots,
    attempt,
  });
  return 'person';
}

/** The response or action that asks: the attempt's own, else the one named after what is missing. */
function questionName(
  turn: Turn,
  frame: Frame,
  step: CollectStep,
  slots: readonly string[],
  attempt: number,
): string {
  const { actions, responses } = turn.bot.forFrame(frame).program;
  if (slots.length < step.slots.length) return named(slots[0] ?? '');
  const own = step.attempts[Math.min(attempt, step.attempts.length - 1)];
  if (own !== undefined) return own;
  const together = `utter_ask_${step.slots.join('_')}`;
  return responses[together] ? together : named(slots[0] ?? '');

  function named(slot: string): string {
    return actions[`action_ask_${slot}`] ? `action_ask_${slot}` : `utter_ask_${slot}`;
  }
}

/** Shows the values and asks whether they are right; after too many answers that are neither, it is a no. */
export function askConfirm(turn: Turn, frame: Frame, step: ConfirmStep): Asked {
  const { attempt } = frame.snapshot.context;
  if (attempt >= maxConfirmAttempts) {
    send(turn, turn.stack.length - 1, 'NO');
    return 'moved';
  }
  const values: JsonObject = Object.fromEntries(
    step.slots.map((slot): [string, Json] => [slot, turn.slots[slot] ?? null]),
  );
  turn.question = { kind: 'confirm', flow: frame.flow, step: frame.snapshot.value, values };
  turn.events.push({ kind: 'asked', slots: step.slots, attempt });
  const spoken = respond(turn.bot.forFrame(frame), step.utter, scopeOf(turn, frame));
  turn.effects.push({ ...spoken, kind: 'ask', slots: step.slots, attempt });
  return 'person';
}

const maxConfirmAttempts = 3;
