import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../json.ts';
import type { Frame } from '../dialogue-state.ts';
import { evaluateExpression, holds } from '../evaluate-expression.ts';
import { expressionSlots } from '../expression-slots.ts';
import type { ActionDefinition, ActionStep, Requirement } from '../program.ts';
import { isSameJson } from '../same-json.ts';
import { pushFlow } from './stack.ts';
import { scopeOf, send, type Turn, withMemory } from './turn.ts';

const defaultTimeoutMs = 10_000;

/**
 * Asks the engine to run a step's action, if everything it requires holds.
 *
 * What is missing is asked for once: the flow's guard says how a person gets in, a confirmation is asked again.
 * @returns Whether the dialogue now waits for the outcome; otherwise the flow has moved.
 */
export function runAction(turn: Turn, frame: Frame, step: ActionStep): boolean {
  const definition = turn.bot.forFrame(frame).program.actions[step.action];
  const requirements = [...(definition?.requires ?? []), ...step.requires];
  const unmet = requirements.find((each) => !isMet(turn, frame, step, definition, each));
  const place = turn.stack.length - 1;
  if (!unmet) {
    const run = {
      kind: 'action',
      action: step.action,
      input: inputOf(turn, frame, step, definition),
    } as const;
    startRun(turn, frame, run, step);
    return true;
  }
  if (frame.snapshot.context.asked || !askFor(turn, place, frame, unmet)) send(turn, place, 'FAILED');
  return false;
}

/** Takes the way to what an action requires, where the flow has one. */
function askFor(turn: Turn, place: number, frame: Frame, unmet: Requirement): boolean {
  const bot = turn.bot.forFrame(frame);
  turn.stack[place] = withMemory(frame, { asked: true });
  if (unmet.kind === 'fact') {
    const way = bot.program.flows[frame.flow]?.guardElse;
    if (way?.kind === 'flow') pushFlow(turn, way.flow, 'call', { bot });
    return way?.kind === 'flow';
  }
  const stops = bot.machine(frame.flow)?.flow.stops;
  const confirm = frame.snapshot.context.visited.findLast((key) => stops?.get(key)?.kind === 'confirm');
  if (confirm !== undefined) send(turn, place, `goto:${confirm}`);
  return confirm !== undefined;
}

/** Emits the `run` effect and notes what the dialogue waits for. */
export function startRun(
  turn: Turn,
  frame: Frame,
  {
    kind,
    action,
    input,
  }: { readonly kind: 'action' | 'ask'; readonly action: string; readonly input: JsonObject },
  step?: ActionStep,
): void {
  const definition = turn.bot.forFrame(frame).program.actions[action];
  const key = idempotencyKey(turn.conversation, action, input);
  turn.awaited = { kind, flow: frame.flow, step: frame.snapshot.value, action, key };
  turn.effects.push({
    kind: 'run',
    action,
    input,
    effect: definition?.effect ?? false,
    key,
    timeoutMs: step?.timeoutMs ?? definition?.timeoutMs ?? defaultTimeoutMs,
    retry: definition?.idempotent || !definition?.effect ? (step?.retry ?? 0) : 0,
  });
}

/** Same conversation, action and values: same key, so that a repeated effect is known for what it is. */
function idempotencyKey(conversation: string, action: string, input: JsonObject): string {
  return createHash('sha256')
    .update(canonical([conversation, action, input]))
    .digest('hex')
    .slice(0, 32);
}

/** JSON with sorted keys. */
function canonical(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonical).join(',')}]`;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

function inputOf(
  turn: Turn,
  frame: Frame,
  step: ActionStep,
  definition: ActionDefinition | undefined,
): JsonObject {
  const scope = scopeOf(turn, frame);
  const named = Object.entries(step.with).map(([name, value]): [string, Json] => [
    name,
    evaluateExpression(value, scope),
  ]);
  const declared = Object.keys(definition?.input ?? {})
    .filter((name) => !(name in step.with))
    .map((name): [string, Json] => [name, turn.slots[name] ?? null]);
  return Object.fromEntries([...named, ...declared]);
}

function isMet(
  turn: Turn,
  frame: Frame,
  step: ActionStep,
  definition: ActionDefinition | undefined,
  requirement: Requirement,
): boolean {
  if (requirement.kind === 'fact') return holds(requirement.fact, scopeOf(turn, frame));
  const { confirmed } = turn;
  if (!confirmed) return false;
  return inputSlots(step, definition).every(
    (slot) => slot in confirmed && isSameJson(confirmed[slot], turn.slots[slot] ?? null),
  );
}

/** The slots that an action's input is made of: what the person must have said yes to. */
function inputSlots(step: ActionStep, definition: ActionDefinition | undefined): readonly string[] {
  const named = Object.values(step.with).flatMap((value) => [...expressionSlots(value)]);
  return [...named, ...Object.keys(definition?.input ?? {}).filter((name) => !(name in step.with))];
}
