import { z } from 'zod';
import { condition, continuation, duration, rejection, scalar, step, text } from './step-schema.ts';

const json = z.unknown();
const names = z.array(z.string());

/** Slot types and the names that Rasa has for some of them. */
export const slotTypes = {
  text: 'text',
  number: 'number',
  boolean: 'boolean',
  choice: 'choice',
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  duration: 'duration',
  money: 'money',
  email: 'email',
  phone: 'phone',
  list: 'list',
  object: 'object',
  any: 'any',
  bool: 'boolean',
  float: 'number',
  categorical: 'choice',
} as const;

const slotType = z.enum(Object.keys(slotTypes) as (keyof typeof slotTypes)[]);

const slotChoice = z.union([
  scalar,
  z.strictObject({ value: scalar, label: text.optional(), synonyms: names.optional() }),
]);

export const mapping = z.strictObject({
  type: z.enum(['from_llm', 'controlled', 'custom', 'from_entity', 'from_intent', 'from_text']),
  entity: z.string().optional(),
  role: z.string().optional(),
  group: z.string().optional(),
  intent: z.union([z.string(), names]).optional(),
  not_intent: z.union([z.string(), names]).optional(),
  value: json.optional(),
  conditions: z.array(z.record(z.string(), z.string().nullable())).optional(),
  allow_nlu_correction: z.boolean().optional(),
  run_action_every_turn: z.string().optional(),
  action: z.string().optional(),
  coexistence_system: z.string().optional(),
});

export const slot = z.strictObject({
  type: slotType,
  choices: z.union([z.array(slotChoice), z.record(z.string(), text)]).optional(),
  values: z.array(z.union([scalar, z.null()])).optional(),
  pattern: z.string().optional().describe('A regular expression (RE2) that a value must match.'),
  entities: names
    .optional()
    .describe('Entities that fill it besides the one of its own name: name or name/role.'),
  initial_value: json.optional(),
  scope: z
    .enum(['turn', 'flow', 'conversation', 'user'])
    .optional()
    .describe('How long a value lives; flow unless said.'),
  sensitive: z
    .string()
    .optional()
    .describe('A class of personal data: masked before logs and language models.'),
  label: text.optional().describe('What people call it: "the order number".'),
  carry_from: names
    .optional()
    .describe('Slots of other tasks whose values are offered for it: the days of the flight for the hotel.'),
  mappings: z.array(mapping).optional(),
  validation: z
    .strictObject({ rejections: z.array(rejection), refill_utter: z.string().optional() })
    .optional(),
  force_slot_filling: z.boolean().optional(),
  influence_conversation: z.boolean().optional(),
  shared_for_coexistence: z.boolean().optional(),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
});

export const button = z.strictObject({
  title: text,
  payload: scalar
    .optional()
    .describe('What the customer would have typed, /SetSlots(slot=value) or /intent.'),
  set: z.record(z.string(), json).optional().describe('Slots that the button sets.'),
  start: z.string().optional().describe('The flow that the button starts.'),
  command: z.enum(['affirm', 'deny', 'cancel', 'handoff', 'resume', 'skip']).optional(),
  type: z.string().optional(),
});

export const buttonSource = z.strictObject({
  from: z.string().describe('A list slot, one button an item: slots.orders'),
  title: text.describe('A text over the item’s fields.'),
  set: z.record(z.string(), z.string()).describe('Slots to set, each from a field of the item.'),
});

const responseVariant = z.strictObject({
  text: text.optional(),
  condition: z.union([scalar, z.array(z.record(z.string(), json)).min(1)]).optional(),
  channel: z.string().optional(),
  buttons: z.union([z.array(button), buttonSource]).optional(),
  image: z.string().optional(),
  links: z.array(z.strictObject({ title: text, url: z.string() })).optional(),
  metadata: z.record(z.string(), json).optional(),
  custom: z.record(z.string(), json).optional(),
  id: z.string().optional(),
  quick_replies: z.array(button).optional(),
  attachment: json.optional(),
  elements: json.optional(),
});
export const response = z.array(responseVariant).min(1);

export const action = z.strictObject({
  description: z.string().optional(),
  effect: z
    .boolean()
    .optional()
    .describe('Whether it changes something outside: run at most once per confirmed values.'),
  requires: z
    .union([condition, z.array(condition)])
    .optional()
    .describe('What must hold: confirmed, user.signed_in, …'),
  input: z.record(z.string(), slotType).optional(),
  sets: names.optional().describe('The slots and user.* facts that it may write.'),
  timeout: duration.optional(),
  idempotent: z.boolean().optional().describe('Whether it may be repeated safely.'),
});

const trigger = z.union([
  z.string(),
  z.strictObject({
    intent: z.union([
      z.string(),
      z.strictObject({ name: z.string(), confidence_threshold: z.number().min(0).max(1).optional() }),
    ]),
    confidence_threshold: z.number().min(0).max(1).optional(),
  }),
]);

export const flow = z.strictObject({
  name: text.optional(),
  description: z.string().optional().describe('What the customer wants; people and language models read it.'),
  nlu_trigger: z.array(trigger).optional().describe('The intents that start this flow.'),
  if: condition.optional().describe('Who may start it; `false`: only by call or link.'),
  else: continuation.optional(),
  steps: z.array(step),
  persisted_slots: names.optional().describe('Slots that keep their value when the flow ends.'),
  inputs: names.optional().describe('Slots that a caller may pass in.'),
  returns: names.optional().describe('Slots that the flow gives back to its caller.'),
  on_update: z.enum(['finish', 'migrate', 'restart']).optional(),
  run_pattern_completed: z.boolean().optional(),
  always_include_in_prompt: z.boolean().optional(),
  block_digressions: json.optional(),
  ask_confirm_digressions: json.optional(),
});

/** The raw shape of a flow file, as editors know it; the loader reads each entry by its own schema. */
export const flowFile = z.strictObject({
  version: scalar.optional(),
  slots: z.record(z.string(), slot).nullish().describe('What the bot keeps of a conversation.'),
  flows: z.record(z.string(), flow).nullish().describe('What the bot can do for a customer.'),
  responses: z.record(z.string(), response).nullish().describe('What the bot says.'),
  actions: z
    .union([z.record(z.string(), action.nullable()), names])
    .nullish()
    .describe('What the bot does in other systems.'),
  intents: json.optional(),
  entities: json.optional(),
  session_config: json.optional(),
});

export type RawSlot = z.infer<typeof slot>;
export type RawMapping = z.infer<typeof mapping>;
export type RawResponse = z.infer<typeof response>;
export type RawResponseVariant = z.infer<typeof responseVariant>;
export type RawButton = z.infer<typeof button>;
export type RawAction = z.infer<typeof action>;
export type RawFlow = z.infer<typeof flow>;
