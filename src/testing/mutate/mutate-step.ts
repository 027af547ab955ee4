import { wordsOf } from '../../dialogue/choices.ts';
import { printExpression } from '../../dialogue/print-expression.ts';
import type {
  ActionStep,
  CollectStep,
  ConfirmStep,
  FlowDefinition,
  Next,
  Program,
  SetSlotsStep,
  Step,
  SwitchStep,
  Target,
} from '../../dialogue/program.ts';
import { allSteps } from '../../dialogue/walk-steps.ts';
import type { MutationKind } from './mutant.ts';
import { negated } from './negated.ts';

export interface StepMutation {
  readonly change: string;
  readonly kind: MutationKind;
  readonly step: Step | undefined;
}

/** Every small fault that a step can have: a condition turned round, a target moved, a slot, a step or an argument lost. */
export function mutateStep(step: Step, flow: FlowDefinition, program: Program): readonly StepMutation[] {
  return [...mutateNext(step, flow), ...ownMutations(step, flow, program)];
}

function ownMutations(step: Step, flow: FlowDefinition, program: Program): readonly StepMutation[] {
  switch (step.kind) {
    case 'collect':
      return mutateCollect(step, program);
    case 'confirm':
      return mutateConfirm(step, program);
    case 'action':
      return mutateAction(step);
    case 'say':
      return [dropped(step, 'message')];
    case 'set_slots':
      return mutateSetSlots(step);
    case 'switch':
      return mutateSwitch(step, flow);
    case 'call':
      return [dropped(step, `call of ${step.flow}`)];
    case 'link':
      return [dropped(step, `link to ${step.flow}`)];
    case 'handoff':
      return [dropped(step, 'hand-over')];
    case 'wait':
      return [dropped(step, 'wait')];
    case 'noop':
    case 'answer':
    case 'generate':
      return [];
    default:
      return step satisfies never;
  }
}

/** The step does nothing any more; what follows it stays. */
function dropped(step: Step, what: string): StepMutation {
  const { id, named, description, next, position } = step;
  const noop = { id, named, description, next, position, kind: 'noop' } as const;
  return { change: `${what} dropped`, kind: 'step', step: noop };
}

function mutateCollect(step: CollectStep, program: Program): readonly StepMutation[] {
  const names = step.slots.join(', ');
  const other = Object.values(program.slots).find(
    ({ name, type }) => !step.slots.includes(name) && type === program.slots[step.slots[0] ?? '']?.type,
  );
  return [
    dropped(step, `question for ${names}`),
    ...(other && step.slots.length === 1
      ? [slot(`asks for ${other.name} instead of ${names}`, { ...step, slots: [other.name] })]
      : []),
    ...(step.askBeforeFilling
      ? [slot(`${names} no longer asked anew`, { ...step, askBeforeFilling: false })]
      : []),
    ...step.rejections.map((rejection, at) =>
      guard(`rejection turned round: ${printExpression(rejection.if)}`, {
        ...step,
        rejections: step.rejections.with(at, { ...rejection, if: negated(rejection.if) }),
      }),
    ),
    // Where there is a default, nothing follows the last attempt but it.
    ...(step.onExhausted && !step.default
      ? [target('what follows the last attempt dropped', { ...step, onExhausted: undefined })]
      : []),
    ...(step.choicesFrom === undefined ? [] : [slot('choices dropped', { ...step, choicesFrom: undefined })]),
  ];
}

function mutateConfirm(step: ConfirmStep, program: Program): readonly StepMutation[] {
  const people = step.slots.filter((name) => Object.hasOwn(program.slots, name));
  return [
    dropped(step, 'confirmation'),
    ...people.map((name) =>
      slot(`${name} no longer confirmed`, { ...step, slots: step.slots.filter((each) => each !== name) }),
    ),
    target('a no ends the flow in silence', { ...step, otherwise: { kind: 'steps', steps: [] } }),
  ];
}

