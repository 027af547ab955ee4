import type { Json } from '../json.ts';
import { type CompiledFlow, endKey, refusedState, stateKey, type Stop } from './compiled-flow.ts';
import { isDefaultAction } from './default-actions.ts';
import type { Expression } from './expression.ts';
import type { NamedReference, StateConfig, TransitionConfig } from './machine-config.ts';
import type {
  ActionStep,
  CollectStep,
  Continuation,
  FlowDefinition,
  Next,
  Program,
  Step,
  SwitchStep,
  Target,
} from './program.ts';

/**
 * Compiles a flow to an XState machine config of plain JSON: a state for each step, guards and actions by name.
 *
 * The machine knows what follows what; what waits for the world (`stops`) is the dialogue's to perform. A state is
 * left on `DONE`, `FAILED`, `RETURNED`, `YES`, `NO`, `SKIP`, `EXHAUSTED`, and for any other one on `goto:<state>`.
 */
export function compileFlow(flow: FlowDefinition, program: Program): CompiledFlow {
  const draft: Draft = {
    program,
    states: new Map(),
    stops: new Map(),
    steps: new Map(),
    expressions: new Map(),
  };
  const end = endState(draft, undefined, false);
  const initial = guardedStart(draft, flow, sequence(draft, flow.steps, end));
  const states = Object.fromEntries(draft.states);
  return {
    id: flow.id,
    version: flow.version,
    config: {
      id: flow.id,
      initial,
      on: Object.fromEntries(Object.keys(states).map((key) => [`goto:${key}`, { target: `.${key}` }])),
      states,
    },
    stops: draft.stops,
    steps: draft.steps,
    expressions: draft.expressions,
  };
}

interface Draft {
  readonly program: Program;
  readonly states: Map<string, StateConfig>;
  readonly stops: Map<string, Stop>;
  readonly steps: Map<string, Step>;
  readonly expressions: Map<string, Expression>;
}

/** Puts the flow's guard before its first step. A constant guard closes the flow to people only: call and link pass. */
function guardedStart(draft: Draft, { guard, guardElse }: FlowDefinition, first: string): string {
  if (!guard || guard.kind === 'literal') return first;
  const refused = endState(draft, 'refused', true);
  const open = { guard: condition(draft, '$guard', guard), target: first };
  draft.states.set('$guard', { always: [open, { target: refusedState }] });
  if (guardElse?.kind === 'flow') {
    stopState(
      draft,
      refusedState,
      { kind: 'call', flow: guardElse.flow, with: {}, returns: {} },
      {
        RETURNED: [open, { target: refused }],
      },
    );
  } else if (guardElse) {
    draft.states.set(refusedState, {
      always: [{ target: continuation(draft, '$else', guardElse, ends('refused')) }],
    });
  } else {
    stopState(draft, refusedState, { kind: 'refused' }, { DONE: [{ target: refused }] });
  }
  return '$guard';
}

/** Compiles steps in order; the last one that falls through goes to `after`. Returns the first state's key. */
function sequence(draft: Draft, steps: readonly Step[], after: string): string {
  for (const [at, step] of steps.entries()) {
    const following = steps[at + 1];
    compileStep(draft, step, following ? stateKey(following.id) : after);
  }
  return steps[0] ? stateKey(steps[0].id) : after;
}

