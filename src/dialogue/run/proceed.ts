import { EngineError } from '../../errors.ts';
import { refusedState, type Stop } from '../compiled-flow.ts';
import type { Frame } from '../dialogue-state.ts';
import { evaluateExpression, holds } from '../evaluate-expression.ts';
import { applyCommands } from './apply-commands.ts';
import { askCollect, askConfirm } from './ask.ts';
import { type EndedTask, endFrame, offerInterrupted } from './end-frame.ts';
import { performDefaultAction } from './perform-default-action.ts';
import { runAction } from './run-action.ts';
import { handOver } from './hand-over.ts';
import { namesAs, pushFlow, taskStart } from './stack.ts';
import {
  sayResponse,
  scopeOf,
  send,
  setSlot,
  stopOf,
  topFrame,
  type Turn,
  valuesOf,
  withMemory,
} from './turn.ts';

/** More rests than this in one turn are a circle of flows that call or link each other. */
const maxRests = 200;

/** Runs the flow on top, and what it calls and comes back to, until the dialogue waits or nothing is left. */
export function proceed(turn: Turn): void {
  for (let rest = 0; rest < maxRests; rest += 1) {
    const frame = topFrame(turn);
    if (!frame) {
      if (!nextTask(turn)) return;
    } else if (!moveOn(turn, frame)) {
      return;
    }
  }
  throw new EngineError('INTERNAL', `The dialogue of ${turn.conversation} goes round in circles.`, {
    fix: 'Look for flows that call or link each other without asking the person anything.',
  });
}

/** Begins the next task that the person named beside the first. */
function nextTask(turn: Turn): boolean {
  const [commands, ...deferred] = turn.deferred;
  if (!commands) return false;
  turn.deferred = deferred;
  applyCommands(turn, commands);
  return turn.stack.length > 0;
}

/** What follows a finished task: the next one named, the one below, or a word of completion; a question in passing goes back. */
function afterTask(turn: Turn, ended: EndedTask | undefined): void {
  if (!ended || (!ended.announced && turn.stack.length > 0)) return;
  if (nextTask(turn) || turn.stack.length > 0) return;
  if (ended.outcome === 'refused' || !ended.announced) return;
  const flow = turn.bot.program.flows[turn.lastFlow ?? ''];
  const params = namesAs(turn, flow ? [flow] : [], ([name = '']) => ({ previous_flow_name: name }));
  pushFlow(turn, 'pattern_completed', 'engine', { params });
}

/** Performs what the frame on top rests at; `false` when the dialogue waits. */
function moveOn(turn: Turn, frame: Frame): boolean {
  if (frame.held) {
    offerInterrupted(turn);
    return true;
  }
  if (isLetIn(turn, frame)) return true;
  const stop = stopOf(turn, frame);
  switch (stop?.kind) {
    case 'collect':
      return question(turn, stop);
    case 'confirm':
      return askConfirm(turn, frame, stop.step) === 'moved';
    case 'action':
      return !runAction(turn, frame, stop.step);
    case 'default_action':
      return performDefaultAction(turn, frame, stop.action);
    case 'call':
      return call(turn, frame, stop);
    case 'link':
      return link(turn, frame, stop);
    case 'answer':
    case 'generate':
      return write(turn, frame, stop);
    case 'handoff':
      return handOver(turn, frame, stop.step);
    case 'wait':
      return wait(turn, frame, stop.step.durationMs);
    case 'refused':
      return refuse(turn);
    case 'end':
    case undefined:
      afterTask(turn, endFrame(turn, stop));
      if (frame.flow === 'pattern_cancel_flow') nextTask(turn);
      return true;
    default:
      return stop satisfies never;
  }
}

/** A flow that a guard calls first has nothing left to ask once the guard holds, whatever made it hold. */
function isLetIn(turn: Turn, frame: Frame): boolean {
  const place = turn.stack.length - 2;
  const caller = turn.stack[place];
  if (frame.by !== 'call' || caller?.snapshot.value !== refusedState) return false;
  const guard = turn.bot.forFrame(caller).program.flows[caller.flow]?.guard;
  if (!guard || !holds(guard, scopeOf(turn, caller))) return false;
  endFrame(turn, { kind: 'end', outcome: undefined, abandons: false });
  return true;
}

/** A question may have been answered while the flow was not on top: it is tried again before it is asked. */
function question(turn: Turn, stop: Extract<Stop, { kind: 'collect' }>): boolean {
  const before = topFrame(turn);
  const isRested = before === turn.rested?.frame && turn.slots === turn.rested?.slots;
  if (!isRested) send(turn, turn.stack.length - 1, 'GO');
  const frame = topFrame(turn);
  if (!frame || frame.snapshot.value !== before?.snapshot.value) return true;
  return askCollect(turn, frame, stop.step) === 'moved';
}

function call(turn: Turn, frame: Frame, { flow, with: given }: Extract<Stop, { kind: 'call' }>): boolean {
  const scope = scopeOf(turn, frame);
  for (const [slot, value] of Object.entries(given)) setSlot(turn, slot, evaluateExpression(value, scope));
  pushFlow(turn, flow, 'call', { bot: turn.bot.forFrame(frame) });
  return true;
}

/** Ends this flow and begins that one in its place, which takes over its slots; it returns to this one's caller. */
function link(turn: Turn, frame: Frame, { flow, abandons }: Extract<Stop, { kind: 'link' }>): boolean {
  const from = abandons ? taskStart(turn, turn.stack.length - 1) : turn.stack.length - 1;
  const ended = turn.stack.splice(from);
  const by = ended[0]?.by === 'call' ? 'call' : 'link';
  for (const each of ended) turn.events.push({ kind: 'flow_completed', flow: each.flow });
  const inherits = new Set(ended.flatMap((each) => [each.flow, ...each.inherits]));
  turn.ended = { outcome: abandons ? 'abandoned' : undefined, announced: true };
  const bot = flow in turn.bot.program.flows ? turn.bot : turn.bot.forFrame(frame);
  pushFlow(turn, flow, by, { params: ended.at(-1)?.params ?? {}, inherits: [...inherits], bot });
  return true;
}

/** Has a text written: an answer to what the person asked last, or the step's own prompt. */
function write(turn: Turn, frame: Frame, stop: Extract<Stop, { kind: 'answer' | 'generate' }>): boolean {
  turn.awaited = { kind: 'generate', flow: frame.flow, step: frame.snapshot.value };
  turn.effects.push(
    stop.kind === 'answer'
      ? { kind: 'generate', purpose: 'answer', question: turn.heard, articles: [] }
      : { kind: 'generate', purpose: 'prompt', prompt: stop.step.prompt, values: valuesOf(turn, frame) },
  );
  return false;
}

/** Sets the step's timer once; the flow goes on when it goes off. */
function wait(turn: Turn, frame: Frame, delayMs: number): boolean {
  const timer = `wait:${frame.flow}:${frame.snapshot.value}`;
  const place = turn.stack.length - 1;
  if (frame.snapshot.context.timer !== timer) {
    turn.stack[place] = withMemory(frame, { timer });
    turn.effects.push({ kind: 'schedule', timer, delayMs });
    turn.events.push({ kind: 'timer_set', timer });
  }
  return false;
}

/** Says that the flow is not open to the person, and ends it. */
function refuse(turn: Turn): boolean {
  sayResponse(turn, 'utter_not_allowed');
  send(turn, turn.stack.length - 1, 'DONE');
  return true;
}
