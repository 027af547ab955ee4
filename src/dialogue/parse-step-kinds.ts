import type { Json } from '../json.ts';
import type { FlowReader } from './flow-reader.ts';
import { parseRequirements, readDuration } from './parse-action.ts';
import { parseCondition, parseValue } from './parse-condition.ts';
import { constantOfType } from './parse-payload.ts';
import { parseRejections } from './parse-slots.ts';
import { parseText } from './parse-text.ts';
import type { CollectStep, SayStep, SetSlotsStep, Step, SwitchStep, Target } from './program.ts';
import type { Expression } from './expression.ts';
import { fault, warning } from './rules.ts';
import { inside, keyPositionAt, positionAt, remember, type SourcePlace } from './source-place.ts';
import type { RawStep, StepKind } from './step-schema.ts';

/** What every kind of step has; made before the kind's own part is read. */
export type StepBase = Pick<Step, 'id' | 'named' | 'description' | 'next' | 'position'>;

type KindReader<Kind extends StepKind> = (
  raw: RawStep<Kind>,
  base: StepBase,
  place: SourcePlace,
  reader: FlowReader,
) => Step;

/** How each kind of step is built from its validated raw form. */
export const stepReaders: { readonly [Kind in StepKind]: KindReader<Kind> } = {
  collect: readCollect,
  confirm(raw, base, place, reader) {
    const slots = typeof raw.confirm === 'string' ? [raw.confirm] : raw.confirm;
    const step: Step = {
      ...base,
      kind: 'confirm',
      slots,
      utter: raw.utter ?? `utter_confirm_${reader.flowId}`,
      otherwise: reader.continuation(raw.else ?? 'END', inside(place, 'else')),
    };
    rememberItems(step, 'slots', raw.confirm, inside(place, 'confirm'));
    remember(step, 'utter', positionAt(inside(place, 'utter')));
    return step;
  },
  action: readAction,
  say(raw, base, place, reader) {
    const at = inside(place, 'say');
    if (typeof raw.say === 'string' && (reader.responseNames.has(raw.say) || /^utter_\w+$/u.test(raw.say))) {
      return sayResponse(raw.say, base, at);
    }
    return { ...base, kind: 'say', say: { kind: 'text', text: parseText(raw.say, at) } };
  },
  set_slots: readSetSlots,
  call(raw, base, place, reader) {
    const returns = Array.isArray(raw.returns)
      ? Object.fromEntries(raw.returns.map((slot) => [slot, slot]))
      : (raw.returns ?? {});
    const step: Step = {
      ...base,
      kind: 'call',
      flow: raw.call,
      with: readValues(raw.with, inside(place, 'with'), reader),
      returns,
    };
    remember(step, 'flow', positionAt(inside(place, 'call')));
    for (const slot of Object.keys(step.with))
      remember(step, `with.${slot}`, keyPositionAt(inside(place, 'with', slot)));
    for (const slot of Object.keys(returns)) {
      remember(step, `returns.${slot}`, keyPositionAt(inside(place, 'returns', slot)));
    }
    return step;
  },
  link(raw, base, place) {
    const step: Step = { ...base, kind: 'link', flow: raw.link };
    remember(step, 'flow', positionAt(inside(place, 'link')));
    return step;
  },
  switch: readSwitch,
  noop: (_raw, base) => ({ ...base, kind: 'noop' }),
  answer: (_raw, base) => ({ ...base, kind: 'answer' }),
  generate: (raw, base, place) => ({
    ...base,
    kind: 'generate',
    prompt: parseText(raw.generate, inside(place, 'generate')),
  }),
  handoff: (raw, base) => ({
    ...base,
    kind: 'handoff',
    queue: typeof raw.handoff === 'string' ? raw.handoff : 'default',
    priority: raw.priority,
  }),
  wait: (raw, base, place, reader) => ({
    ...base,
    kind: 'wait',
    durationMs: readDuration(raw.wait, inside(place, 'wait'), reader) ?? 0,
  }),
};

const DEFAULT_ATTEMPTS = 3;

function readCollect(raw: RawStep<'collect'>, base: StepBase, place: SourcePlace, reader: FlowReader): Step {
  const slots = typeof raw.collect === 'string' ? [raw.collect] : raw.collect;
  if (raw.reset_after_flow_ends === false) for (const slot of slots) reader.keptSlots.add(slot);
  const attempts = raw.attempts ?? [raw.utter ?? defaultQuestion(slots, reader)];
  const step: CollectStep = {
    ...base,
    kind: 'collect',
    slots,
    attempts,
    maxAttempts: raw.max_attempts ?? Math.max(DEFAULT_ATTEMPTS, attempts.length),
    onExhausted:
      raw.on_exhausted === undefined
        ? undefined
        : reader.continuation(raw.on_exhausted, inside(place, 'on_exhausted')),
    askBeforeFilling: raw.ask_before_filling ?? false,
    rejections: parseRejections(raw.rejections ?? [], inside(place, 'rejections'), reader),
    optional: raw.optional ?? false,
    default:
      raw.default === undefined ? undefined : parseValue(raw.default, inside(place, 'default'), reader),
    choicesFrom:
      raw.choices === undefined ? undefined : readSlotPath(raw.choices, inside(place, 'choices'), reader),
    eager: raw.eager ?? true,
    allow: raw.allow,
    forceFilling: raw.force_slot_filling ?? false,
  };
  rememberItems(step, 'slots', raw.collect, inside(place, 'collect'));
  if (raw.attempts) rememberItems(step, 'attempts', raw.attempts, inside(place, 'attempts'));
  else remember(step, 'attempts.0', positionAt(inside(place, raw.utter === undefined ? 'collect' : 'utter')));
  remember(step, 'choicesFrom', positionAt(inside(place, 'choices')));
  return step;
}

