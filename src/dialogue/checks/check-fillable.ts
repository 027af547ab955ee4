import type { Diagnostic } from '../../errors.ts';
import { isDefaultAction } from '../default-actions.ts';
import { asPath } from '../flow-writes.ts';
import { pathsOf } from '../known-facts.ts';
import type { CollectStep, SlotDefinition, Step } from '../program.ts';
import { openInputs } from '../run/flow-facts.ts';
import { fault } from '../rules.ts';
import { recall } from '../source-place.ts';
import { allSteps } from '../walk-steps.ts';
import type { Check, CheckContext } from './check-context.ts';
import { flowUses } from './expression-uses.ts';

/** What is read or asked for must be something that can get a value at all. */
export const checkFillable: Check = (context) => {
  const steps = [...context.flows.values()].flatMap(allSteps);
  if (steps.some((step) => mayAnything(step, context))) return [];
  const writers = new Set([...writtenByBot(steps, context), ...setByButtons(context)]);
  const collected = steps.filter((step) => step.kind === 'collect');
  const brought = [...context.flows.values()].flatMap(openInputs);
  const asked = new Set([...collected.flatMap(({ slots }) => slots), ...brought]);
  const read = slotsRead(context, steps);
  return [
    ...collected.flatMap((step) => unanswerable(step, writers, context)),
    ...[...context.slots.values()].flatMap((slot) =>
      read.has(slot.name) && !asked.has(slot.name) && !writers.has(slot.name) && !fillsItself(slot, context)
        ? [nothingFills(slot)]
        : [],
    ),
  ];
};

/** An action that declares nothing may set anything; the engine's own set nothing. */
function mayAnything(step: Step, { actions }: CheckContext): boolean {
  if (step.kind !== 'action' || isDefaultAction(step.action)) return false;
  return actions.get(step.action)?.sets === undefined;
}

function writtenByBot(steps: readonly Step[], context: CheckContext): readonly string[] {
  const fromActions = [...context.actions.values()].flatMap(({ sets }) => sets ?? []);
  const fromSteps = steps.flatMap((step) => {
    if (step.kind === 'set_slots') return step.assignments.map(({ slot }) => slot);
    return step.kind === 'call' ? [...Object.keys(step.with), ...Object.keys(step.returns)] : [];
  });
  return [...fromActions.map((name) => name.replace(/^slots\./u, '')), ...fromSteps];
}

function setByButtons(context: CheckContext): readonly string[] {
  return [...context.responses.values()].flatMap(({ variants }) =>
    variants.flatMap(({ buttons }) =>
      'from' in buttons
        ? Object.keys(buttons.set)
        : buttons.flatMap(({ payload }) => (payload.kind === 'set_slots' ? Object.keys(payload.slots) : [])),
    ),
  );
}

function slotsRead(context: CheckContext, steps: readonly Step[]): ReadonlySet<string> {
  const expressions = [...context.flows.values()]
    .flatMap(flowUses)
    .flatMap(({ expression }) => pathsOf(expression));
  const confirmed = steps.flatMap((step) => (step.kind === 'confirm' ? step.slots.map(asPath) : []));
  const slots = [...expressions, ...confirmed].filter((path) => path.startsWith('slots.'));
  return new Set(slots.map((path) => path.slice('slots.'.length)));
}

/** Whether a slot has its value from the start, or takes it from what people say at any time. */
function fillsItself(slot: SlotDefinition, { inputs }: CheckContext): boolean {
  if (slot.initialValue !== null || slot.entities.length > 0) return true;
  if (slot.mappings.length > 0) return slot.mappings.some(({ kind }) => kind !== 'controlled');
  const isEntity =
    slot.pattern !== undefined || slot.choices.length > 0 || slot.type === 'email' || slot.type === 'phone';
  return isEntity || (inputs.entities?.includes(slot.name) ?? false);
}

function nothingFills(slot: SlotDefinition): Diagnostic {
  const message = `"${slot.name}" is read, but nothing ever gives it a value.`;
  const fix = `Ask for it, set it, or declare the action that does: sets: [${slot.name}]`;
  return fault('unfillable-slot', slot.position, message, fix);
}

/** Questions that no answer can satisfy. */
function unanswerable(
  step: CollectStep,
  writers: ReadonlySet<string>,
  context: CheckContext,
): readonly Diagnostic[] {
  return step.slots.flatMap((name, index) => {
    const slot = context.slots.get(name);
    const reason = slot && reasonUnanswerable(slot, step);
    if (reason === undefined || writers.has(name)) return [];
    const position = recall(step, `slots.${index}`) ?? step.position;
    return [fault('unfillable-slot', position, `"${name}" is asked for, but ${reason.why}.`, reason.fix)];
  });
}

function reasonUnanswerable(
  slot: SlotDefinition,
  step: CollectStep,
): { readonly why: string; readonly fix: string } | undefined {
  const isControlled = slot.mappings.length > 0 && slot.mappings.every(({ kind }) => kind === 'controlled');
  if (isControlled) {
    return {
      why: 'its mapping lets only actions set it, and none does',
      fix: 'Remove the mapping, or declare the action that sets it.',
    };
  }
  if (slot.type === 'choice' && slot.choices.length === 0 && step.choicesFrom === undefined) {
    return { why: 'it has no choices', fix: 'List its `choices`.' };
  }
  const isStructured = slot.type === 'list' || slot.type === 'object';
  if (
    isStructured &&
    slot.entities.length === 0 &&
    slot.mappings.length === 0 &&
    step.choicesFrom === undefined
  ) {
    return {
      why: `no answer is a ${slot.type}`,
      fix: 'Name the entities that fill it, or ask for a slot of another type.',
    };
  }
  return undefined;
}
