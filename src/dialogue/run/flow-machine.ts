import { type ActorScope, assign, createActor, type InspectionEvent, setup, type SnapshotFrom } from 'xstate';
import type { Json, JsonObject } from '../../json.ts';
import type { CompiledFlow, Stop } from '../compiled-flow.ts';
import { type FlowSnapshot, type FrameMemory, freshMemory } from '../dialogue-state.ts';
import type { SayEffect } from '../effect.ts';
import { evaluateExpression, type ExpressionScope, holds } from '../evaluate-expression.ts';
import { expressionSlots } from '../expression-slots.ts';
import type { CollectStep, Rejection } from '../program.ts';
import { isSameJson } from '../same-json.ts';
import type { TrackerEvent } from '../tracker-event.ts';
import { observing, type TransitionObserver } from './observe-transitions.ts';
import { respond, say, type Voice } from './utterance.ts';

/** A flow's machine, ready to run: pure functions from a snapshot and an event to the next snapshot. */
export interface FlowMachine {
  readonly flow: CompiledFlow;
  enter(scope: ExpressionScope): FlowRun;
  send(snapshot: FlowSnapshot, event: string, scope: ExpressionScope): FlowRun;
}

/** One run of a machine, from one rest to the next. */
export interface FlowRun {
  readonly snapshot: FlowSnapshot;
  readonly stop: Stop;
  readonly slots: JsonObject;
  /** What was said and what happened on the way, in order. */
  readonly outputs: readonly (SayEffect | TrackerEvent)[];
}

type Output = SayEffect | TrackerEvent;

interface Working {
  readonly memory: FrameMemory;
  readonly scope: ExpressionScope;
  /** The one thing that is added to in place: each run has its own. */
  readonly outputs: Output[];
  /** The state being passed through because a correction did not touch it. */
  readonly passing: string | null;
}

function begin(memory: FrameMemory, scope: ExpressionScope): Working {
  return { memory, scope, outputs: [], passing: null };
}

const nothing: ExpressionScope = { slots: {}, user: {}, context: {}, now: 0 };

/** A step of a flow moves on at once; this many without a question is a loop that the checker should have found. */
const maxMicrosteps = 1_000;

export function createFlowMachine(
  flow: CompiledFlow,
  voice: Voice,
  observe?: TransitionObserver,
): FlowMachine {
  const machine = buildMachine(flow, voice);
  let kept: ReturnType<typeof inertScope> | undefined;
  const nowhere = (): ReturnType<typeof inertScope> =>
    (kept ??= inertScope(machine, observe && observing(observe, flow.id)));
  // What XState makes of a state's name is the same each time.
  const resolved = new Map<string, ReturnType<typeof machine.resolveState>>();
  const restingAt = (value: string): ReturnType<typeof machine.resolveState> => {
    const known = resolved.get(value);
    if (known) return known;
    const state = machine.resolveState({ value, context: begin(freshMemory, nothing) });
    resolved.set(value, state);
    return state;
  };
  const run = (from: string, event: string, memory: FrameMemory, scope: ExpressionScope): FlowRun => {
    const resting = { ...restingAt(from), context: begin(memory, scope) };
    return finish(flow, machine.transition(resting, { type: event }, nowhere()));
  };
  const { initial } = flow.config;
  // Entering the first state is cheaper than a machine's own beginning; a flow without steps is at its end.
  const isOver = flow.stops.get(initial)?.kind === 'end';
  return {
    flow,
    enter: (scope) =>
      isOver
        ? finish(flow, machine.getInitialSnapshot(nowhere(), { scope }))
        : run(initial, `goto:${initial}`, freshMemory, scope),
    send: ({ value, context }, event, scope) => run(value, event, context, scope),
  };
}

/**
 * What a machine runs in that performs nothing. XState's own `transition()` makes one, and runs the machine from its
 * start for it, every time; a machine without children and actions of its own needs one for ever.
 */
function inertScope(
  machine: ReturnType<typeof buildMachine>,
  inspect?: (event: InspectionEvent) => void,
): ActorScope<SnapshotFrom<typeof machine>, { type: string }> {
  const self = createActor(machine, { input: { scope: nothing } });
  if (inspect) self.system.inspect(inspect);
  const idle = (): void => undefined;
  return {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: idle,
    defer: idle,
    emit: idle,
    stopChild: idle,
    actionExecutor: idle,
  };
}

function finish(flow: CompiledFlow, result: { readonly value: unknown; readonly context: Working }): FlowRun {
  const value = String(result.value);
  const { scope, outputs, memory } = result.context;
  const stop = flow.stops.get(value) ?? { kind: 'end', outcome: undefined, abandons: true };
  const status = stop.kind === 'end' ? 'done' : 'active';
  return { snapshot: { status, value, context: memory }, stop, slots: scope.slots, outputs };
}

const machineTypes: { context?: Working; events?: { type: string }; input?: { scope: ExpressionScope } } = {};

