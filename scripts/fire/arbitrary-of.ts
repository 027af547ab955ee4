import fc from 'fast-check';

/** The part of JSON Schema that our OpenAPI document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

/** Names that an object has without having been given them, and others that code may trip over. */
const nastyNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'order_id', 'user', ''];

/** Makes values that a schema allows. @param refer - Finds what a `$ref` names. */
export function arbitraryOf(schema: Schema, refer: (name: string) => Schema): fc.Arbitrary<unknown> {
  const { $ref, enum: choices, oneOf, anyOf, properties } = schema;
  if ($ref !== undefined) return arbitraryOf(refer($ref), refer);
  if ('const' in schema) return fc.constant(schema.const);
  if (choices) return fc.constantFrom(...choices);
  if (oneOf) return fc.oneof(...oneOf.map((one) => arbitraryOf(one, refer)));
  if (schema.type === 'string') return textOf(schema);
  if (schema.type === 'integer') return fc.integer();
  if (schema.type === 'array') return fc.array(arbitraryOf(schema.items ?? {}, refer), { maxLength: 4 });
  if (!properties) return anyObject();
  const known = anyOf ? oneRequired(properties, anyOf) : [schema];
  return fc.oneof(
    ...known.map((one) =>
      fc.record(
        Object.fromEntries(
          Object.entries(one.properties ?? {}).map(([name, inner]) => [name, arbitraryOf(inner, refer)]),
        ),
        { requiredKeys: [...(one.required ?? [])] },
      ),
    ),
  );
}

/** "One of these must be there" is read as "this one and none of the others". */
function oneRequired(
  properties: NonNullable<Schema['properties']>,
  anyOf: readonly Schema[],
): readonly Schema[] {
  const alternatives = new Set(anyOf.flatMap(({ required = [] }) => required));
  return anyOf.map(({ required = [] }) => ({
    required,
    properties: Object.fromEntries(
      Object.entries(properties).filter(([name]) => required.includes(name) || !alternatives.has(name)),
    ),
  }));
}

function textOf({ pattern, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern), { size: 'small' });
  const length = { minLength, maxLength: Math.min(maxLength, 300) };
  return fc.oneof(
    fc.string({ ...length, unit: 'binary' }),
    fc.string({ ...length, unit: 'grapheme' }),
    fc.constantFrom('hello', '我想退款', 'where is my order AB123456?', 'yes', 'mia@example.com'),
  );
}

function anyObject(): fc.Arbitrary<unknown> {
  const key = fc.oneof(fc.constantFrom(...nastyNames), fc.string({ maxLength: 20 }));
  return fc.dictionary(key, fc.jsonValue({ maxDepth: 4 }), { maxKeys: 6, noNullPrototype: true });
}
