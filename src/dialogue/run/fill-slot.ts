import type { Json } from '../../json.ts';
import { choicesOf } from '../choices.ts';
import { stateKey } from '../compiled-flow.ts';
import { coerceValue } from '../coerce-value.ts';
import { holds } from '../evaluate-expression.ts';
import type { CollectStep } from '../program.ts';
import { isWaiting, knownValue } from '../waiting-value.ts';
import { slotDefinition } from './bot.ts';
import { widenChoice } from './offered-list.ts';
import { topTask, taskStart } from './stack.ts';
import { sayResponse, scopeOf, setSlot, stopOf, topFrame, type Turn, withMemory } from './turn.ts';
import { fillWaiting, keepWaiting } from './waiting-values.ts';

export type Filled =
  | 'filled'
  /** Not a value of the slot, or refused by a rule about it; the person has been told why. */
  | 'refused'
  /** Not the person's to fill, or not now. */
  | 'forbidden';

/** Puts a value that a person gave into a slot, if the slot takes it. */
export function fillSlot(turn: Turn, slot: string, value: Json): Filled {
  const definition = slotDefinition(turn.bot, topFrame(turn), slot);
  if (!definition || !isFillable(turn, slot)) return 'forbidden';
  const asked = askedFor(turn, slot);
  if (!asked && isHeldBack(turn, slot)) return 'forbidden';
  if (definition.type !== 'object' && isWaiting(value)) {
    const known = knownValue(value, turn.slots);
    if (known !== undefined) return fillSlot(turn, slot, known);
    keepWaiting(turn, slot, value);
    return 'filled';
  }
  const coerce = (): Json | undefined =>
    coerceValue(definition, value, choicesOf(definition, asked?.choicesFrom, turn.slots));
  const shown = coerce();
  const coerced = shown === undefined && widenChoice(turn, slot, value) ? coerce() : shown;
  if (coerced === undefined) return asked ? invalid(turn, slot) : 'forbidden';
  setSlot(turn, slot, coerced);
  if (rejectValue(turn, slot)) return refused(turn);
  fillWaiting(turn);
  return 'filled';
}

/** Takes a value away that the slot's own rules refuse, saying why; whoever gave it. */
export function rejectValue(turn: Turn, slot: string): boolean {
  const top = topFrame(turn);
  const scope = scopeOf(turn, top);
  if ((turn.slots[slot] ?? null) === null) return false;
  const rules = slotDefinition(turn.bot, top, slot)?.rejections ?? [];
  const rejection = rules.find((each) => holds(each.if, scope));
  if (!rejection) return false;
  sayResponse(turn, rejection.utter);
  setSlot(turn, slot, null);
  return true;
}

/** The question on top that asks for a slot, if it was the one the person heard. */
export function askedFor(turn: Turn, slot: string): CollectStep | undefined {
  const frame = topFrame(turn);
  const stop = frame && stopOf(turn, frame);
  return stop?.kind === 'collect' && stop.step.slots.includes(slot) ? stop.step : undefined;
}

function invalid(turn: Turn, slot: string): 'refused' {
  const own = `utter_invalid_${slot}`;
  sayResponse(turn, turn.bot.program.responses[own] ? own : 'utter_invalid_value', { slot });
  return refused(turn);
}

/** A failed answer counts against the question, so that none is asked for ever. */
export function refused(turn: Turn): 'refused' {
  const place = turn.stack.length - 1;
  const frame = turn.stack[place];
  if (frame) turn.stack[place] = withMemory(frame, { attempt: frame.snapshot.context.attempt + 1 });
  return 'refused';
}

/** A person fills what some flow asks people for; what only actions set, or a mapping keeps to itself, is not theirs. */
function isFillable(turn: Turn, slot: string): boolean {
  const top = topFrame(turn);
  const mappings = slotDefinition(turn.bot, top, slot)?.mappings ?? [];
  if (mappings.length > 0 && mappings.every(({ kind }) => kind === 'controlled')) return false;
  return turn.bot.collected.has(slot) || (top !== undefined && turn.bot.forFrame(top).collected.has(slot));
}

/** Whether the running task asks for a slot, later, in a step that wants to be asked before it is filled. */
function isHeldBack(turn: Turn, slot: string): boolean {
  const place = topTask(turn);
  if (place < 0) return false;
  return turn.stack.slice(taskStart(turn, place), place + 1).some((frame) => {
    const steps = turn.bot.forFrame(frame).machine(frame.flow)?.flow.steps.values() ?? [];
    const { visited } = frame.snapshot.context;
    return [...steps].some(
      (step) =>
        step.kind === 'collect' &&
        !step.eager &&
        step.slots.includes(slot) &&
        !visited.includes(stateKey(step.id)),
    );
  });
}
