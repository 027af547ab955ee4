import { z } from 'zod';

/** Raw shapes of steps as authors write them. What is recursive (steps, `next`, …) is read by code and is `unknown` here. */
export const scalar = z.union([z.string(), z.number(), z.boolean()]);
export const text = z
  .union([scalar, z.record(z.string(), scalar)])
  .describe('A text in ICU MessageFormat, or one for each locale: { en: …, zh: … }.');
export const step: z.ZodType = z.unknown().describe('One step of a flow.');
export const next: z.ZodType = z
  .unknown()
  .describe('Where to go: a step’s id, END, a list of if/then/else, or steps.');
export const target: z.ZodType = z.unknown().describe('A step’s id, END, a step or a list of steps.');
export const continuation: z.ZodType = z.unknown().describe('A flow, a response, steps, END or `handoff`.');
export const condition = scalar.describe('A condition, such as: slots.amount > 100 and user.signed_in');
export const duration = z.union([z.string(), z.number()]).describe('A duration: 500ms, 5s, 10m, 2h or 1d.');

const value = z.unknown().describe('A constant, or an expression such as: slots.price * 2');
const slotName = z.string().describe('The name of a slot.');
const responseName = z.string().describe('The name of a response.');

export const rejection = z.strictObject({
  if: condition.describe('The value is refused when this holds.'),
  utter: responseName,
});

export const branch = z.strictObject({
  if: condition.optional(),
  then: target.optional(),
  else: target.optional(),
  outcome: z.string().optional(),
});

const base = {
  id: scalar.optional().describe('The name by which `next` finds this step.'),
  description: z.string().optional().describe('What this step is for; people and language models read it.'),
  metadata: z.unknown().optional(),
};
const continuing = {
  ...base,
  next: next.optional(),
  outcome: z.string().optional().describe('Labels the end that this step leads to, for analytics.'),
};

export const stepSchemas = {
  collect: z.strictObject({
    collect: z.union([slotName, z.array(slotName).min(1)]).describe('The slot, or slots, to ask for.'),
    ...continuing,
    utter: responseName.optional().describe('The question, when it is not utter_ask_<slot>.'),
    attempts: z
      .array(responseName)
      .min(1)
      .optional()
      .describe('The questions, one an attempt; the last repeats.'),
    max_attempts: z.number().int().min(1).optional().describe('Attempts before on_exhausted; 3 unless said.'),
    on_exhausted: continuation.optional(),
    ask_before_filling: z.boolean().optional().describe('Ask even when the slot has a value.'),
    rejections: z.array(rejection).optional(),
    optional: z.boolean().optional().describe('The person may leave it out.'),
    default: value.optional().describe('The value when the person leaves it out.'),
    choices: z.string().optional().describe('A slot that holds the values on offer: slots.hotels'),
    eager: z.boolean().optional().describe('false: not filled before it is asked for.'),
    allow: z
      .array(z.enum(['cancel', 'handoff', 'digress', 'answer', 'correct']))
      .optional()
      .describe('What may interrupt this question; everything unless said.'),
    force_slot_filling: z.boolean().optional().describe('Whatever is said becomes the value.'),
    reset_after_flow_ends: z.boolean().optional(),
  }),
  confirm: z.strictObject({
    confirm: z
      .union([slotName, z.array(slotName).min(1)])
      .describe('The slots whose values are shown and confirmed.'),
    ...continuing,
    utter: responseName.optional(),
    else: continuation.optional().describe('What a no leads to; the flow ends unless said.'),
  }),
  action: z.strictObject({
    action: z.string().describe('An action, or a response to say.'),
    ...continuing,
    with: z.record(z.string(), value).optional().describe('The action’s input.'),
    timeout: duration.optional(),
    retry: z
      .number()
      .int()
      .min(0)
      .max(10)
      .optional()
      .describe('Further tries; only for what is safe to repeat.'),
    on_error: continuation.optional(),
    requires: z.union([condition, z.array(condition)]).optional(),
  }),
  say: z.strictObject({ say: text, ...continuing }),
  set_slots: z.strictObject({
    set_slots: z.union([z.array(z.record(z.string(), value)), z.record(z.string(), value)]),
    ...continuing,
  }),
  call: z.strictObject({
    call: z.string().describe('The flow to run inline.'),
    ...continuing,
    with: z.record(z.string(), value).optional().describe('Values for the called flow’s slots.'),
    returns: z
      .union([z.array(slotName), z.record(z.string(), slotName)])
      .optional()
      .describe('Slots to take over from the called flow: mine: theirs.'),
  }),
  link: z.strictObject({ link: z.string().describe('The flow that this one ends in.'), ...base }),
  switch: z
    .object({
      switch: condition.describe('What is branched on; each value is a key of this step.'),
      ...base,
      else: target.optional(),
    })
    .catchall(target),
  noop: z.strictObject({ noop: z.unknown(), ...continuing }),
  answer: z.strictObject({ answer: z.union([z.literal('knowledge'), z.literal(true)]), ...continuing }),
  generate: z.strictObject({ generate: text, ...continuing }),
  handoff: z.strictObject({
    handoff: z
      .union([z.string(), z.literal(true), z.null()])
      .describe('The queue of people to hand over to.'),
    ...base,
    next: next.optional(),
    priority: z.number().optional(),
  }),
  wait: z.strictObject({ wait: duration, ...continuing }),
} as const;

export type StepKind = keyof typeof stepSchemas;
export type RawStep<Kind extends StepKind> = z.infer<(typeof stepSchemas)[Kind]>;
export const stepKinds = Object.keys(stepSchemas) as readonly StepKind[];
