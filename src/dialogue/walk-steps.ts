import type { Continuation, FlowDefinition, Next, Step, Target } from './program.ts';

/** All steps of a flow, the inline ones of branches, refusals and errors included; in file order, outer before inner. */
export function allSteps(flow: FlowDefinition): readonly Step[] {
  const known = walked.get(flow);
  if (known) return known;
  const steps = [...stepsOfContinuation(flow.guardElse), ...flow.steps].flatMap(withInlineSteps);
  walked.set(flow, steps);
  return steps;
}

/** Every check walks every flow. */
const walked = new WeakMap<FlowDefinition, readonly Step[]>();

function withInlineSteps(step: Step): readonly Step[] {
  return [step, ...inlineSteps(step).flatMap(withInlineSteps)];
}

/** The steps written directly inside a step. */
function inlineSteps(step: Step): readonly Step[] {
  return [...stepsOfNext(step.next), ...ownInlineSteps(step)];
}

function ownInlineSteps(step: Step): readonly Step[] {
  switch (step.kind) {
    case 'collect':
      return stepsOfContinuation(step.onExhausted);
    case 'confirm':
      return stepsOfContinuation(step.otherwise);
    case 'action':
      return stepsOfContinuation(step.onError);
    case 'switch':
      return [...step.cases.flatMap(({ then }) => stepsOfTarget(then)), ...stepsOfTarget(step.otherwise)];
    default:
      return [];
  }
}

/** All continuations of a step: what it does when it is refused, fails or runs out of attempts. */
export function continuationsOf(step: Step): readonly Continuation[] {
  const found =
    step.kind === 'collect'
      ? step.onExhausted
      : step.kind === 'confirm'
        ? step.otherwise
        : step.kind === 'action'
          ? step.onError
          : undefined;
  return found ? [found] : [];
}

function stepsOfContinuation(continuation: Continuation | undefined): readonly Step[] {
  return continuation?.kind === 'steps' ? continuation.steps : [];
}

function stepsOfNext(next: Next): readonly Step[] {
  return next.kind === 'branch'
    ? next.branches.flatMap(({ then }) => stepsOfTarget(then))
    : stepsOfTarget(next);
}

function stepsOfTarget(target: Target | Next | undefined): readonly Step[] {
  return target?.kind === 'steps' ? target.steps : [];
}

/** The flows that a flow runs inline: by `call`, and by `else`, `on_error` and `on_exhausted` that name one. */
export function calledFlows(flow: FlowDefinition): ReadonlySet<string> {
  const continuations = flow.guardElse ? [flow.guardElse] : [];
  const called = new Set<string>();
  for (const step of allSteps(flow)) {
    if (step.kind === 'call') called.add(step.flow);
    continuations.push(...continuationsOf(step));
  }
  for (const continuation of continuations) if (continuation.kind === 'flow') called.add(continuation.flow);
  return called;
}

/** The flows that a flow runs inline or links to. */
export function begunFlows(flow: FlowDefinition): ReadonlySet<string> {
  const linked = allSteps(flow).flatMap((step) => (step.kind === 'link' ? [step.flow] : []));
  return new Set([...calledFlows(flow), ...linked]);
}