// The config's names are resolved by the compiler, not by XState's types: hence the one cast at the end.
function buildMachine(flow: CompiledFlow, voice: Voice) {
  const builder = setup({
    types: machineTypes,
    guards: {
      holds: ({ context }, { expression }: { expression: string }) => test(flow, expression, context.scope),
      case: ({ context }, { expression, value }: { expression: string; value: Json }) =>
        isSameJson(evaluate(flow, expression, context.scope), value),
      filled: ({ context }, { step }: { step: string }) =>
        context.memory.skipped.includes(step) ||
        collect(flow, step).slots.every((slot) => isFilled(context.scope, slot)),
      rejected: ({ context }, { step }: { step: string }) => rejection(flow, step, context) !== undefined,
      replayed: ({ context }, { step }: { step: string }) => context.passing === step,
    },
    actions: {
      enter: assign(({ context }, { step }: { step: string }) => visit(flow, step, context)),
      say: assign(({ context }, { step }: { step: string }) =>
        speak(flow, voice, step, visit(flow, step, context)),
      ),
      respond: assign(({ context }, { response }: { response: string }) =>
        told(context, respond(voice, response, context.scope)),
      ),
      set_slots: assign(({ context }, { step }: { step: string }) =>
        setSlots(flow, voice, step, visit(flow, step, context)),
      ),
      collect: assign(({ context }, { step }: { step: string }) =>
        openQuestion(flow, step, visit(flow, step, context)),
      ),
      reject: assign(({ context }, { step }: { step: string }) => reject(flow, voice, step, context)),
      skip: assign(({ context }, { step }: { step: string }) => skip(flow, step, context)),
    },
  });
  const config = {
    ...flow.config,
    context: ({ input }: { input: { scope: ExpressionScope } }): Working => begin(freshMemory, input.scope),
    options: { maxIterations: maxMicrosteps },
  };
  return builder.createMachine(config as unknown as Parameters<typeof builder.createMachine>[0]);
}

function evaluate(flow: CompiledFlow, expression: string, scope: ExpressionScope): Json {
  const found = flow.expressions.get(expression);
  return found ? evaluateExpression(found, scope) : null;
}

function test(flow: CompiledFlow, expression: string, scope: ExpressionScope): boolean {
  const found = flow.expressions.get(expression);
  return found !== undefined && holds(found, scope);
}

function collect(flow: CompiledFlow, step: string): CollectStep {
  const found = flow.steps.get(step);
  if (found?.kind !== 'collect') throw new TypeError(`Flow ${flow.id} has no question ${step}.`);
  return found;
}

function isFilled({ slots }: ExpressionScope, slot: string): boolean {
  return (slots[slot] ?? null) !== null;
}

/** Every state's entry: notes the visit, and whether a correction lets it be passed through. */
function visit(flow: CompiledFlow, step: string, context: Working): Working {
  const { replay, visited, skipped, acted, asked, timer } = context.memory;
  const isPassed = replay.length > 0 && replay.includes(step);
  context.outputs.push({ kind: 'state_entered', flow: flow.id, step });
  return {
    memory: {
      visited: visited.includes(step) ? visited : [...visited, step],
      replay: isPassed ? replay.filter((each) => each !== step) : replay,
      skipped,
      attempt: 0,
      acted,
      asked,
      timer,
    },
    scope: context.scope,
    outputs: context.outputs,
    passing: isPassed ? step : null,
  };
}

function told(context: Working, output: Output): Working {
  context.outputs.push(output);
  return context;
}

function speak(flow: CompiledFlow, voice: Voice, key: string, context: Working): Working {
  const step = flow.steps.get(key);
  if (context.passing === key || step?.kind !== 'say') return context;
  const spoken =
    step.say.kind === 'response'
      ? respond(voice, step.say.response, context.scope)
      : say({ kind: 'text', text: step.say.text }, context.scope);
  return told(context, spoken);
}

function setSlots(flow: CompiledFlow, voice: Voice, key: string, context: Working): Working {
  const step = flow.steps.get(key);
  if (context.passing === key || step?.kind !== 'set_slots') return context;
  return step.assignments.reduce((now, { slot, value }) => {
    const computed = evaluateExpression(value, now.scope);
    return assigned(now, slot, computed ?? voice.program.slots[slot]?.initialValue ?? null);
  }, context);
}

function openQuestion(flow: CompiledFlow, key: string, context: Working): Working {
  const step = collect(flow, key);
  return step.askBeforeFilling && context.passing !== key ? cleared(context, step.slots) : context;
}

function rejection(flow: CompiledFlow, key: string, context: Working): Rejection | undefined {
  const step = collect(flow, key);
  if (!step.slots.every((slot) => isFilled(context.scope, slot))) return undefined;
  return step.rejections.find((each) => holds(each.if, context.scope));
}

/** Clears what the rejection is about, says why, and counts as a failed answer. */
function reject(flow: CompiledFlow, voice: Voice, key: string, context: Working): Working {
  const found = rejection(flow, key, context);
  if (!found) return context;
  const { slots } = collect(flow, key);
  const read = expressionSlots(found.if);
  const blamed = slots.filter((slot) => read.has(slot));
  told(context, respond(voice, found.utter, context.scope));
  const asked = cleared(context, blamed.length > 0 ? blamed : slots);
  return { ...asked, memory: { ...asked.memory, attempt: context.memory.attempt + 1 } };
}

function cleared(context: Working, slots: readonly string[]): Working {
  return slots.reduce((now, slot) => (isFilled(now.scope, slot) ? assigned(now, slot, null) : now), context);
}

function skip(flow: CompiledFlow, key: string, context: Working): Working {
  const step = collect(flow, key);
  const fallback = step.default ? evaluateExpression(step.default, context.scope) : null;
  const open = step.slots.filter((slot) => !isFilled(context.scope, slot));
  const filled =
    fallback === null ? context : open.reduce((now, slot) => assigned(now, slot, fallback), context);
  const skipped = [...context.memory.skipped.filter((each) => each !== key), key];
  return { ...filled, memory: { ...filled.memory, skipped } };
}

function assigned(context: Working, slot: string, value: Json): Working {
  if (isSameJson(context.scope.slots[slot], value)) return context;
  told(context, { kind: 'slot_set', slot, value });
  return { ...context, scope: { ...context.scope, slots: { ...context.scope.slots, [slot]: value } } };
}
