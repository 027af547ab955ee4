import type { Diagnostic, Position } from '../../errors.ts';
import type { Json } from '../../json.ts';
import { nearestName } from '../../nearest-name.ts';
import type { Expression } from '../expression.ts';
import type { ActionStep, SlotDefinition, SlotType, Step } from '../program.ts';
import { fault } from '../rules.ts';
import { recall } from '../source-place.ts';
import { checkChoiceValue, type TypeScope } from '../type-comparison.ts';
import { isAssignable, typeCondition, typeExpression, typeOfValue } from '../type-expression.ts';
import { allSteps } from '../walk-steps.ts';
import type { Check, CheckContext } from './check-context.ts';
import { expressionUses } from './expression-uses.ts';

/** Expressions must mean something, and what is put into a slot or an action must be of its type. */
export const checkTypes: Check = (context) => {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): number => diagnostics.push(diagnostic);
  for (const { expression, role, position } of expressionUses(context.program)) {
    const scope: TypeScope = { slots: context.slots, position, report };
    if (role === 'condition') typeCondition(expression, scope);
    else typeExpression(expression, scope);
  }
  for (const slot of context.slots.values()) checkInitialValue(slot, report);
  for (const flow of context.flows.values()) {
    for (const step of allSteps(flow)) checkStep(step, context, report);
  }
  return diagnostics;
};

type Report = (diagnostic: Diagnostic) => void;

function checkInitialValue(slot: SlotDefinition, report: Report): void {
  checkConstant(slot.initialValue, slot, recall(slot, 'initialValue') ?? slot.position, report);
}

function checkStep(step: Step, context: CheckContext, report: Report): void {
  switch (step.kind) {
    case 'set_slots':
      for (const { slot, value } of step.assignments)
        checkAssignment(slot, value, step.position, context, report);
      break;
    case 'call':
      checkCallInputs(step, context, report);
      for (const [slot, value] of Object.entries(step.with)) {
        checkAssignment(slot, value, step.position, context, report);
      }
      for (const [mine, theirs] of Object.entries(step.returns)) {
        const from = context.slots.get(theirs)?.type;
        checkSlotType(from, mine, recall(step, `returns.${mine}`) ?? step.position, context, report);
      }
      break;
    case 'collect':
      checkCollect(step, context, report);
      break;
    case 'action':
      checkInput(step, context, report);
      break;
    case 'switch':
      checkCases(step, context, report);
      break;
    default:
  }
}

function checkCollect(step: Extract<Step, { kind: 'collect' }>, context: CheckContext, report: Report): void {
  const [slot] = step.slots;
  if (step.default && slot !== undefined) checkAssignment(slot, step.default, step.position, context, report);
  const source = step.choicesFrom === undefined ? undefined : context.slots.get(step.choicesFrom);
  if (!source || source.type === 'list' || source.type === 'any') return;
  const position = recall(step, 'choicesFrom') ?? step.position;
  const message = `Choices come from a list, and "${source.name}" is a ${source.type}.`;
  report(fault('type-mismatch', position, message, `Give "${source.name}" the type \`list\`.`));
}

function checkAssignment(
  slotName: string,
  value: Expression,
  fallback: Position,
  context: CheckContext,
  report: Report,
): void {
  const slot = context.slots.get(slotName);
  if (!slot) return;
  const position = recall(value) ?? fallback;
  if (value.kind === 'literal') {
    checkConstant(value.value, slot, position, report);
    return;
  }
  const type = typeExpression(value, { slots: context.slots, position, report: () => undefined });
  if (!isAssignable(type, slot.type)) mismatch(type, slot, position, report);
}

function checkConstant(value: Json, slot: SlotDefinition, position: Position, report: Report): void {
  if (value === null) return;
  if (slot.type === 'choice' && slot.choices.length > 0) {
    checkChoiceValue(slot, typeof value === 'string' ? value : JSON.stringify(value), position, { report });
  } else if (!isAssignable(typeOfValue(value), slot.type))
    mismatch(typeOfValue(value), slot, position, report);
}

