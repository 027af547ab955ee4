import type { Diagnostic } from '../../errors.ts';
import { canPeopleStart } from '../analyse-flows.ts';
import { holds } from '../evaluate-expression.ts';
import type { FlowDefinition } from '../program.ts';
import { fault } from '../rules.ts';
import { recall } from '../source-place.ts';
import type { Check, CheckContext } from './check-context.ts';
import { possibleScopes } from './possible-values.ts';

/** One intent starts one flow, and can be recognised. */
export const checkTriggers: Check = (context) => [
  ...sharedTriggers(context),
  ...intentsWithoutExamples(context),
];

function sharedTriggers(context: CheckContext): readonly Diagnostic[] {
  const starters = [...context.flows.values()].filter(canPeopleStart);
  return starters.flatMap((flow, index) =>
    flow.triggers.flatMap((trigger) => {
      const rival = starters
        .slice(0, index)
        .find(
          (other) =>
            other.triggers.some(({ intent }) => intent === trigger.intent) &&
            canBothStart(flow, other, context),
        );
      if (!rival) return [];
      const message = `The intent "${trigger.intent}" starts "${rival.id}" too.`;
      const fix = 'Give each flow an intent of its own, or guards of which only one holds.';
      return [fault('shared-trigger', recall(trigger) ?? flow.position, message, fix)];
    }),
  );
}

function canBothStart(one: FlowDefinition, other: FlowDefinition, { slots }: CheckContext): boolean {
  if (!one.guard || !other.guard) return true;
  const guards = [one.guard, other.guard];
  const scopes = possibleScopes(guards, slots, () => false);
  return scopes?.some((scope) => guards.every((guard) => holds(guard, scope))) ?? true;
}

function intentsWithoutExamples({ program, flows, inputs }: CheckContext): readonly Diagnostic[] {
  const { examples } = inputs;
  if (!examples) return [];
  const taught = new Set(examples.map(({ intent, locale }) => `${intent ?? ''} ${locale}`));
  const reserved = new Set(inputs.reservedIntents);
  const known = new Set(examples.map(({ intent }) => intent));
  return [...flows.values()].flatMap((flow) =>
    flow.triggers.flatMap((trigger) => {
      const missing = program.locales.filter((locale) => !taught.has(`${trigger.intent} ${locale}`));
      if (missing.length === 0 || !known.has(trigger.intent) || reserved.has(trigger.intent)) return [];
      const names = missing.map((locale) => `"${locale}"`).join(', ');
      const message = `The intent "${trigger.intent}" has no examples in ${names}.`;
      const fix = `Write some in training-data/${missing[0] ?? ''}/.`;
      return [fault('intent-without-examples', recall(trigger) ?? flow.position, message, fix)];
    }),
  );
}
