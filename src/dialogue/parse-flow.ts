import type { Expression } from './expression.ts';
import type { FileReader, FlowReader } from './flow-reader.ts';
import type { RawFlow } from './flow-schema.ts';
import { parseCondition } from './parse-condition.ts';
import { stepReaders, type StepBase } from './parse-step-kinds.ts';
import { parseText } from './parse-text.ts';
import type { Branch, Continuation, FlowDefinition, FlowTrigger, Next, Step, Target } from './program.ts';
import { fault, warning } from './rules.ts';
import { schemaFaults } from './schema-faults.ts';
import { inside, keyPositionAt, positionAt, remember, type SourcePlace } from './source-place.ts';
import { branch, stepKinds, stepSchemas, type StepKind } from './step-schema.ts';
import { nearestName } from '../nearest-name.ts';

/** Builds a flow from its entry under `flows`; its `version` is set when all flows are known. */
export function parseFlow(id: string, raw: RawFlow, place: SourcePlace, files: FileReader): FlowDefinition {
  const reader = new StepReader(id, files);
  warnOfUnsupported(raw, place, files);
  const flow: FlowDefinition = {
    id,
    version: '',
    name:
      raw.name === undefined
        ? { '*': id.replace(/_+/gu, ' ').trim() }
        : parseText(raw.name, inside(place, 'name')),
    description: raw.description ?? '',
    triggers: (raw.nlu_trigger ?? []).map((trigger, index) =>
      parseTrigger(trigger, inside(place, 'nlu_trigger', index)),
    ),
    guard: raw.if === undefined ? undefined : reader.condition(raw.if, inside(place, 'if')),
    guardElse: raw.else === undefined ? undefined : reader.continuation(raw.else, inside(place, 'else')),
    steps: reader.steps(raw.steps, inside(place, 'steps')),
    persistedSlots: [...new Set([...(raw.persisted_slots ?? []), ...reader.keptSlots])],
    inputs: raw.inputs ?? [],
    returns: raw.returns ?? [],
    announcesEnd: raw.run_pattern_completed ?? true,
    onUpdate: raw.on_update ?? 'finish',
    pattern: id.startsWith('pattern_'),
    position: keyPositionAt(place),
  };
  remember(flow, 'description', positionAt(inside(place, 'description')));
  for (const key of ['persisted_slots', 'inputs', 'returns'] as const) {
    for (const [index] of (raw[key] ?? []).entries()) {
      remember(flow, `${key}.${index}`, positionAt(inside(place, key, index)));
    }
  }
  reader.resolveTargets();
  return flow;
}

function parseTrigger(raw: NonNullable<RawFlow['nlu_trigger']>[number], place: SourcePlace): FlowTrigger {
  const trigger = readTrigger(raw);
  remember(trigger, '', positionAt(place));
  return trigger;
}

function readTrigger(raw: NonNullable<RawFlow['nlu_trigger']>[number]): FlowTrigger {
  if (typeof raw === 'string') return { intent: raw };
  if (typeof raw.intent === 'string') return { intent: raw.intent, confidence: raw.confidence_threshold };
  return { intent: raw.intent.name, confidence: raw.intent.confidence_threshold ?? raw.confidence_threshold };
}

function warnOfUnsupported(raw: RawFlow, place: SourcePlace, files: FileReader): void {
  for (const key of ['block_digressions', 'ask_confirm_digressions'] as const) {
    if (raw[key] === undefined || raw[key] === false) continue;
    const message = `"${key}" has no effect here.`;
    const fix = 'Say at each question what may interrupt it: `allow: [cancel, handoff]`.';
    files.report(warning('calm-difference', keyPositionAt(inside(place, key)), message, fix));
  }
}

/** Reads the steps of one flow: the recursive part of the language. */
class StepReader implements FlowReader {
  readonly flowId: string;
  readonly keptSlots: Set<string> = new Set<string>();
  readonly locales: FileReader['locales'];
  readonly slots: FileReader['slots'];
  readonly responseNames: FileReader['responseNames'];
  readonly actionNames: FileReader['actionNames'];
  readonly flowIds: FileReader['flowIds'];
  private readonly files: FileReader;
  private readonly named = new Map<string, SourcePlace>();
  private readonly ids = new Set<string>();
  private readonly jumps: { readonly step: string; readonly place: SourcePlace }[] = [];
  private count = 0;

