import type { Diagnostic } from '../../errors.ts';

import { equalValues } from '../compare-values.ts';
import { holds } from '../evaluate-expression.ts';
import type { Expression } from '../expression.ts';
import type { KnownFacts } from '../known-facts.ts';
import type { Branch, Step, SwitchStep } from '../program.ts';
import { fault } from '../rules.ts';
import { allSteps } from '../walk-steps.ts';
import type { Check, CheckContext } from './check-context.ts';
import { possibleScopes } from './possible-values.ts';

/** A branch must say what happens for every value that can come. */
export const checkBranches: Check = (context) => {
  const diagnostics: Diagnostic[] = [];
  for (const flow of context.flows.values()) {
    for (const step of allSteps(flow)) {
      const facts = context.analysis.factsAt(flow.id, step.id);
      const found =
        step.kind === 'switch' ? switchFault(step, facts, context) : branchFault(step, facts, context);
      if (found) diagnostics.push(found);
    }
  }
  return diagnostics;
};

function switchFault(
  step: SwitchStep,
  facts: KnownFacts | undefined,
  context: CheckContext,
): Diagnostic | undefined {
  if (step.otherwise) return undefined;
  const covered = step.cases.map(({ value }) => value);
  const possible = finiteValues(step.on, facts, context);
  if (!possible) {
    const message = 'The switch does not say what happens for other values.';
    return fault('switch-not-exhaustive', step.position, message, 'Add `else`.');
  }
  const left = possible.filter((value) => !covered.some((each) => equalValues(each, value)));
  if (left.length === 0) return undefined;
  const names = left.map((value) => (value === null ? 'no value at all' : `"${String(value)}"`)).join(', ');
  const message = `The switch does not say what happens for ${names}.`;
  return fault('switch-not-exhaustive', step.position, message, 'Add a key for each, or `else`.');
}

/** All values that a slot can have where it is branched on; `undefined` when they cannot be counted. */
function finiteValues(
  on: Expression,
  facts: KnownFacts | undefined,
  context: CheckContext,
): readonly (string | boolean | null)[] | undefined {
  const slot = on.kind === 'path' && on.root === 'slots' && on.path.length === 1 ? on.path[0] : undefined;
  const definition = context.slots.get(slot ?? '');
  const values =
    definition?.type === 'boolean'
      ? [true, false]
      : definition?.type === 'choice' && definition.choices.length > 0
        ? definition.choices.map(({ value }) => value)
        : undefined;
  if (!values || !facts) return values;
  return facts.isSet(`slots.${slot ?? ''}`) ? values : [...values, null];
}

function branchFault(
  step: Step,
  facts: KnownFacts | undefined,
  context: CheckContext,
): Diagnostic | undefined {
  if (step.next.kind !== 'branch') return undefined;
  const { branches } = step.next;
  if (branches.at(-1)?.if === undefined || coversEverything(branches, step, facts, context)) return undefined;
  const message = 'The branches do not say what happens when none of their conditions holds.';
  return fault('branch-not-exhaustive', step.position, message, 'Add `- else: …` as the last branch.');
}

/** Tries the conditions on every combination of the values that can matter to them. */
function coversEverything(
  branches: readonly Branch[],
  step: Step,
  facts: KnownFacts | undefined,
  context: CheckContext,
): boolean {
  const conditions = branches.flatMap((branch) => (branch.if ? [branch.if] : []));
  const filled = step.kind === 'collect' && !step.optional ? step.slots.map((slot) => `slots.${slot}`) : [];
  const isSet = (path: string): boolean => filled.includes(path) || (facts?.isSet(path) ?? false);
  const scopes = possibleScopes(conditions, context.slots, isSet);
  return scopes?.every((scope) => conditions.some((condition) => holds(condition, scope))) ?? true;
}
