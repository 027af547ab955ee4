import type { Diagnostic, Position } from '../../errors.ts';
import type { Expression } from '../expression.ts';
import { pathsOf } from '../known-facts.ts';
import type { Step } from '../program.ts';
import { fault, warning } from '../rules.ts';
import { recall } from '../source-place.ts';
import { allSteps } from '../walk-steps.ts';
import type { Check, CheckContext } from './check-context.ts';

/** Personal data stays where it is masked. */
export const checkPrivacy: Check = (context) => [
  ...unmarkedSlots(context),
  ...[...context.flows.values()].flatMap((flow) => allSteps(flow).flatMap((step) => leaks(step, context))),
];

function unmarkedSlots({ slots }: CheckContext): readonly Diagnostic[] {
  return [...slots.values()].flatMap((slot) => {
    if ((slot.type !== 'email' && slot.type !== 'phone') || slot.sensitive !== undefined) return [];
    const message = `"${slot.name}" holds personal data and would be logged as it is.`;
    return [warning('sensitive-exposed', slot.position, message, `Add \`sensitive: ${slot.type}\`.`)];
  });
}

function leaks(step: Step, context: CheckContext): readonly Diagnostic[] {
  switch (step.kind) {
    case 'set_slots':
      return step.assignments.flatMap(({ slot, value }) => copied(value, slot, step.position, context));
    case 'call':
      return [
        ...Object.entries(step.with).flatMap(([slot, value]) => copied(value, slot, step.position, context)),
        ...Object.entries(step.returns).flatMap(([mine, theirs]) =>
          leak(theirs, mine, recall(step, `returns.${mine}`) ?? step.position, context),
        ),
      ];
    case 'generate':
      return shownToModel(step, context);
    default:
      return [];
  }
}

function copied(
  value: Expression,
  to: string,
  fallback: Position,
  context: CheckContext,
): readonly Diagnostic[] {
  const read = pathsOf(value).filter((path) => path.startsWith('slots.'));
  // What is compared or tested gives yes or no, and nothing away.
  if (value.kind !== 'path' && !(value.kind === 'binary' && value.operator === '+')) return [];
  return read.flatMap((path) => leak(path.slice('slots.'.length), to, recall(value) ?? fallback, context));
}

function leak(from: string, to: string, position: Position, { slots }: CheckContext): readonly Diagnostic[] {
  const kind = slots.get(from)?.sensitive;
  const target = slots.get(to);
  if (kind === undefined || !target || target.sensitive !== undefined) return [];
  const message = `"${from}" is sensitive, and "${to}", which it is put into, is not: it would be logged there.`;
  return [fault('sensitive-exposed', position, message, `Give "${to}" the same \`sensitive: ${kind}\`.`)];
}

function shownToModel(
  step: Extract<Step, { kind: 'generate' }>,
  { slots, inputs }: CheckContext,
): readonly Diagnostic[] {
  return Object.entries(step.prompt).flatMap(([locale, template]) => {
    const shown = inputs.templates?.arguments(template) ?? [];
    return shown.flatMap(({ path }) => {
      const slot = slots.get(path.split('.')[0] ?? path);
      if (slot?.sensitive === undefined) return [];
      const message = `The prompt shows "${slot.name}", which is sensitive, to a language model.`;
      return [
        fault(
          'sensitive-exposed',
          recall(step.prompt, locale) ?? step.position,
          message,
          'Leave it out of the prompt.',
        ),
      ];
    });
  });
}
