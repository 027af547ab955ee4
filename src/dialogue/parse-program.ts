import { z } from 'zod';
import { EngineError, type Diagnostic } from '../errors.ts';
import type { Locale } from '../message.ts';
import { nearestName } from '../nearest-name.ts';
import { readYaml } from '../yaml-source.ts';
import { contentHash } from './content-hash.ts';
import type { FileReader } from './flow-reader.ts';
import { action, flow, flowFile, response, slot } from './flow-schema.ts';
import { parseAction, undeclaredAction } from './parse-action.ts';
import { parseFlow } from './parse-flow.ts';
import { parseResponse } from './parse-response.ts';
import { parseSlot } from './parse-slots.ts';
import type { ActionDefinition, FlowDefinition, Program } from './program.ts';
import { fault, sortDiagnostics, warning } from './rules.ts';
import { schemaFaults } from './schema-faults.ts';
import { carryPositions, inside, keyPositionAt, recall, type SourcePlace } from './source-place.ts';
import { allSteps, begunFlows, calledFlows } from './walk-steps.ts';

/** A file of the bot, or of the engine. */
export interface SourceFile {
  /** Path relative to the bot's folder, with forward slashes. */
  readonly file: string;
  readonly text: string;
}

export interface ParseOptions {
  readonly locales: readonly Locale[];
  /** The engine's own flows, slots and responses; the bot's of the same name replace them. */
  readonly builtin?: readonly SourceFile[] | undefined;
  /** The names that the bot's action files export. */
  readonly actions?: readonly string[] | undefined;
}

/**
 * Reads all files of a bot's dialogue into one program.
 *
 * What can be wrong with a file by itself is found here; whether names exist and what flows do is `checkProgram`'s.
 * @throws EngineError `FLOW_INVALID` with every fault of every file.
 */
export function parseProgram(files: readonly SourceFile[], options: ParseOptions): Program {
  const diagnostics: Diagnostic[] = [];
  const builtin = readSections(options.builtin ?? [], diagnostics);
  const own = withoutUnused(readSections(files, diagnostics), diagnostics);
  const program = buildProgram(overrideSections(builtin, own), options, diagnostics);
  if (options.builtin) diagnostics.push(...strayPatterns(program, own, builtin));
  const faults = sortDiagnostics(diagnostics.filter(({ severity }) => severity === 'error'));
  if (faults.length > 0) {
    const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
    throw new EngineError('FLOW_INVALID', `The flow files have ${count}.`, { diagnostics: faults });
  }
  loadWarnings.set(program, sortDiagnostics(diagnostics));
  return program;
}

const loadWarnings = new WeakMap<Program, readonly Diagnostic[]>();

/** What the loader wants said about the files of a program that it accepted. */
export function warningsOf(program: Program): readonly Diagnostic[] {
  return loadWarnings.get(program) ?? [];
}

interface Entry<Raw> {
  readonly raw: Raw;
  readonly place: SourcePlace;
}

interface Sections {
  readonly slots: ReadonlyMap<string, Entry<z.infer<typeof slot>>>;
  readonly flows: ReadonlyMap<string, Entry<z.infer<typeof flow>>>;
  readonly responses: ReadonlyMap<string, Entry<z.infer<typeof response>>>;
  readonly actions: ReadonlyMap<string, Entry<z.infer<typeof action> | null>>;
}

type Section = keyof Sections;

const fileShape = z.strictObject(
  Object.fromEntries(Object.keys(flowFile.shape).map((key) => [key, z.unknown().optional()])),
);

function readSections(files: readonly SourceFile[], diagnostics: Diagnostic[]): Sections {
  const places = files.flatMap((file) => readFile(file, diagnostics));
  return {
    slots: readSection('slots', slot, places, diagnostics),
    flows: readSection('flows', flow, places, diagnostics),
    responses: readSection('responses', response, places, diagnostics),
    actions: readSection('actions', action.nullable(), places, diagnostics),
  };
}