function checkSlotType(
  from: SlotType | undefined,
  to: string,
  position: Position,
  context: CheckContext,
  report: Report,
): void {
  const slot = context.slots.get(to);
  if (from && slot && !isAssignable(from, slot.type)) mismatch(from, slot, position, report);
}

function mismatch(type: string, slot: SlotDefinition, position: Position, report: Report): void {
  const message = `A ${type} cannot be put into "${slot.name}", which is a ${slot.type}.`;
  report(fault('type-mismatch', position, message, `Give a ${slot.type}, or change the slot's type.`));
}

/** A flow that says what may be passed in takes nothing else. */
function checkCallInputs(step: Extract<Step, { kind: 'call' }>, context: CheckContext, report: Report): void {
  const inputs = context.flows.get(step.flow)?.inputs ?? [];
  if (inputs.length === 0) return;
  for (const slot of Object.keys(step.with)) {
    if (inputs.includes(slot)) continue;
    const near = nearestName(slot, inputs);
    const fix = near ? `Write "${near}".` : `Use one of: ${inputs.join(', ')}.`;
    const position = recall(step, `with.${slot}`) ?? step.position;
    report(fault('unknown-key', position, `The flow "${step.flow}" takes no "${slot}".`, fix));
  }
}

/** What an action declares as its input is what it must be given. */
function checkInput(step: ActionStep, context: CheckContext, report: Report): void {
  const input = context.actions.get(step.action)?.input ?? {};
  const fields = Object.keys(input);
  if (fields.length === 0 && Object.keys(step.with).length === 0) return;
  for (const [field, value] of Object.entries(step.with)) {
    const expected = Object.hasOwn(input, field) ? input[field] : undefined;
    if (expected) checkField(field, value, expected, step, context, report);
    else if (fields.length > 0) unknownField(field, fields, step, report);
  }
  const missing = fields.filter(
    (field) =>
      !Object.hasOwn(step.with, field) && (Object.keys(step.with).length > 0 || !context.slots.has(field)),
  );
  for (const field of missing) {
    const message = `The action "${step.action}" is not given its "${field}".`;
    report(fault('missing-key', step.position, message, `Add it to \`with\`: { ${field}: … }.`));
  }
}

function unknownField(field: string, fields: readonly string[], step: ActionStep, report: Report): void {
  const near = nearestName(field, fields);
  const fix = near ? `Write "${near}".` : `Use one of: ${fields.join(', ')}.`;
  const position = recall(step, `with.${field}`) ?? step.position;
  report(fault('unknown-key', position, `The action "${step.action}" takes no "${field}".`, fix));
}

function checkField(
  field: string,
  value: Expression,
  expected: SlotType,
  step: ActionStep,
  context: CheckContext,
  report: Report,
): void {
  const position = recall(value) ?? step.position;
  const type = typeExpression(value, { slots: context.slots, position, report: () => undefined });
  if (isAssignable(type, expected)) return;
  const message = `The action "${step.action}" takes a ${expected} as "${field}", not a ${type}.`;
  report(fault('type-mismatch', position, message, `Give a ${expected}.`));
}

/** The values of a switch must be values that its slot can have. */
function checkCases(step: Extract<Step, { kind: 'switch' }>, context: CheckContext, report: Report): void {
  const { on } = step;
  const slot = on.kind === 'path' && on.path.length === 1 ? context.slots.get(on.path[0] ?? '') : undefined;
  if (on.kind !== 'path' || on.root !== 'slots' || !slot) return;
  for (const branch of step.cases) {
    const position = recall(branch, 'value') ?? step.position;
    const type = typeOfValue(branch.value);
    if (slot.type === 'choice' && slot.choices.length > 0 && typeof branch.value === 'string') {
      checkChoiceValue(slot, branch.value, position, { report });
    } else if (!isAssignable(type, slot.type)) {
      const message = `"${slot.name}" is a ${slot.type} and never ${JSON.stringify(branch.value)}.`;
      report(fault('type-mismatch', position, message, `Branch on values of a ${slot.type}.`));
    }
  }
}