/** The question that a collect step names by itself: an action that asks, or the response of that name. */
function defaultQuestion(slots: readonly string[], reader: FlowReader): string {
  const name = slots.join('_');
  return reader.actionNames.has(`action_ask_${name}`) ? `action_ask_${name}` : `utter_ask_${name}`;
}

function readSlotPath(raw: string, place: SourcePlace, reader: FlowReader): string | undefined {
  const slot = /^slots\.([\p{L}_][\p{L}\p{N}_]*)$/u.exec(raw.trim())?.[1];
  if (slot === undefined) {
    reader.report(
      fault(
        'invalid-value',
        positionAt(place),
        `"${raw}" is not a slot that holds choices.`,
        'Write `choices: slots.<list>`; fixed choices belong to the slot.',
      ),
    );
  }
  return slot;
}

function readAction(raw: RawStep<'action'>, base: StepBase, place: SourcePlace, reader: FlowReader): Step {
  const at = inside(place, 'action');
  const isResponse = reader.responseNames.has(raw.action) || raw.action.startsWith('utter_');
  if (isResponse && !reader.actionNames.has(raw.action)) {
    reportIgnored(raw, place, reader);
    return sayResponse(raw.action, base, at);
  }
  const step: Step = {
    ...base,
    kind: 'action',
    action: raw.action,
    with: readValues(raw.with, inside(place, 'with'), reader),
    timeoutMs: readDuration(raw.timeout, inside(place, 'timeout'), reader),
    retry: raw.retry ?? 0,
    onError:
      raw.on_error === undefined ? undefined : reader.continuation(raw.on_error, inside(place, 'on_error')),
    requires: parseRequirements(raw.requires, inside(place, 'requires'), reader),
  };
  remember(step, 'action', positionAt(at));
  remember(step, 'retry', positionAt(inside(place, 'retry')));
  for (const field of Object.keys(step.with))
    remember(step, `with.${field}`, keyPositionAt(inside(place, 'with', field)));
  return step;
}

function reportIgnored(raw: RawStep<'action'>, place: SourcePlace, reader: FlowReader): void {
  for (const key of ['with', 'timeout', 'retry', 'on_error', 'requires'] as const) {
    if (raw[key] === undefined) continue;
    const message = `"${key}" has no meaning for the response "${raw.action}".`;
    reader.report(warning('unknown-key', keyPositionAt(inside(place, key)), message, `Remove "${key}".`));
  }
}

function sayResponse(response: string, base: StepBase, place: SourcePlace): SayStep {
  const step: SayStep = { ...base, kind: 'say', say: { kind: 'response', response } };
  remember(step, 'say', positionAt(place));
  return step;
}

function readSetSlots(
  raw: RawStep<'set_slots'>,
  base: StepBase,
  place: SourcePlace,
  reader: FlowReader,
): Step {
  const at = inside(place, 'set_slots');
  const entries = Array.isArray(raw.set_slots)
    ? raw.set_slots.flatMap((map, index) =>
        Object.entries(map).map(([slot, value]) => ({ slot, value, place: inside(at, index, slot) })),
      )
    : Object.entries(raw.set_slots).map(([slot, value]) => ({ slot, value, place: inside(at, slot) }));
  const step: SetSlotsStep = {
    ...base,
    kind: 'set_slots',
    assignments: entries.map((entry) => {
      const assignment = { slot: entry.slot, value: parseValue(entry.value, entry.place, reader) };
      remember(assignment, 'slot', keyPositionAt(entry.place));
      return assignment;
    }),
  };
  return step;
}

function readValues(
  raw: Readonly<Record<string, unknown>> | undefined,
  place: SourcePlace,
  reader: FlowReader,
): Readonly<Record<string, Expression>> {
  return Object.fromEntries(
    Object.entries(raw ?? {}).map(([name, value]) => [name, parseValue(value, inside(place, name), reader)]),
  );
}

const SWITCH_KEYS: ReadonlySet<string> = new Set(['switch', 'else', 'id', 'description', 'metadata']);

function readSwitch(raw: RawStep<'switch'>, base: StepBase, place: SourcePlace, reader: FlowReader): Step {
  const on = parseCondition(raw.switch, inside(place, 'switch'), reader);
  const type = typeOfSlotPath(on, reader);
  const cases = Object.entries(raw)
    .filter(([key]) => !SWITCH_KEYS.has(key))
    .map(([key, value]) => readCase(constantOfType(key, type), value, inside(place, key), reader));
  const step: SwitchStep = {
    ...base,
    kind: 'switch',
    on,
    cases,
    otherwise: raw.else === undefined ? undefined : reader.target(raw.else, undefined, inside(place, 'else')),
  };
  return step;
}

function readCase(
  value: Json,
  then: unknown,
  place: SourcePlace,
  reader: FlowReader,
): { readonly value: Json; readonly then: Target } {
  const branch = { value, then: reader.target(then, undefined, place) };
  remember(branch, 'value', keyPositionAt(place));
  return branch;
}

function typeOfSlotPath(on: Expression, reader: FlowReader): Parameters<typeof constantOfType>[1] {
  const slot = on.kind === 'path' && on.root === 'slots' && on.path.length === 1 ? on.path[0] : undefined;
  if (slot === undefined || !Object.hasOwn(reader.slots, slot)) return 'any';
  return reader.slots[slot]?.type ?? 'any';
}

function rememberItems(part: object, field: string, raw: unknown, place: SourcePlace): void {
  const count = Array.isArray(raw) ? raw.length : 1;
  for (let index = 0; index < count; index += 1) {
    remember(part, `${field}.${index}`, positionAt(Array.isArray(raw) ? inside(place, index) : place));
  }
}
