import { z } from 'zod';
import type { Json, JsonObject } from '../json.ts';
import { flowFile } from './flow-schema.ts';
import { branch, continuation, next, step, stepKinds, stepSchemas, target } from './step-schema.ts';

/**
 * Makes the JSON Schema of flow files, for completion and hover in editors, from the schema that the loader uses.
 *
 * @see https://json-schema.org/draft/2020-12
 */
export function flowSchemaJson(): JsonObject {
  const registry = z.registry<{ id: string }>();
  const named = { file: flowFile, step, next, target, continuation, branch };
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  for (const kind of stepKinds) registry.add(stepSchemas[kind], { id: `step_${kind}` });
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: reference,
    override: ({ zodSchema, jsonSchema }) => {
      const alternatives = alternativesOf(zodSchema);
      if (alternatives) jsonSchema.anyOf = [...alternatives];
    },
  });
  const definitions = Object.entries(schemas).map(([id, schema]) => [id, withoutIdentity(schema)] as const);
  const { file, ...$defs } = Object.fromEntries(definitions);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Usher flow file',
    ...file,
    $defs,
  };
}

type Alternative =
  | { readonly $ref: string }
  | { readonly type: 'string' | 'number' | 'array'; readonly items?: { readonly $ref: string } };

/** What the loader reads by code because it is recursive. */
function alternativesOf(schema: unknown): readonly Alternative[] | undefined {
  const steps: readonly Alternative[] = [{ $ref: reference('step') }, listOf('step')];
  if (schema === step) return stepKinds.map((kind) => ({ $ref: reference(`step_${kind}`) }));
  if (schema === next) return [{ type: 'string' }, { type: 'number' }, listOf('branch'), ...steps];
  if (schema === target) return [{ type: 'string' }, { type: 'number' }, ...steps];
  return schema === continuation ? [{ type: 'string' }, ...steps] : undefined;
}

function listOf(id: string): Alternative {
  return { type: 'array', items: { $ref: reference(id) } };
}

function reference(id: string): string {
  return id === 'file' ? '#' : `#/$defs/${id}`;
}

function withoutIdentity(schema: object): JsonObject {
  const entries = Object.entries(schema as Readonly<Record<string, Json>>);
  return Object.fromEntries(entries.filter(([key]) => key !== '$schema' && key !== '$id' && key !== 'id'));
}