function mutateAction(step: ActionStep): readonly StepMutation[] {
  return [
    dropped(step, `action ${step.action}`),
    ...Object.keys(step.with).map((name): StepMutation => {
      const nothing = { kind: 'literal', value: null, start: 0, end: 0 } as const;
      return {
        change: `${step.action} is given no ${name}`,
        kind: 'argument',
        step: { ...step, with: { ...step.with, [name]: nothing } },
      };
    }),
    ...(step.onError ? [target(`on_error of ${step.action} dropped`, { ...step, onError: undefined })] : []),
  ];
}

function mutateSetSlots(step: SetSlotsStep): readonly StepMutation[] {
  return step.assignments.map(({ slot: name }) =>
    slot(`${name} no longer set`, {
      ...step,
      assignments: step.assignments.filter((each) => each.slot !== name),
    }),
  );
}

/** Neighbouring cases swapped; each case leading on to what follows the switch. */
function mutateSwitch(step: SwitchStep, flow: FlowDefinition): readonly StepMutation[] {
  const { cases } = step;
  const swapped = cases.slice(1).flatMap((second, at): StepMutation[] => {
    const first = cases[at];
    if (!first || meaningOf(first.then) === meaningOf(second.then)) return [];
    const exchanged = cases
      .with(at, { ...first, then: second.then })
      .with(at + 1, { ...second, then: first.then });
    return [
      target(`cases ${wordsOf(first.value)} and ${wordsOf(second.value)} swapped`, {
        ...step,
        cases: exchanged,
      }),
    ];
  });
  const moved = cases.flatMap((each, at) =>
    movedTargets(each.then, flow, step).map((then) =>
      target(`case ${wordsOf(each.value)} leads to ${nameOf(then)}`, {
        ...step,
        cases: cases.with(at, { ...each, then }),
      }),
    ),
  );
  return [...swapped, ...moved];
}

/** Where a case leads, but for the names and places of its steps: two that do the same cannot be told apart. */
function meaningOf(target: Target): string {
  return JSON.stringify(target, (key, value: unknown) =>
    key === 'id' || key === 'named' || key === 'position' ? undefined : value,
  );
}

function mutateNext(step: Step, flow: FlowDefinition): readonly StepMutation[] {
  const { next } = step;
  if (next.kind === 'fall_through') return [];
  const withNext = (changed: Next): Step => ({ ...step, next: changed });
  if (next.kind !== 'branch') {
    return movedTargets(next, flow, step).map((to) => target(`leads to ${nameOf(to)}`, withNext(to)));
  }
  const { branches } = next;
  return branches.flatMap((branch, at): StepMutation[] => {
    const replace = (changed: typeof branch): Step =>
      withNext({ ...next, branches: branches.with(at, changed) });
    const label = branch.if ? `if ${printExpression(branch.if)}` : 'else';
    return [
      ...(branch.if ? [guard(`turned round: ${label}`, replace({ ...branch, if: negated(branch.if) }))] : []),
      ...movedTargets(branch.then, flow, step).map((then) =>
        target(`${label} leads to ${nameOf(then)}`, replace({ ...branch, then })),
      ),
    ];
  });
}

/** Another target: the end for a step, the flow's first step for the end or for steps of its own. */
function movedTargets(to: Target, flow: FlowDefinition, step: Step): readonly Target[] {
  if (to.kind !== 'end') return [{ kind: 'end' }];
  const other = allSteps(flow).find(({ id }) => id !== step.id);
  return other ? [{ kind: 'step', step: other.id }] : [];
}

function nameOf(to: Target): string {
  return to.kind === 'step' ? to.step : to.kind === 'end' ? 'END' : 'steps';
}

function guard(change: string, step: Step): StepMutation {
  return { change, kind: 'guard', step };
}

function target(change: string, step: Step): StepMutation {
  return { change, kind: 'target', step };
}

function slot(change: string, step: Step): StepMutation {
  return { change, kind: 'slot', step };
}
