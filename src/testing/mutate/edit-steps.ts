import type { Continuation, FlowDefinition, Next, Step, Target } from '../../dialogue/program.ts';

/** Gives a flow with one step replaced, wherever it is written; `undefined` leaves it out. */
export function editStep(
  flow: FlowDefinition,
  id: string,
  edit: (step: Step) => Step | undefined,
): FlowDefinition {
  return {
    ...flow,
    ...(flow.guardElse ? { guardElse: inContinuation(flow.guardElse, id, edit) } : {}),
    steps: inSteps(flow.steps, id, edit),
  };
}

type Edit = (step: Step) => Step | undefined;

function inSteps(steps: readonly Step[], id: string, edit: Edit): readonly Step[] {
  return steps.flatMap((step) => {
    const edited = step.id === id ? edit(step) : inside(step, id, edit);
    return edited ? [edited] : [];
  });
}

function inside(step: Step, id: string, edit: Edit): Step {
  const next = inNext(step.next, id, edit);
  switch (step.kind) {
    case 'collect':
      return { ...step, next, onExhausted: step.onExhausted && inContinuation(step.onExhausted, id, edit) };
    case 'confirm':
      return { ...step, next, otherwise: inContinuation(step.otherwise, id, edit) };
    case 'action':
      return { ...step, next, onError: step.onError && inContinuation(step.onError, id, edit) };
    case 'switch':
      return {
        ...step,
        next,
        cases: step.cases.map((each) => ({ ...each, then: inTarget(each.then, id, edit) })),
        otherwise: step.otherwise && inTarget(step.otherwise, id, edit),
      };
    default:
      return { ...step, next };
  }
}

function inNext(next: Next, id: string, edit: Edit): Next {
  if (next.kind === 'fall_through') return next;
  if (next.kind !== 'branch') return inTarget(next, id, edit);
  return {
    ...next,
    branches: next.branches.map((branch) => ({ ...branch, then: inTarget(branch.then, id, edit) })),
  };
}

function inTarget(target: Target, id: string, edit: Edit): Target {
  return target.kind === 'steps' ? { ...target, steps: inSteps(target.steps, id, edit) } : target;
}

function inContinuation(way: Continuation, id: string, edit: Edit): Continuation {
  return way.kind === 'steps' ? { ...way, steps: inSteps(way.steps, id, edit) } : way;
}
