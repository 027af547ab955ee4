import { z } from 'zod';
import type { Json, JsonObject } from '../json.ts';
import type { ActionStub, StubResult } from './golden-dialogue.ts';

const jsonObject = z.record(z.string(), z.json());

const resultSchema = z.strictObject({
  /** Rasa's: slot events and responses. */
  events: z
    .array(
      z.looseObject({
        event: z.string(),
        name: z.string().optional(),
        value: (z.json() as z.ZodType<Json>).optional(),
      }),
    )
    .optional(),
  responses: z
    .array(z.looseObject({ text: z.string().optional(), response: z.string().optional() }))
    .optional(),
  /** Ours. */
  set: jsonObject.optional(),
  user: jsonObject.optional(),
  say: z.array(z.string()).optional(),
  fail: z.string().optional(),
  timeout: z.boolean().optional(),
  latency_ms: z.number().nonnegative().optional(),
});

/** One result, or one for each call in turn. */
export const stubSchema: z.ZodType<StubInput> = z.union([resultSchema, z.array(resultSchema).min(1)]);

type ResultInput = z.output<typeof resultSchema>;
export type StubInput = ResultInput | ResultInput[];

export function readStubs(action: string, stub: StubInput): ActionStub {
  return { action, results: (Array.isArray(stub) ? stub : [stub]).map(readResult) };
}

function readResult(result: ResultInput): StubResult {
  if (result.timeout) return { kind: 'timeout' };
  if (result.fail !== undefined) return { kind: 'failure', message: result.fail };
  const slotEvents = (result.events ?? []).filter(
    (event) => event.event === 'slot' && event.name !== undefined,
  );
  const set: JsonObject = {
    ...Object.fromEntries(slotEvents.map((event) => [event.name ?? '', event.value ?? null])),
    ...result.set,
  };
  const said = (result.responses ?? []).map(({ text, response }) =>
    response === undefined ? (text ?? '') : { response },
  );
  return {
    kind: 'result',
    set,
    user: result.user ?? {},
    say: [...said, ...(result.say ?? [])],
    latencyMs: result.latency_ms ?? 0,
  };
}