  constructor(flowId: string, files: FileReader) {
    this.flowId = flowId;
    this.files = files;
    this.locales = files.locales;
    this.slots = files.slots;
    this.responseNames = files.responseNames;
    this.actionNames = files.actionNames;
    this.flowIds = files.flowIds;
  }

  report(diagnostic: Parameters<FileReader['report']>[0]): void {
    this.files.report(diagnostic);
  }

  condition(raw: unknown, place: SourcePlace): Expression {
    return parseCondition(raw, place, this);
  }

  steps(raw: unknown, place: SourcePlace): readonly Step[] {
    if (Array.isArray(raw)) return raw.flatMap((item, index) => this.step(item, inside(place, index)));
    return this.step(raw, place);
  }

  private step(raw: unknown, place: SourcePlace): readonly Step[] {
    const kind = this.kindOf(raw, place);
    if (kind === undefined) return [];
    const result = stepSchemas[kind].safeParse(raw);
    if (!result.success) {
      for (const found of schemaFaults(stepSchemas[kind], result.error.issues, place)) this.report(found);
      return [];
    }
    return [this.build(kind, result.data, place)];
  }

  private kindOf(raw: unknown, place: SourcePlace): StepKind | undefined {
    if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) {
      this.report(
        fault(
          'invalid-value',
          positionAt(place),
          'A step is a map of keys.',
          'Write a step, such as `- collect: name`.',
        ),
      );
      return undefined;
    }
    const keys = Object.keys(raw);
    // The keys of a switch are the values it branches on, which may be anything.
    if (keys.includes('switch')) return 'switch';
    const kinds = stepKinds.filter((kind) => keys.includes(kind));
    if (kinds.length > 1) this.report(twoKinds(kinds, place));
    if (kinds.length === 0) this.report(noKind(keys, place));
    return kinds.length === 1 ? kinds[0] : undefined;
  }

  private build(kind: StepKind, raw: unknown, place: SourcePlace): Step {
    // The schema of `kind` has just accepted `raw`, and the table's reader of `kind` takes what it accepts.
    const read = stepReaders[kind] as (
      raw: unknown,
      base: StepBase,
      place: SourcePlace,
      reader: FlowReader,
    ) => Step;
    const common = raw as {
      id?: string | number | boolean;
      description?: string;
      next?: unknown;
      outcome?: string;
    };
    const base: StepBase = {
      id: this.idOf(kind, common.id, raw, place),
      named: common.id !== undefined,
      description: common.description ?? '',
      next: this.next(common.next, common.outcome, inside(place, 'next')),
      position: positionAt(place),
    };
    return read(raw, base, place, this);
  }

  private idOf(
    kind: StepKind,
    given: string | number | boolean | undefined,
    raw: unknown,
    place: SourcePlace,
  ): string {
    this.count += 1;
    if (given !== undefined) return this.claimName(String(given), place);
    const subject: unknown = (raw as Readonly<Record<string, unknown>>)[kind];
    const suffix = typeof subject === 'string' && /^\w+$/u.test(subject) ? `_${subject}` : '';
    let id = `${this.count}_${kind}${suffix}`;
    while (this.ids.has(id)) id += '_';
    this.ids.add(id);
    return id;
  }

  private claimName(id: string, place: SourcePlace): string {
    if (this.named.has(id) || id === 'END') {
      const message =
        id === 'END' ? 'A step cannot be called "END".' : `The flow has another step with the id "${id}".`;
      this.report(
        fault('duplicate-definition', positionAt(inside(place, 'id')), message, 'Give it another id.'),
      );
    }
    this.named.set(id, place);
    this.ids.add(id);
    return id;
  }

  next(raw: unknown, outcome: string | undefined, place: SourcePlace): Next {
    if (raw === undefined) return outcome === undefined ? { kind: 'fall_through' } : { kind: 'end', outcome };
    const hasBranches = Array.isArray(raw) && raw.some((item) => isBranch(item));
    if (!hasBranches) return this.target(raw, outcome, place);
    const branches = (raw as readonly unknown[]).flatMap((item, index) =>
      this.branch(item, outcome, inside(place, index), index === (raw as readonly unknown[]).length - 1),
    );
    return { kind: 'branch', branches };
  }

  private branch(
    raw: unknown,
    outcome: string | undefined,
    place: SourcePlace,
    isLast: boolean,
  ): readonly Branch[] {
    const result = branch.safeParse(raw);
    if (!result.success) {
      for (const found of schemaFaults(branch, result.error.issues, place)) this.report(found);
      return [];
    }
    const { if: condition, then, else: otherwise, outcome: own } = result.data;
    const isElse = condition === undefined;
    const target = isElse ? otherwise : then;
    if (target === undefined) {
      const message = isElse ? 'A branch needs `if` and `then`, or `else`.' : 'The key "then" is missing.';
      this.report(fault('missing-key', positionAt(place), message, 'Say where this branch goes.'));
      return [];
    }
    if (isElse && !isLast) {
      this.report(
        fault(
          'unreachable-step',
          positionAt(place),
          'Branches after `else` are never taken.',
          'Put `else` last.',
        ),
      );
    }
    const to = this.target(target, own ?? outcome, inside(place, isElse ? 'else' : 'then'));
    return [isElse ? { then: to } : { if: this.condition(condition, inside(place, 'if')), then: to }];
  }

  target(raw: unknown, outcome: string | undefined, place: SourcePlace): Target {
    if (typeof raw === 'object' && raw !== null) return { kind: 'steps', steps: this.steps(raw, place) };
    if (raw === 'END') return { kind: 'end', outcome };
    if (typeof raw !== 'string' && typeof raw !== 'number') {
      this.report(
        fault(
          'invalid-value',
          positionAt(place),
          'This is not a place to go to.',
          'Write a step’s id, END or steps.',
        ),
      );
      return { kind: 'end' };
    }
    const target: Target = { kind: 'step', step: String(raw) };
    remember(target, 'step', positionAt(place));
    this.jumps.push({ step: target.step, place });
    return target;
  }

  continuation(raw: unknown, place: SourcePlace): Continuation {
    if (typeof raw === 'object' && raw !== null) return { kind: 'steps', steps: this.steps(raw, place) };
    const name = String(raw);
    if (name === 'END') return { kind: 'steps', steps: [this.implied('noop', { kind: 'end' }, place)] };
    const continuation = this.namedContinuation(name, place);
    remember(continuation, '', positionAt(place));
    return continuation;
  }

  private namedContinuation(name: string, place: SourcePlace): Continuation {
    if (this.flowIds.has(name)) return { kind: 'flow', flow: name };
    if (this.responseNames.has(name) || name.startsWith('utter_'))
      return { kind: 'response', response: name };
    if (name === 'handoff') {
      return { kind: 'steps', steps: [this.implied('handoff', { kind: 'fall_through' }, place)] };
    }
    return { kind: 'flow', flow: name };
  }

  /** A step that a word stands for. */
  private implied(kind: 'noop' | 'handoff', next: Next, place: SourcePlace): Step {
    const base = {
      id: this.idOf(kind, undefined, {}, place),
      named: false,
      description: '',
      next,
      position: positionAt(place),
    };
    return kind === 'noop' ? { ...base, kind } : { ...base, kind, queue: 'default' };
  }

  /** Reports each jump to a step that the flow does not have; called when all of it is read. */
  resolveTargets(): void {
    for (const { step, place } of this.jumps) {
      if (this.named.has(step)) continue;
      const near = nearestName(step, this.named.keys());
      const fix = near ? `Write "${near}".` : 'Give the step that is meant this `id`, or write END.';
      this.report(
        fault('unknown-step', positionAt(place), `The flow has no step with the id "${step}".`, fix),
      );
    }
  }
}

function isBranch(item: unknown): boolean {
  return typeof item === 'object' && item !== null && ('if' in item || 'else' in item) && !isStepLike(item);
}

/** `confirm` steps have an `else` of their own. */
function isStepLike(item: object): boolean {
  return stepKinds.some((kind) => kind in item);
}

function noKind(keys: readonly string[], place: SourcePlace): ReturnType<typeof fault> {
  const near = keys
    .map((key) => [key, nearestName(key, stepKinds)] as const)
    .find(([, name]) => name !== undefined);
  if (near?.[1] !== undefined) {
    const at = keyPositionAt(inside(place, near[0]));
    return fault('unknown-key', at, `The key "${near[0]}" has no meaning here.`, `Write "${near[1]}".`);
  }
  const fix = `Use one of: ${stepKinds.join(', ')}.`;
  return fault('missing-key', positionAt(place), 'The step does not say what it does.', fix);
}

function twoKinds(kinds: readonly string[], place: SourcePlace): ReturnType<typeof fault> {
  const message = `A step cannot be both "${kinds.join('" and "')}".`;
  const position = keyPositionAt(inside(place, kinds.at(-1) ?? ''));
  return fault('ambiguous-step', position, message, 'Make two steps of it.');
}