function compileStep(draft: Draft, step: Step, after: string): void {
  const key = stateKey(step.id);
  draft.steps.set(key, step);
  switch (step.kind) {
    case 'say':
    case 'set_slots':
      draft.states.set(key, {
        entry: [reference(step.kind, { step: key })],
        always: next(draft, key, step.next, after),
      });
      break;
    case 'noop':
      draft.states.set(key, { entry: [enter(key)], always: next(draft, key, step.next, after) });
      break;
    case 'switch':
      draft.states.set(key, { entry: [enter(key)], always: cases(draft, key, step, after) });
      break;
    case 'collect':
      compileCollect(draft, key, step, after);
      break;
    case 'confirm':
      waiting(draft, key, { kind: 'confirm', step }, after, 'YES', {
        NO: [
          {
            target: continuation(draft, `${key}:no`, step.otherwise, { outcome: undefined, abandons: false }),
          },
        ],
      });
      break;
    case 'action':
      compileAction(draft, key, step, after);
      break;
    case 'call':
      waiting(
        draft,
        key,
        { kind: 'call', flow: step.flow, with: step.with, returns: step.returns },
        after,
        'RETURNED',
      );
      break;
    case 'link':
      stopState(draft, key, { kind: 'link', flow: step.flow, abandons: false }, {});
      break;
    case 'answer':
      waiting(draft, key, { kind: 'answer', step }, after, 'DONE');
      break;
    case 'generate':
      waiting(draft, key, { kind: 'generate', step }, after, 'DONE');
      break;
    case 'handoff':
      waiting(draft, key, { kind: 'handoff', step }, after, 'DONE');
      break;
    case 'wait':
      waiting(draft, key, { kind: 'wait', step }, after, 'DONE');
      break;
    default:
      step satisfies never;
  }
}

/** A question is passed when its slots are filled; what fills them is rejected or validated on the way out. */
function compileCollect(draft: Draft, key: string, step: CollectStep, after: string): void {
  const onwards = afterwards(draft, key, step.next, after);
  const leave = step.slots.reduceRight(
    (following, slot) => validation(draft, key, slot, step, following),
    onwards,
  );
  const params = { step: key };
  draft.stops.set(key, { kind: 'collect', step });
  draft.states.set(key, {
    entry: [reference('collect', params)],
    always: [
      ...(step.rejections.length > 0
        ? [{ guard: reference('rejected', params), actions: [reference('reject', params)] }]
        : []),
      { guard: reference('filled', params), target: leave },
    ],
    on: {
      SKIP: [{ target: onwards, actions: [reference('skip', params)] }],
      EXHAUSTED: [
        step.default
          ? { target: onwards, actions: [reference('skip', params)] }
          : {
              target: continuation(
                draft,
                `${key}:exhausted`,
                step.onExhausted ?? exhausted,
                ends('abandoned'),
              ),
            },
      ],
    },
  });
}

const exhausted: Continuation = { kind: 'flow', flow: 'pattern_human_handoff' };

/** `validate_<slot>`, when the bot has such an action: it may change the value, or clear it, and is asked again then. */
function validation(draft: Draft, key: string, slot: string, step: CollectStep, following: string): string {
  const action = `validate_${slot}`;
  if (!draft.program.actions[action]) return following;
  const place = `${key}:${action}`;
  const value: Expression = { kind: 'path', root: 'slots', path: [slot], start: 0, end: 0 };
  const { id, named, description, position } = step;
  const next: Next = { kind: 'fall_through' };
  const run: ActionStep = {
    ...{ kind: 'action', id, named, description, position, next },
    ...{ action, with: { [slot]: value }, retry: 0, requires: [] },
  };
  waiting(draft, place, { kind: 'action', step: run }, following, 'DONE', {
    FAILED: [{ target: failure(draft, place, undefined) }],
  });
  draft.states.set(place, {
    ...draft.states.get(place),
    on: {
      ...draft.states.get(place)?.on,
      DONE: [{ guard: reference('filled', { step: key }), target: following }, { target: key }],
    },
  });
  return place;
}

function compileAction(draft: Draft, key: string, step: ActionStep, after: string): void {
  const { action } = step;
  const stop: Stop = isDefaultAction(action)
    ? { kind: 'default_action', action, step }
    : { kind: 'action', step };
  waiting(draft, key, stop, after, 'DONE', { FAILED: [{ target: failure(draft, key, step.onError) }] });
}

function failure(draft: Draft, key: string, onError: Continuation | undefined): string {
  return continuation(
    draft,
    `${key}:error`,
    onError ?? { kind: 'flow', flow: 'pattern_internal_error' },
    ends('failed'),
  );
}

