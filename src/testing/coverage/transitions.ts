import { wordsOf } from '../../dialogue/choices.ts';
import { compileFlow } from '../../dialogue/compile-flow.ts';
import { isDefaultAction } from '../../dialogue/default-actions.ts';
import { refusedState, type CompiledFlow } from '../../dialogue/compiled-flow.ts';
import { coversItsSlot } from '../../dialogue/flow-graph.ts';
import type { TransitionConfig } from '../../dialogue/machine-config.ts';
import { printExpression } from '../../dialogue/print-expression.ts';
import type { FlowDefinition, Program, Step } from '../../dialogue/program.ts';
import type { TakenTransition } from '../../dialogue/run/observe-transitions.ts';
import type { Position } from '../../errors.ts';

/** One way on from a step: what a suite of golden dialogues should take at least once. */
export interface Transition {
  /** The machine's transition: {@link transitionId}. */
  readonly id: string;
  readonly flow: string;
  /** The step that it leaves, or `start` for the flow's guard. */
  readonly from: string;
  /** In words: `answered`, `rejected`, `given up`, `yes`, `no`, `done`, `failed`, `if …`, `case …`, `else`. */
  readonly cause: string;
  /** Where it leads: a step, or the end. */
  readonly to: string;
  readonly position: Position;
}

/** The same transition has the same id in the compiled program and in a run of it. */
export function transitionId({ flow, state, event, place }: TakenTransition): string {
  return `${flow}/${state}/${event}/${place}`;
}

/**
 * Every transition of a bot's own flows, in file order: each edge of the compiled machines that a conversation can
 * take. Left out are the engine's own flows and the failure of its own actions, what only a correction takes (states passed through again), the last way
 * on of a switch that covers all values, and leaving out a question that must be answered.
 */
export function transitionsOf(program: Program): readonly Transition[] {
  return ownFlows(program).flatMap((flow) => {
    const compiled = compileFlow(flow, program);
    return Object.entries(compiled.config.states).flatMap(([state, { always = [], on = {} }]) => {
      const step = stepOf(compiled, state);
      if (!step && !state.startsWith('$')) return [];
      return [['', always] as const, ...Object.entries(on)].flatMap(([event, list]) =>
        list.flatMap((transition, place): Transition[] =>
          isTakeable(compiled, { state, event, place, list }, step, program)
            ? [
                {
                  id: transitionId({ flow: flow.id, state, event, place }),
                  flow: flow.id,
                  from: step?.id ?? 'start',
                  cause: causeOf(compiled, event, transition, list),
                  to: transition.target ?? step?.id ?? state,
                  position: step?.position ?? flow.position,
                },
              ]
            : [],
        ),
      );
    });
  });
}

/** The flows that a bot's author wrote, overridden patterns included. */
export function ownFlows(program: Program): readonly FlowDefinition[] {
  return Object.values(program.flows).filter(({ position }) => !position.file.startsWith('patterns/'));
}

/** The step that a state belongs to: its own, or the one whose `next` it decides. */
function stepOf({ steps }: CompiledFlow, state: string): Step | undefined {
  return steps.get(state) ?? steps.get(state.replace(/:(?:next|validate_.*)$/u, ''));
}

interface Place {
  readonly state: string;
  readonly event: string;
  readonly place: number;
  readonly list: readonly TransitionConfig[];
}

function isTakeable(
  compiled: CompiledFlow,
  { state, event, place, list }: Place,
  step: Step | undefined,
  { slots }: Program,
): boolean {
  const { guard } = list[place] ?? {};
  if (guard?.type === 'replayed') return false;
  if (state === '$else' || (state === refusedState && event === '')) return false;
  // The engine's own actions cannot fail.
  if (event === 'FAILED' && step?.kind === 'action' && isDefaultAction(step.action)) return false;
  if (event === 'SKIP') return step?.kind === 'collect' && (step.optional || step.default !== undefined);
  if (step?.kind === 'switch' && event === '') return guard !== undefined || !coversItsSlot(step, slots);
  const condition = compiled.expressions.get(wordsOf(guard?.params['expression'] ?? null));
  return guard?.type !== 'holds' || condition?.kind !== 'literal' || Boolean(condition.value);
}

const eventNames: Readonly<Record<string, string>> = {
  DONE: 'done',
  FAILED: 'failed',
  RETURNED: 'returned',
  YES: 'yes',
  NO: 'no',
  SKIP: 'left out',
  EXHAUSTED: 'given up',
};

function causeOf(
  { expressions }: CompiledFlow,
  event: string,
  { guard }: TransitionConfig,
  list: readonly TransitionConfig[],
): string {
  const name = eventNames[event];
  const condition = expressions.get(wordsOf(guard?.params['expression'] ?? null));
  const when =
    guard?.type === 'holds' && condition
      ? `if ${printExpression(condition)}`
      : guard?.type === 'case'
        ? `case ${JSON.stringify(guard.params['value'])}`
        : guard?.type === 'filled'
          ? 'answered'
          : guard?.type === 'rejected'
            ? 'rejected'
            : list.some((other) => other.guard !== undefined && other.guard.type !== 'replayed')
              ? 'else'
              : undefined;
  return [name, when].filter((part) => part !== undefined).join(', ') || 'next';
}
