import { z } from 'zod';
import type { Diagnostic, Position } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import { readYaml, type YamlPath, type YamlSource } from '../yaml-source.ts';
import type { ActionStub, Expectation, GoldenDialogue, GoldenTurn } from './golden-dialogue.ts';
import { parseDuration } from '../dialogue/parse-duration.ts';
import { readStubs, stubSchema } from './parse-stubs.ts';

const json: z.ZodType<Json> = z.json();
const jsonObject = z.record(z.string(), json);
const slotList = z.array(z.union([z.string(), jsonObject]));
const flowName = z.union([z.string(), z.strictObject({ flow_id: z.string() })]);
const actionName = z.union([z.string(), z.strictObject({ name: z.string(), with: jsonObject.optional() })]);

const messageShape = z.strictObject({
  utter_name: z.string().optional(),
  text_matches: z.string().optional(),
  buttons: z.array(z.union([z.string(), z.object({ title: z.string() })])).optional(),
});

const assertionSchema = z.strictObject({
  flow_started: flowName.optional(),
  flow_completed: flowName.optional(),
  flow_cancelled: flowName.optional(),
  action_executed: actionName.optional(),
  action_not_executed: actionName.optional(),
  bot_uttered: messageShape.optional(),
  bot_did_not_utter: messageShape.optional(),
  bot_silent: z.boolean().optional(),
  slot_was_set: z
    .array(z.union([z.string(), z.strictObject({ name: z.string(), value: json.optional() })]))
    .optional(),
  slot_was_not_set: z
    .array(z.union([z.string(), z.strictObject({ name: z.string(), value: json.optional() })]))
    .optional(),
  pattern_clarification_contains: z.array(z.string()).optional(),
  handed_off: z.union([z.boolean(), z.string()]).optional(),
  not_logged: z.string().optional(),
  not_sent_to_llm: z.string().optional(),
  generative_response_is_grounded: z.looseObject({}).optional(),
});

const stepSchema = z.strictObject({
  user: z.union([z.string(), z.number()]).optional(),
  /** Time that passes, e.g. `10m`; ours. */
  wait: z
    .string()
    .refine((text) => parseDuration(text) !== undefined, 'not a duration such as 10m or 2h')
    .optional(),
  bot: z.string().optional(),
  utter: z.string().optional(),
  slot_was_set: slotList.optional(),
  slot_was_not_set: slotList.optional(),
  assertions: z.array(assertionSchema).optional(),
  assertion_order_enabled: z.boolean().optional(),
  metadata: z.string().optional(),
});

const fileSchema = z.strictObject({
  version: z.union([z.string(), z.number()]).optional(),
  test_cases: z
    .array(
      z.strictObject({
        test_case: z.string(),
        steps: z.array(stepSchema).min(1),
        fixtures: z.array(z.string()).optional(),
        metadata: z.string().optional(),
        locale: z.string().optional(),
        mocked_datetime: z.string().optional(),
        max_turns: z.int().positive().optional(),
        generated: z.boolean().optional(),
        actions: z.record(z.string(), stubSchema).optional(),
      }),
    )
    .nullish(),
  fixtures: z.array(z.record(z.string(), z.union([z.array(jsonObject), jsonObject]))).nullish(),
  metadata: z.array(z.record(z.string(), jsonObject)).nullish(),
  stub_custom_actions: z.record(z.string(), stubSchema).nullish(),
});

type GoldenFile = z.output<typeof fileSchema>;
type GoldenCase = NonNullable<GoldenFile['test_cases']>[number];
type GoldenStep = z.output<typeof stepSchema>;

/** Reads one file of golden dialogues; what is wrong comes back beside what could be read. */
export function parseGolden(
  file: string,
  text: string,
): { readonly dialogues: readonly GoldenDialogue[]; readonly diagnostics: readonly Diagnostic[] } {
  const source = readYaml(file, text);
  if (source.diagnostics.length > 0) return { dialogues: [], diagnostics: source.diagnostics };
  const parsed = fileSchema.safeParse(source.value ?? {});
  if (!parsed.success)
    return { dialogues: [], diagnostics: parsed.error.issues.map((issue) => toDiagnostic(issue, source)) };
  const content = parsed.data;
  const dialogues = (content.test_cases ?? []).map((one, index) =>
    readCase(one, content, source, ['test_cases', index]),
  );
  return { dialogues, diagnostics: [] };
}

function readCase(one: GoldenCase, content: GoldenFile, source: YamlSource, path: YamlPath): GoldenDialogue {
  const metadata = named(content.metadata, one.metadata);
  return {
    name: one.test_case,
    position: source.positionOf(path),
    turns: readTurns(one.steps, content, metadata, source, [...path, 'steps']),
    slots: Object.assign(
      {},
      ...(one.fixtures ?? []).map((name) => named(content.fixtures, name)),
    ) as JsonObject,
    metadata,
    locale: one.locale,
    now: one.mocked_datetime === undefined ? undefined : Date.parse(one.mocked_datetime),
    stubs: stubsOf(one, content),
    ordered: one.steps.some((step) => step.assertion_order_enabled === true),
    maxTurns: one.max_turns,
    generated: one.generated ?? false,
  };
}

function stubsOf(one: GoldenCase, content: GoldenFile): readonly ActionStub[] {
  const shared = Object.entries(content.stub_custom_actions ?? {}).flatMap(([key, stub]) => {
    const [action = key, owner] = key.split('::').reverse();
    return owner === undefined || owner === one.test_case ? [readStubs(action, stub)] : [];
  });
  return [...Object.entries(one.actions ?? {}).map(([action, stub]) => readStubs(action, stub)), ...shared];
}