/** A state that does something outside; one that a correction did not touch is passed through instead. */
function waiting(
  draft: Draft,
  key: string,
  stop: Stop,
  after: string,
  event: 'DONE' | 'RETURNED' | 'YES',
  others: Readonly<Record<string, readonly TransitionConfig[]>> = {},
): void {
  const step = draft.steps.get(key);
  const target = step ? afterwards(draft, key, step.next, after) : after;
  stopState(draft, key, stop, { [event]: [{ target }], ...others }, [
    { guard: reference('replayed', { step: key }), target },
  ]);
}

function stopState(
  draft: Draft,
  key: string,
  stop: Stop,
  on: Readonly<Record<string, readonly TransitionConfig[]>>,
  always: readonly TransitionConfig[] = [],
): void {
  draft.stops.set(key, stop);
  draft.states.set(key, { entry: [enter(key)], ...(always.length > 0 ? { always } : {}), on });
}

/** Where a step leads: its target, or a state of its own that branches. */
function afterwards(draft: Draft, key: string, following: Next, after: string): string {
  const transitions = next(draft, key, following, after);
  const [only] = transitions;
  if (transitions.length === 1 && only?.target && !only.guard) return only.target;
  draft.states.set(`${key}:next`, { always: transitions });
  return `${key}:next`;
}

function next(draft: Draft, key: string, following: Next, after: string): readonly TransitionConfig[] {
  if (following.kind === 'fall_through') return [{ target: after }];
  if (following.kind !== 'branch') return [{ target: target(draft, following, after) }];
  const branches = following.branches.map((branch, at): TransitionConfig => {
    const to = target(draft, branch.then, after);
    return branch.if ? { guard: condition(draft, `${key}#${at}`, branch.if), target: to } : { target: to };
  });
  return branches.at(-1)?.guard ? [...branches, { target: after }] : branches;
}

function cases(draft: Draft, key: string, step: SwitchStep, after: string): readonly TransitionConfig[] {
  draft.expressions.set(key, step.on);
  const otherwise = step.otherwise
    ? [{ target: target(draft, step.otherwise, after) }]
    : next(draft, key, step.next, after);
  return [
    ...step.cases.map(({ value, then }) => ({
      guard: reference('case', { expression: key, value }),
      target: target(draft, then, after),
    })),
    ...otherwise,
  ];
}

function target(draft: Draft, to: Target, after: string): string {
  switch (to.kind) {
    case 'step':
      return stateKey(to.step);
    case 'end':
      return endState(draft, to.outcome, false);
    case 'steps':
      return sequence(draft, to.steps, after);
    default:
      return to satisfies never;
  }
}

/** A way out of the flow: another flow is linked to, a response is said, steps are run; then the flow is over. */
function continuation(draft: Draft, key: string, way: Continuation, { outcome, abandons }: Ending): string {
  const end = endState(draft, outcome, abandons);
  switch (way.kind) {
    case 'flow':
      stopState(draft, key, { kind: 'link', flow: way.flow, abandons }, {});
      return key;
    case 'response':
      draft.states.set(key, {
        entry: [reference('respond', { response: way.response })],
        always: [{ target: end }],
      });
      return key;
    case 'steps':
      return sequence(draft, way.steps, end);
    default:
      return way satisfies never;
  }
}

interface Ending {
  readonly outcome: string | undefined;
  /** Whether the flow's callers end with it: what they called it for did not happen. */
  readonly abandons: boolean;
}

function ends(outcome: string): Ending {
  return { outcome, abandons: true };
}

function endState(draft: Draft, outcome: string | undefined, abandons: boolean): string {
  const key = endKey(outcome, abandons);
  draft.states.set(key, { type: 'final' });
  draft.stops.set(key, { kind: 'end', outcome, abandons });
  return key;
}

function condition(draft: Draft, id: string, expression: Expression): NamedReference {
  draft.expressions.set(id, expression);
  return reference('holds', { expression: id });
}

function enter(step: string): NamedReference {
  return reference('enter', { step });
}

function reference(type: string, params: Readonly<Record<string, Json>>): NamedReference {
  return { type, params };
}
