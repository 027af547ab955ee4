import type { Expression } from '../../dialogue/expression.ts';
import type { FlowDefinition, Next, Program, Step } from '../../dialogue/program.ts';
import { allSteps } from '../../dialogue/walk-steps.ts';
import type { Json } from '../../json.ts';

/** What a bot's conditions compare each slot and fact with, by path (`slots.amount`); a bare fact with true and false. */
export function constantsOf(program: Program): ReadonlyMap<string, readonly Json[]> {
  const found = new Map<string, Json[]>();
  const add = (path: string, values: readonly Json[]): void => {
    found.set(path, [...(found.get(path) ?? []), ...values]);
  };
  for (const flow of Object.values(program.flows))
    for (const condition of conditionsOf(flow)) collect(condition, add);
  for (const action of Object.values(program.actions))
    for (const requirement of action.requires)
      if (requirement.kind === 'fact') collect(requirement.fact, add);
  for (const { rejections } of Object.values(program.slots))
    for (const rejection of rejections) collect(rejection.if, add);
  return found;
}

/** Every condition of a flow. */
function conditionsOf(flow: FlowDefinition): readonly Expression[] {
  return [...(flow.guard ? [flow.guard] : []), ...allSteps(flow).flatMap(stepConditions)];
}

function stepConditions(step: Step): readonly Expression[] {
  const own =
    step.kind === 'collect'
      ? step.rejections.map((rejection) => rejection.if)
      : step.kind === 'switch'
        ? step.cases.map(({ value }) => equals(step.on, value))
        : [];
  return [...nextConditions(step.next), ...own];
}

function nextConditions(next: Next): readonly Expression[] {
  return next.kind === 'branch' ? next.branches.flatMap((branch) => branch.if ?? []) : [];
}

function equals(on: Expression, value: Json): Expression {
  const { start, end } = on;
  const right: Expression = { kind: 'literal', value, start, end };
  return { kind: 'binary', operator: 'is', left: on, right, start, end };
}

type Add = (path: string, values: readonly Json[]) => void;

function collect(expression: Expression, add: Add): void {
  switch (expression.kind) {
    case 'path':
      add(pathOf(expression), [true, false]);
      return;
    case 'not':
    case 'negate':
      collect(expression.operand, add);
      return;
    case 'list':
      for (const item of expression.items) collect(item, add);
      return;
    case 'binary':
      if (expression.operator === 'and' || expression.operator === 'or') {
        collect(expression.left, add);
        collect(expression.right, add);
        return;
      }
      if (expression.operator === 'matches') {
        if (expression.left.kind === 'path') add(pathOf(expression.left), ['x']);
        return;
      }
      compared(expression.left, expression.right, add);
      compared(expression.right, expression.left, add);
      return;
    case 'literal':
    case 'now':
      return;
    default:
      expression satisfies never;
  }
}

function compared(one: Expression, other: Expression, add: Add): void {
  if (one.kind !== 'path') return;
  const values =
    other.kind === 'literal'
      ? [other.value]
      : other.kind === 'list'
        ? other.items.flatMap((item) => (item.kind === 'literal' ? [item.value] : []))
        : [];
  add(
    pathOf(one),
    values.filter((value) => value !== null),
  );
}

function pathOf({ root, path }: Extract<Expression, { kind: 'path' }>): string {
  return `${root}.${path[0] ?? ''}`;
}