function readTurns(
  steps: readonly GoldenStep[],
  content: GoldenFile,
  metadata: JsonObject,
  source: YamlSource,
  path: YamlPath,
): readonly GoldenTurn[] {
  const turns: {
    user: string | undefined;
    metadata: JsonObject;
    expectations: Expectation[];
    position: Position;
    waitMs: number | undefined;
  }[] = [];
  steps.forEach((step, index) => {
    const at = [...path, index];
    const last = turns.at(-1);
    const turn =
      step.user !== undefined || step.wait !== undefined || !last
        ? {
            waitMs: step.wait === undefined ? undefined : parseDuration(step.wait),
            user: step.user === undefined ? undefined : String(step.user),
            metadata: { ...metadata, ...named(content.metadata, step.metadata) },
            expectations: [],
            position: source.positionOf(at),
          }
        : last;
    if (turn !== last) turns.push(turn);
    turn.expectations.push(...readExpectations(step, source, at));
  });
  return turns;
}

function readExpectations(step: GoldenStep, source: YamlSource, path: YamlPath): readonly Expectation[] {
  const position = source.positionOf(path);
  const found: Expectation[] = [];
  if (step.bot !== undefined) found.push({ kind: 'bot_text', text: step.bot, position });
  if (step.utter !== undefined) found.push({ kind: 'bot_uttered', response: step.utter, position });
  found.push(
    ...slotExpectations('slot_set', step.slot_was_set, position),
    ...slotExpectations('slot_not_set', step.slot_was_not_set, position),
  );
  step.assertions?.forEach((assertion, index) => {
    found.push(...readAssertion(assertion, source.positionOf([...path, 'assertions', index])));
  });
  return found;
}

function slotExpectations(
  kind: 'slot_set' | 'slot_not_set',
  list: readonly (string | JsonObject)[] | undefined,
  position: Position,
): readonly Expectation[] {
  return (list ?? []).flatMap((item): readonly Expectation[] =>
    typeof item === 'string'
      ? [{ kind, slot: item, position }]
      : Object.entries(item).map(([slot, value]) => ({ kind, slot, value, position })),
  );
}

function readAssertion(
  assertion: z.output<typeof assertionSchema>,
  position: Position,
): readonly Expectation[] {
  const found: Expectation[] = [];
  for (const kind of ['flow_started', 'flow_completed', 'flow_cancelled'] as const) {
    const flow = assertion[kind];
    if (flow !== undefined)
      found.push({ kind, flow: typeof flow === 'string' ? flow : flow.flow_id, position });
  }
  for (const kind of ['action_executed', 'action_not_executed'] as const) {
    const action = assertion[kind];
    if (typeof action === 'string') found.push({ kind, action, position });
    else if (action) found.push({ kind, action: action.name, input: action.with, position });
  }
  for (const [key, kind] of [
    ['slot_was_set', 'slot_set'],
    ['slot_was_not_set', 'slot_not_set'],
  ] as const) {
    for (const item of assertion[key] ?? []) {
      found.push(
        typeof item === 'string'
          ? { kind, slot: item, position }
          : { kind, slot: item.name, value: item.value, position },
      );
    }
  }
  for (const kind of ['not_logged', 'not_sent_to_llm'] as const) {
    const text = assertion[kind];
    if (text !== undefined) found.push({ kind, text, position });
  }
  for (const [key, kind] of [
    ['bot_uttered', 'bot_uttered'],
    ['bot_did_not_utter', 'bot_not_uttered'],
  ] as const) {
    const message = assertion[key];
    if (!message) continue;
    const { utter_name: response, text_matches: pattern } = message;
    const buttons = message.buttons?.map((button) => (typeof button === 'string' ? button : button.title));
    found.push({ kind, response, pattern, buttons, position });
  }
  const { handed_off: handedOff, pattern_clarification_contains: names } = assertion;
  if (assertion.bot_silent) found.push({ kind: 'bot_silent', position });
  if (names) found.push({ kind: 'clarification', names, position });
  if (handedOff !== undefined && handedOff !== false) {
    found.push({ kind: 'handed_off', queue: handedOff === true ? undefined : handedOff, position });
  }
  return found;
}

/** The entry of a Rasa list of one-key maps; a list of maps under it is merged. */
function named(
  list: readonly Record<string, JsonObject | readonly JsonObject[]>[] | null | undefined,
  name: string | undefined,
): JsonObject {
  const entry = name === undefined ? undefined : list?.find((item) => name in item)?.[name];
  return isList(entry) ? (Object.assign({}, ...entry) as JsonObject) : (entry ?? {});
}

function isList(value: JsonObject | readonly JsonObject[] | undefined): value is readonly JsonObject[] {
  return Array.isArray(value);
}

function toDiagnostic(issue: z.core.$ZodIssue, source: YamlSource): Diagnostic {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  return {
    severity: 'error',
    rule: 'golden-dialogue',
    message:
      unknown === undefined
        ? `"${path.join('.')}": ${issue.message}.`
        : `The key "${unknown}" is unknown here.`,
    fix: 'See "Golden dialogues" in docs/testing.md.',
    position: unknown === undefined ? source.positionOf(path) : source.keyPositionOf([...path, unknown]),
  };
}