/** The file's top level; none for one that is empty or broken. */
function readFile({ file, text }: SourceFile, diagnostics: Diagnostic[]): readonly SourcePlace[] {
  const source = readYaml(file, text);
  diagnostics.push(...source.diagnostics);
  if (source.value === undefined || source.value === null) return [];
  const place = { source, path: [] };
  const result = fileShape.safeParse(source.value);
  if (!result.success) diagnostics.push(...schemaFaults(fileShape, result.error.issues, place));
  if (typeof source.value !== 'object') return [];
  if ('session_config' in source.value) {
    const position = keyPositionAt(inside(place, 'session_config'));
    diagnostics.push(
      warning(
        'calm-difference',
        position,
        '"session_config" has no effect here.',
        'Set timeouts in usher.yml.',
      ),
    );
  }
  return [place];
}

function readSection<Schema extends z.ZodType>(
  section: Section,
  schema: Schema,
  files: readonly SourcePlace[],
  diagnostics: Diagnostic[],
): ReadonlyMap<string, Entry<z.infer<Schema>>> {
  const entries = new Map<string, Entry<z.infer<Schema>>>();
  for (const { name, raw, place } of files.flatMap((file) => rawEntries(section, file, diagnostics))) {
    const result = schema.safeParse(raw);
    if (!result.success) diagnostics.push(...schemaFaults(schema, result.error.issues, place));
    const known = entries.get(name);
    if (known) diagnostics.push(duplicate(section, name, known.place, place));
    else if (result.success) entries.set(name, { raw: result.data, place });
  }
  return entries;
}

const asksByItself = {
  because: 'the engine asks, checks and asks again by itself',
  fix: 'Put steps of your own into the flows that ask, or remove this one.',
};

/** Patterns of Rasa's that are not run here. */
const notRun = new Map([
  ['pattern_collect_information', asksByItself],
  ['pattern_validate_slot', asksByItself],
  [
    'pattern_code_change',
    {
      because: '`on_update` decides what becomes of a conversation when its flow changes',
      fix: 'Say at the flow whether to finish, migrate or restart, or remove this one.',
    },
  ],
]);

/** Leaves out the flows of a project from Rasa that have nothing to do here, saying so. */
function withoutUnused(sections: Sections, diagnostics: Diagnostic[]): Sections {
  const flows = new Map(sections.flows);
  for (const [id, { place }] of sections.flows) {
    const unused = notRun.get(id);
    if (!unused) continue;
    flows.delete(id);
    const message = `"${id}" is not run: ${unused.because}.`;
    diagnostics.push(warning('calm-difference', keyPositionAt(place), message, unused.fix));
  }
  return { ...sections, flows };
}

/** Patterns that the engine does not have and no flow begins: they would never run. */
function strayPatterns(program: Program, own: Sections, builtin: Sections): readonly Diagnostic[] {
  const begun = new Set(Object.values(program.flows).flatMap((each) => [...begunFlows(each)]));
  return Object.values(program.flows)
    .filter(({ id, pattern }) => pattern && own.flows.has(id) && !builtin.flows.has(id) && !begun.has(id))
    .map(({ id, position }) => {
      const near = nearestName(id, builtin.flows.keys());
      const message = `The engine has no pattern "${id}", and no flow begins it.`;
      return fault('unknown-flow', position, message, near ? `Write "${near}".` : 'Give it another name.');
    });
}

interface RawEntry {
  readonly name: string;
  readonly raw: unknown;
  readonly place: SourcePlace;
}

function rawEntries(section: Section, file: SourcePlace, diagnostics: Diagnostic[]): readonly RawEntry[] {
  const value = (file.source.value as Readonly<Record<string, unknown>>)[section];
  const at = inside(file, section);
  if (value === undefined || value === null) return [];
  if (section === 'actions' && Array.isArray(value)) {
    return (value as readonly unknown[]).map((name, index) => ({
      name: String(name),
      raw: null,
      place: inside(at, index),
    }));
  }
  if (typeof value === 'object' && !Array.isArray(value)) {
    return Object.entries(value as Readonly<Record<string, unknown>>).map(([name, raw]) => ({
      name,
      raw,
      place: inside(at, name),
    }));
  }
  diagnostics.push(
    fault(
      'invalid-value',
      keyPositionAt(at),
      `"${section}" takes a map of keys.`,
      `Write each of the ${section} by its name.`,
    ),
  );
  return [];
}

