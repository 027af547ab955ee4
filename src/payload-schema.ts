import { z } from 'zod';
import { isJsonWithin, maxJsonDepth, type Json } from './json.ts';
import type { Payload } from './message.ts';

const json = z.custom<Json>((value) => isJsonWithin(maxJsonDepth, value), {
  message: `must be nested at most ${maxJsonDepth} deep`,
});

/** Facts from outside: slots, entities, what a page says. */
export const factsSchema = z
  .record(z.string().max(100), json)
  .refine((facts) => Object.keys(facts).length <= 100, 'must have at most 100 keys')
  // For JSON Schema, which cannot say how deep.
  .meta({ type: 'object', additionalProperties: true });

/** A pressed button, as every channel takes it. */
export const payloadSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(4_000) }),
    z.strictObject({ kind: z.literal('set_slots'), slots: factsSchema }),
    z.strictObject({ kind: z.literal('intent'), intent: z.string().min(1).max(200), entities: factsSchema }),
    z.strictObject({ kind: z.literal('start_flow'), flow: z.string().min(1).max(200) }),
    z.strictObject({
      kind: z.literal('command'),
      command: z.enum(['affirm', 'deny', 'cancel', 'handoff', 'resume', 'skip']),
    }),
  ])
  .meta({
    id: 'Payload',
    description: 'What a button means; send it back as it came.',
  }) satisfies z.ZodType<Payload>;
