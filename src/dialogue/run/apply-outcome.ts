import type { Json, JsonObject } from '../../json.ts';
import type { Awaited, Frame } from '../dialogue-state.ts';
import type { Outcome } from '../effect.ts';
import { refused, rejectValue } from './fill-slot.ts';
import { finishDefaultAction } from './perform-default-action.ts';
import { dropFrames, pushFlow, taskStart } from './stack.ts';
import { sayResponse, send, setSlot, stopOf, topFrame, type Turn, valuesOf, withMemory } from './turn.ts';
import { fillWaiting } from './waiting-values.ts';

/**
 * Takes in how an action or a text ended.
 *
 * @returns Whether the dialogue goes on now; an action that asked leaves it waiting for the person.
 */
export function applyOutcome(turn: Turn, outcome: Outcome): boolean {
  const { awaited } = turn;
  const frame = topFrame(turn);
  turn.awaited = null;
  if (!awaited || !frame) return true;
  switch (outcome.kind) {
    case 'ran':
      return ran(turn, frame, awaited, outcome);
    case 'failed':
      failed(turn, awaited, outcome);
      return true;
    case 'generated':
    case 'silent':
      written(turn, frame, outcome.kind === 'generated');
      return true;
    default:
      return outcome satisfies never;
  }
}

function ran(
  turn: Turn,
  frame: Frame,
  awaited: Awaited,
  outcome: Extract<Outcome, { kind: 'ran' }>,
): boolean {
  const { program } = turn.bot.forFrame(frame);
  const definition = program.actions[awaited.action ?? ''];
  const sets = definition?.sets;
  for (const [slot, value] of Object.entries(outcome.set)) {
    if (program.slots[slot] && (!sets || sets.includes(slot))) {
      setSlot(turn, slot, value);
      rejectValue(turn, slot);
    }
  }
  fillWaiting(turn);
  for (const [fact, value] of Object.entries(outcome.user)) {
    if (sets?.includes(`user.${fact}`)) setFact(turn, fact, value);
  }
  for (const utterance of outcome.say) {
    turn.effects.push({ kind: 'say', utterance, values: valuesOf(turn, topFrame(turn)) });
  }
  if (awaited.kind === 'ask') return !isStillAsked(turn);
  const place = turn.stack.length - 1;
  turn.stack[place] = withMemory(frame, {
    asked: false,
    acted: frame.snapshot.context.acted || definition?.effect === true,
  });
  send(turn, place, 'DONE');
  return true;
}

function setFact(turn: Turn, fact: string, value: Json): void {
  turn.user = { ...turn.user, [fact]: value } satisfies JsonObject;
  turn.events.push({ kind: 'user_fact_set', fact, value });
}

function isStillAsked(turn: Turn): boolean {
  const { question } = turn;
  return question?.kind === 'collect' && question.slots.some((slot) => (turn.slots[slot] ?? null) === null);
}

/** An effect whose end nobody knows goes to a person; other failures take the step's own way out. */
function failed(turn: Turn, awaited: Awaited, { reason }: Extract<Outcome, { kind: 'failed' }>): void {
  if (awaited.kind === 'ask') {
    refused(turn);
  } else if (awaited.kind === 'generate') {
    const frame = topFrame(turn);
    if (frame) written(turn, frame, false);
  } else if (reason === 'unknown_outcome') {
    dropFrames(turn, taskStart(turn, turn.stack.length - 1));
    pushFlow(turn, 'pattern_human_handoff', 'engine', { params: { reason: 'unknown_outcome' } });
  } else {
    send(turn, turn.stack.length - 1, 'FAILED');
  }
}

function written(turn: Turn, frame: Frame, found: boolean): void {
  const stop = stopOf(turn, frame);
  if (stop?.kind === 'default_action') {
    finishDefaultAction(turn, frame, { answered: found });
    return;
  }
  if (!found) sayResponse(turn, 'utter_no_answer');
  send(turn, turn.stack.length - 1, 'DONE');
}
