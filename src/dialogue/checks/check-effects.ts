import type { Diagnostic } from '../../errors.ts';
import { pathsOf, type KnownFacts } from '../known-facts.ts';
import { printExpression } from '../print-expression.ts';
import type { ActionDefinition, ActionStep, Requirement } from '../program.ts';
import { fault } from '../rules.ts';
import { recall } from '../source-place.ts';
import { allSteps } from '../walk-steps.ts';
import type { Check, CheckContext } from './check-context.ts';

/** What an action requires must hold on every path that leads to it. */
export const checkEffects: Check = (context) => {
  const diagnostics: Diagnostic[] = [];
  for (const flow of context.flows.values()) {
    for (const step of allSteps(flow)) {
      if (step.kind !== 'action') continue;
      const facts = context.analysis.factsAt(flow.id, step.id);
      if (facts) diagnostics.push(...unmetRequirements(step, facts, context));
      diagnostics.push(...unsafeRetry(step, context));
    }
  }
  return diagnostics;
};

function unmetRequirements(
  step: ActionStep,
  facts: KnownFacts,
  context: CheckContext,
): readonly Diagnostic[] {
  const action = context.actions.get(step.action);
  const requirements: readonly Requirement[] = [...(action?.requires ?? []), ...step.requires];
  return requirements.flatMap((requirement) =>
    requirement.kind === 'confirmed'
      ? unconfirmed(step, action, facts)
      : facts.implies(requirement.fact)
        ? []
        : [unproven(step, printExpression(requirement.fact))],
  );
}

function unproven(step: ActionStep, condition: string): Diagnostic {
  const message = `"${step.action}" can be reached although \`${condition}\` may not hold.`;
  const fix = `Branch on it before, or make it the flow's guard: if: ${condition}`;
  return fault('effect-unguarded', recall(step, 'action') ?? step.position, message, fix);
}

/** A yes is needed to every slot that the action's input comes from. */
function unconfirmed(
  step: ActionStep,
  action: ActionDefinition | undefined,
  facts: KnownFacts,
): readonly Diagnostic[] {
  const given = Object.values(step.with).flatMap(pathsOf);
  const named = Object.keys(action?.input ?? {}).filter((field) => !Object.hasOwn(step.with, field));
  const slots = [
    ...given.filter((path) => path.startsWith('slots.')).map((path) => path.slice('slots.'.length)),
    ...(Object.keys(step.with).length > 0 ? [] : named),
  ];
  const missing = [...new Set(slots)].filter((slot) => !facts.isConfirmed(slot));
  if (missing.length === 0) return [];
  const names = missing.map((slot) => `"${slot}"`).join(', ');
  const message = `"${step.action}" can be reached although the person may not have said yes to ${names}.`;
  const fix = `Lead to it through \`confirm: [${slots.join(', ')}]\`, and change none of these in between.`;
  return [fault('effect-unguarded', recall(step, 'action') ?? step.position, message, fix)];
}

function unsafeRetry(step: ActionStep, context: CheckContext): readonly Diagnostic[] {
  const action = context.actions.get(step.action);
  if (step.retry === 0 || !action?.effect || action.idempotent) return [];
  const message = `"${step.action}" has effects and is not said to be safe to repeat, but is retried.`;
  const fix = 'Remove `retry`, or declare the action `idempotent: true` if it is.';
  return [fault('unsafe-retry', recall(step, 'retry') ?? step.position, message, fix)];
}
