import type { Position } from '../../errors.ts';
import type { Expression } from '../expression.ts';
import type { FlowDefinition, Next, Program, Rejection, Requirement, Step } from '../program.ts';
import { recall } from '../source-place.ts';
import { allSteps } from '../walk-steps.ts';

/** An expression where it stands, and what its value is for. */
export interface ExpressionUse {
  readonly expression: Expression;
  /** A condition is asked whether it holds; a value is put somewhere, or branched on. */
  readonly role: 'condition' | 'value';
  readonly position: Position;
}

/** Every expression of a program. */
export function expressionUses(program: Program): readonly ExpressionUse[] {
  return [
    ...Object.values(program.flows).flatMap(flowUses),
    ...Object.values(program.slots).flatMap((slot) => rejectionUses(slot.rejections, slot.position)),
    ...Object.values(program.actions).flatMap((action) => requirementUses(action.requires, action.position)),
    ...Object.values(program.responses).flatMap(({ variants, position }) =>
      variants.flatMap(({ condition }) => (condition ? [use(condition, 'condition', position)] : [])),
    ),
  ];
}

/** The expressions of a flow. */
export function flowUses(flow: FlowDefinition): readonly ExpressionUse[] {
  const guard = flow.guard ? [use(flow.guard, 'condition', flow.position)] : [];
  return [...guard, ...allSteps(flow).flatMap(stepUses)];
}

function stepUses(step: Step): readonly ExpressionUse[] {
  return [...ownUses(step), ...nextUses(step.next, step.position)];
}

function ownUses(step: Step): readonly ExpressionUse[] {
  switch (step.kind) {
    case 'collect':
      return [
        ...rejectionUses(step.rejections, step.position),
        ...(step.default ? [use(step.default, 'value', step.position)] : []),
      ];
    case 'action':
      return [
        ...Object.values(step.with).map((value) => use(value, 'value', step.position)),
        ...requirementUses(step.requires, step.position),
      ];
    case 'set_slots':
      return step.assignments.map(({ value }) => use(value, 'value', step.position));
    case 'call':
      return Object.values(step.with).map((value) => use(value, 'value', step.position));
    case 'switch':
      return [use(step.on, 'value', step.position)];
    default:
      return [];
  }
}

function nextUses(next: Next, position: Position): readonly ExpressionUse[] {
  if (next.kind !== 'branch') return [];
  return next.branches.flatMap((branch) => (branch.if ? [use(branch.if, 'condition', position)] : []));
}

function rejectionUses(rejections: readonly Rejection[], position: Position): readonly ExpressionUse[] {
  return rejections.map((rejection) => use(rejection.if, 'condition', position));
}

function requirementUses(requirements: readonly Requirement[], position: Position): readonly ExpressionUse[] {
  return requirements.flatMap((requirement) =>
    requirement.kind === 'fact' ? [use(requirement.fact, 'condition', position)] : [],
  );
}

function use(expression: Expression, role: ExpressionUse['role'], position: Position): ExpressionUse {
  return { expression, role, position: recall(expression) ?? position };
}