function duplicate(section: Section, name: string, first: SourcePlace, second: SourcePlace): Diagnostic {
  const position = keyPositionAt(second);
  const { file, line } = keyPositionAt(first);
  const thing = section.slice(0, -1);
  const message = `The ${thing} "${name}" is defined before, at ${file}:${line}.`;
  return fault('duplicate-definition', position, message, 'Remove or rename one of the two.');
}

function overrideSections(builtin: Sections, own: Sections): Sections {
  return {
    slots: new Map([...builtin.slots, ...own.slots]),
    flows: new Map([...builtin.flows, ...own.flows]),
    responses: new Map([...builtin.responses, ...own.responses]),
    actions: new Map([...builtin.actions, ...own.actions]),
  };
}

function buildProgram(sections: Sections, options: ParseOptions, diagnostics: Diagnostic[]): Program {
  const report = (diagnostic: Diagnostic): number => diagnostics.push(diagnostic);
  const slots = build(sections.slots, (name, { raw, place }) => parseSlot(name, raw, place, { report }));
  const declared = build(sections.actions, (name, { raw, place }) =>
    parseAction(name, raw, place, { report }),
  );
  const reader: FileReader = {
    locales: options.locales,
    slots,
    responseNames: new Set(sections.responses.keys()),
    actionNames: new Set([...Object.keys(declared), ...(options.actions ?? [])]),
    flowIds: new Set(sections.flows.keys()),
    report,
  };
  const responses = build(sections.responses, (name, { raw, place }) =>
    parseResponse(name, raw, place, reader),
  );
  const flows = withVersions(
    build(sections.flows, (id, { raw, place }) => parseFlow(id, raw, place, reader)),
  );
  const actions = withUsedActions(declared, flows, reader.actionNames);
  const content = { locales: options.locales, slots, flows, responses, actions };
  return { ...content, version: contentHash(content) };
}

function build<Raw, Part>(
  entries: ReadonlyMap<string, Entry<Raw>>,
  make: (name: string, entry: Entry<Raw>) => Part,
): Readonly<Record<string, Part>> {
  return Object.fromEntries([...entries].map(([name, entry]) => [name, make(name, entry)]));
}

/** Gives each flow the hash of itself and of the flows that it runs inline. */
function withVersions(
  flows: Readonly<Record<string, FlowDefinition>>,
): Readonly<Record<string, FlowDefinition>> {
  const hashes = new Map(Object.values(flows).map((each) => [each.id, contentHash(each)]));
  const calls = new Map(Object.values(flows).map((each) => [each.id, calledFlows(each)]));
  const versioned = Object.values(flows).map((each): [string, FlowDefinition] => {
    const inline = [...reachable(each.id, calls)].sort();
    const version = contentHash(inline.map((id) => hashes.get(id) ?? ''));
    return [each.id, carryPositions(each, { ...each, version })];
  });
  return Object.fromEntries(versioned);
}

function reachable(id: string, calls: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const seen = new Set([id]);
  for (const each of seen) for (const called of calls.get(each) ?? []) seen.add(called);
  return seen;
}

/** Adds the actions that flows use and no file declares, so that each has a definition. */
function withUsedActions(
  declared: Readonly<Record<string, ActionDefinition>>,
  flows: Readonly<Record<string, FlowDefinition>>,
  known: ReadonlySet<string>,
): Readonly<Record<string, ActionDefinition>> {
  const actions = new Map(Object.entries(declared));
  for (const step of Object.values(flows).flatMap(allSteps)) {
    const used =
      step.kind === 'action'
        ? [step.action]
        : step.kind === 'collect'
          ? step.attempts.filter((name) => known.has(name))
          : [];
    for (const name of used) {
      if (!actions.has(name))
        actions.set(name, undeclaredAction(name, recall(step, 'action') ?? step.position));
    }
  }
  return Object.fromEntries(actions);
}
