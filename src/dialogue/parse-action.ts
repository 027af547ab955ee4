import type { FileReader } from './flow-reader.ts';
import { slotTypes, type RawAction } from './flow-schema.ts';
import { parseCondition } from './parse-condition.ts';
import { parseDuration } from './parse-duration.ts';
import type { ActionDefinition, Requirement, SlotType } from './program.ts';
import { fault } from './rules.ts';
import { inside, keyPositionAt, positionAt, remember, type SourcePlace } from './source-place.ts';

type Reporter = Pick<FileReader, 'report'>;

const DEFAULT_TIMEOUT_MS = 10_000;

/** Builds an action from its entry under `actions`; an empty entry, or a name in a list, declares nothing. */
export function parseAction(
  name: string,
  raw: RawAction | null,
  place: SourcePlace,
  reader: Reporter,
): ActionDefinition {
  const declared = raw ?? {};
  const action: ActionDefinition = {
    name,
    effect: declared.effect ?? false,
    requires: parseRequirements(declared.requires, inside(place, 'requires'), reader),
    input: Object.fromEntries(
      Object.entries(declared.input ?? {}).map(([field, type]): [string, SlotType] => [
        field,
        slotTypes[type],
      ]),
    ),
    sets: declared.sets,
    timeoutMs: readDuration(declared.timeout, inside(place, 'timeout'), reader) ?? DEFAULT_TIMEOUT_MS,
    idempotent: declared.idempotent ?? false,
    position: keyPositionAt(place),
  };
  for (const [index] of (action.sets ?? []).entries()) {
    remember(action, `sets.${index}`, positionAt(inside(place, 'sets', index)));
  }
  for (const field of Object.keys(action.input)) {
    remember(action, `input.${field}`, keyPositionAt(inside(place, 'input', field)));
  }
  return action;
}

/** The definition of an action that flows use and no file declares: nothing is known of it. */
export function undeclaredAction(name: string, position: ActionDefinition['position']): ActionDefinition {
  return {
    name,
    effect: false,
    requires: [],
    input: {},
    timeoutMs: DEFAULT_TIMEOUT_MS,
    idempotent: false,
    position,
  };
}

/** Reads `requires`: the word `confirmed`, or a condition, or several of these. */
export function parseRequirements(
  raw: unknown,
  place: SourcePlace,
  reader: Reporter,
): readonly Requirement[] {
  if (raw === undefined) return [];
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  return list.map((item, index) => {
    const at = Array.isArray(raw) ? inside(place, index) : place;
    const requirement: Requirement =
      item === 'confirmed' ? { kind: 'confirmed' } : { kind: 'fact', fact: parseCondition(item, at, reader) };
    remember(requirement, '', positionAt(at));
    return requirement;
  });
}

/** Reads a duration in milliseconds; a faulty one is reported. */
export function readDuration(
  raw: string | number | undefined,
  place: SourcePlace,
  reader: Reporter,
): number | undefined {
  if (raw === undefined) return undefined;
  const durationMs = parseDuration(raw);
  if (durationMs === undefined) {
    reader.report(
      fault(
        'invalid-value',
        positionAt(place),
        `"${raw}" is not a duration.`,
        'Write 500ms, 5s, 10m, 2h or 1d.',
      ),
    );
  }
  return durationMs;
}
