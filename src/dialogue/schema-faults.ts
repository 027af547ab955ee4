import type { z } from 'zod';
import type { Diagnostic } from '../errors.ts';
import { nearestName } from '../nearest-name.ts';
import type { YamlPath } from '../yaml-source.ts';
import { fault } from './rules.ts';
import { keyPositionAt, inside, positionAt, type SourcePlace } from './source-place.ts';

type Issue = z.core.$ZodIssue;

/** Says, in an author's words and at the place in the file, what a schema has against a value. */
export function schemaFaults(schema: z.ZodType, issues: readonly Issue[], place: SourcePlace): Diagnostic[] {
  return issues.flatMap((issue) => issueFaults(schema, issue, issue.path as YamlPath, place));
}

function issueFaults(schema: z.ZodType, issue: Issue, path: YamlPath, place: SourcePlace): Diagnostic[] {
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, keysAt(schema, path), inside(place, ...path, key)));
    case 'invalid_union':
      return unionFaults(schema, issue, path, place);
    case 'invalid_type':
      return [wrongType(issue.expected, path, place)];
    case 'invalid_value':
      return [wrongValue(issue.values.map(String), path, place)];
    default:
      return [
        fault(
          'invalid-value',
          positionAt(inside(place, ...path)),
          `"${nameOf(path)}" is not valid: ${issue.message}.`,
        ),
      ];
  }
}

/** Reports the alternative that the author meant: the one whose own type the value has. */
function unionFaults(
  schema: z.ZodType,
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: YamlPath,
  place: SourcePlace,
): Diagnostic[] {
  const alternatives: readonly (readonly Issue[])[] = issue.errors;
  const meant = alternatives.find(
    (issues) => !issues.some(({ path: at }) => at.length === 0 && isTypeIssue(issues)),
  );
  if (meant) {
    return meant.flatMap((inner) => issueFaults(schema, inner, [...path, ...inner.path] as YamlPath, place));
  }
  const expected = alternatives.flatMap((issues) => issues.flatMap(expectations));
  return [wrongType([...new Set(expected)].join(', '), path, place)];
}

function isTypeIssue(issues: readonly Issue[]): boolean {
  return issues.some(
    ({ code, path }) =>
      path.length === 0 && (code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union'),
  );
}

function expectations(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_type') return [issue.expected];
  if (issue.code === 'invalid_value') return issue.values.map((value) => `"${String(value)}"`);
  if (issue.code === 'invalid_union') return issue.errors.flatMap((inner) => inner.flatMap(expectations));
  return [];
}

function unknownKey(key: string, known: readonly string[], place: SourcePlace): Diagnostic {
  const near = nearestName(key, known);
  const fix = near ? `Write "${near}".` : `Use one of: ${known.join(', ')}.`;
  return fault('unknown-key', keyPositionAt(place), `The key "${key}" has no meaning here.`, fix);
}

function wrongType(expected: string, path: YamlPath, place: SourcePlace): Diagnostic {
  const value = valueAt(place.source.value, [...place.path, ...path]);
  const kinds = expected
    .split(', ')
    .map((kind) => KINDS[kind] ?? kind)
    .join(' or ');
  const at = inside(place, ...path);
  if (value === undefined) {
    return fault('missing-key', positionAt(at), `The key "${nameOf(path)}" is missing.`, `Add it: ${kinds}.`);
  }
  return fault(
    'invalid-value',
    positionAt(at),
    `"${nameOf([...place.path, ...path])}" takes ${kinds}, but this is ${kindOf(value)}.`,
    `Write ${kinds}.`,
  );
}

function wrongValue(allowed: readonly string[], path: YamlPath, place: SourcePlace): Diagnostic {
  const value = valueAt(place.source.value, [...place.path, ...path]);
  const at = inside(place, ...path);
  if (value === undefined) {
    return fault(
      'missing-key',
      positionAt(at),
      `The key "${nameOf(path)}" is missing.`,
      `Add it: ${allowed.join(', ')}.`,
    );
  }
  const near = typeof value === 'string' ? nearestName(value, allowed) : undefined;
  return fault(
    'invalid-value',
    positionAt(at),
    `"${nameOf([...place.path, ...path])}" cannot be ${JSON.stringify(value)}.`,
    near ? `Write "${near}".` : `Use one of: ${allowed.join(', ')}.`,
  );
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
  null: 'nothing',
};

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return KINDS[typeof value] ?? typeof value;
}

function nameOf(path: YamlPath): string {
  return path.findLast((key) => typeof key === 'string') ?? 'the file';
}

function valueAt(value: unknown, path: YamlPath): unknown {
  let current = value;
  for (const key of path) {
    if (current === null || typeof current !== 'object' || !Object.hasOwn(current, key)) return undefined;
    current = (current as Readonly<Record<string | number, unknown>>)[key];
  }
  return current;
}

/** The keys that a schema knows at a path: for the nearest name, and for the list of what could be written. */
function keysAt(schema: z.core.$ZodType, path: YamlPath): readonly string[] {
  let schemas = [schema];
  for (const key of path) schemas = schemas.flatMap((each) => childSchemas(each, key));
  return [...new Set(schemas.flatMap(ownKeys))];
}

function childSchemas(schema: z.core.$ZodType, key: string | number): z.core.$ZodType[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'object')
    return Object.hasOwn(def.shape, key) ? [def.shape[key]].filter((child) => !!child) : [];
  if (def.type === 'record') return [def.valueType];
  if (def.type === 'array') return [def.element];
  return wrapped(def).flatMap((inner) => childSchemas(inner, key));
}

function ownKeys(schema: z.core.$ZodType): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'object' ? Object.keys(def.shape) : wrapped(def).flatMap(ownKeys);
}

function wrapped(def: z.core.$ZodTypes['_zod']['def']): readonly z.core.$ZodType[] {
  if (def.type === 'union') return def.options;
  return def.type === 'optional' || def.type === 'nullable' ? [def.innerType] : [];
}
