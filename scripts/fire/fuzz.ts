import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { z } from 'zod';
import { arbitraryOf, type Schema } from './arbitrary-of.ts';
import type { RawAnswer, RawRequest } from './http-connection.ts';
import { fireSecrets } from './life.ts';

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  /** Asks the server; of an event stream the beginning is enough. */
  readonly send: (request: RawRequest) => Promise<RawAnswer>;
  /** Epoch milliseconds, as the server has them. */
  readonly now: () => number;
}

export interface FuzzReport {
  readonly requests: number;
  readonly succeeded: number;
  /** Answered 2xx, by operation. */
  readonly succeededOf: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: Schema;
  }[];
  readonly body: Schema | undefined;
  readonly token: 'conversationToken' | 'operatorToken' | undefined;
  /** Documented answers, by status; a body that none describes is not looked at. */
  readonly answers: ReadonlyMap<number, z.ZodType | undefined>;
}

interface Known {
  readonly id: string;
  readonly token: string;
}

/** What a client must not learn: places in our files, stacks, the database's own words. */
const leak =
  /node_modules|node:internal|\bat \S+ \(|\/src\/|\/dist\/|\.[tj]s:\d+|SQLITE|SqliteError|ZodError|TypeError/;

/**
 * Asks what the server's own description allows, and half of the time breaks it somewhere; every answer must be one
 * that the description has, as it has it, and none may be a fault of the server or tell of its insides.
 */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { send } = options;
  const document = JSON.parse((await send({ method: 'GET', path: '/openapi.json' })).text) as OpenApi;
  const operations = operationsOf(document);
  const refer = (ref: string): Schema => document.components.schemas[ref.split('/').at(-1) ?? ''] ?? {};
  const known = await openSome(send, 50);
  const statuses: Record<string, number> = {};
  const succeededOf: Record<string, number> = Object.fromEntries(operations.map((one) => [nameOf(one), 0]));
  const faults: string[] = [];
  let succeeded = 0;

  const plans = fc.sample(fc.oneof(...operations.map((operation) => planOf(operation, refer))), {
    seed: options.seed,
    numRuns: options.requests,
  });
  for (const plan of plans) {
    const request = requestOf(plan, known, options);
    const answer = await send(request);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    faults.push(...faultsOf(plan.operation, request, answer));
    if (answer.status >= 300) continue;
    succeeded += 1;
    succeededOf[nameOf(plan.operation)] = (succeededOf[nameOf(plan.operation)] ?? 0) + 1;
    if (answer.status === 201) known.push(JSON.parse(answer.text) as Known);
    if (plan.operation.method === 'DELETE') forget(known, request.path);
    if (known.length < 20) known.push(...(await openSome(send, 20)));
  }
  return { requests: plans.length, succeeded, succeededOf, statuses, faults };
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface DescribedOperation {
  readonly parameters?: Operation['parameters'];
  readonly requestBody?: Content;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly responses: Readonly<Record<string, Content>>;
}

function operationsOf({ paths, components }: OpenApi): readonly Operation[] {
  const validator = (content: Content): z.ZodType | undefined => {
    const [[type, { schema = {} }] = ['', {}]] = Object.entries(content.content ?? {});
    if (!type.includes('json')) return undefined;
    const rooted = { ...schema, $defs: components.schemas };
    const text = JSON.stringify(rooted).replaceAll('#/components/schemas/', '#/$defs/');
    return z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0]);
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { parameters = [], requestBody, security, responses }]): Operation => ({
        method: method.toUpperCase(),
        path,
        parameters,
        body: Object.values(requestBody?.content ?? {})[0]?.schema,
        token: Object.keys(security?.[0] ?? {})[0] as Operation['token'],
        answers: new Map(
          Object.entries(responses).map(([status, content]) => [Number(status), validator(content)]),
        ),
      }),
    ),
  );
}

function nameOf({ method, path }: Operation): string {
  return `${method} ${path}`;
}

interface Plan {
  readonly operation: Operation;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly breakage: Breakage;
  readonly pick: number;
  readonly junk: string;
}

type Breakage = 'none' | 'token' | 'id' | 'body' | 'json' | 'type' | 'parameters' | 'extra' | 'signature';

/** Half of all are as they should be. */
const breakages: readonly Breakage[] = [
  'token',
  'id',
  'body',
  'json',
  'type',
  'parameters',
  'extra',
  'signature',
];

function planOf(operation: Operation, refer: (ref: string) => Schema): fc.Arbitrary<Plan> {
  const parameters = operation.parameters.map(
    ({ name, schema }) => [name, arbitraryOf(schema, refer)] as const,
  );
  return fc.record({
    operation: fc.constant(operation),
    parameters: fc.record(Object.fromEntries(parameters), { requiredKeys: [] }),
    body: operation.body ? arbitraryOf(operation.body, refer) : fc.constant(undefined),
    breakage: fc.oneof(
      { arbitrary: fc.constant<Breakage>('none'), weight: 1 },
      { arbitrary: fc.constantFrom(...breakages), weight: 1 },
    ),
    pick: fc.nat(),
    junk: fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('../../etc/passwd', '%00', '{{7*7}}', '<script>', "' OR 1=1 --", 'x'.repeat(5_000)),
    ),
  });
}

function requestOf(plan: Plan, known: readonly Known[], options: FuzzOptions): RawRequest {
  const { operation, breakage, pick, junk } = plan;
  const conversation = known[pick % known.length] ?? { id: 'none', token: 'none' };
  const path = operation.path
    .replace('{id}', encodeURIComponent(breakage === 'id' ? junk : conversation.id))
    .replace('{channel}', encodeURIComponent(breakage === 'id' ? junk : 'webhook'));
  const token = operation.token === 'operatorToken' ? fireSecrets.operator : conversation.token;
  const sent = breakage === 'token' ? headerText(junk) : token;
  const body = bodyOf(plan, conversation);
  return {
    method: operation.method,
    path: breakage === 'extra' ? `${path}?${encodeURIComponent(junk)}=${encodeURIComponent(junk)}` : path,
    headers: {
      ...(operation.token ? { authorization: `Bearer ${sent}` } : {}),
      ...(body === undefined
        ? {}
        : { 'content-type': breakage === 'type' ? 'text/plain' : 'application/json' }),
      ...headerParameters(plan),
      ...(operation.path.includes('{channel}') ? signatureOf(body ?? '', breakage, options.now()) : {}),
    },
    body,
  };
}

function bodyOf(plan: Plan, { id }: Known): string | undefined {
  const { operation, breakage, junk, pick } = plan;
  if (operation.path.includes('{channel}'))
    return JSON.stringify({
      conversation: id,
      id: `w-${pick}`,
      text: breakage === 'body' ? { junk } : junk || '?',
    });
  if (!operation.body) return undefined;
  if (breakage === 'json') return junk;
  if (breakage !== 'body') return JSON.stringify(withoutForgedUser(plan.body));
  return JSON.stringify([junk, { ...(plan.body as object), [junk]: junk }, null][pick % 3]);
}

/** No made-up token is signed: with one, no conversation would open. */
function withoutForgedUser(body: unknown): unknown {
  const { user_token: _, ...rest } = body as Readonly<Record<string, unknown>>;
  return rest;
}

function headerParameters({ operation, parameters, breakage, junk }: Plan): Readonly<Record<string, string>> {
  const inHeader = operation.parameters.filter((parameter) => parameter.in === 'header');
  return Object.fromEntries(
    inHeader.flatMap(({ name }) => {
      const value = breakage === 'parameters' ? junk : parameters[name];
      return value === undefined
        ? []
        : [[name, headerText(typeof value === 'string' ? value : JSON.stringify(value))] as const];
    }),
  );
}

/** What a header can carry at all; what it cannot is tried on the socket, in the tests. */
function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').trim() || '?';
}

function signatureOf(body: string, breakage: Breakage, now: number): Readonly<Record<string, string>> {
  const stamp = String(Math.floor(now / 1000) - (breakage === 'parameters' ? 600 : 0));
  const key = breakage === 'signature' ? 'a guess' : fireSecrets.webhook;
  const signature = createHmac('sha256', key).update(`w.${stamp}.${body}`).digest('base64');
  return { 'webhook-id': 'w', 'webhook-timestamp': stamp, 'webhook-signature': `v1,${signature}` };
}

function faultsOf(operation: Operation, request: RawRequest, { status, text }: RawAnswer): readonly string[] {
  const told = `${request.method} ${request.path} ${(request.body ?? '').slice(0, 300)} → ${status} ${text.slice(0, 300)}`;
  // Not even of an operation: its path was broken.
  const isElsewhere = status === 404 && !operation.answers.has(404);
  if (status >= 500) return [`a fault of the server: ${told}`];
  if (!operation.answers.has(status) && !isElsewhere) return [`not described: ${told}`];
  if (status >= 400 && leak.test(text)) return [`a leak: ${told}`];
  const answer = operation.answers.get(status);
  const parsed = answer?.safeParse(JSON.parse(text));
  return parsed?.success === false ? [`not as described: ${told}: ${z.prettifyError(parsed.error)}`] : [];
}

function forget(known: Known[], path: string): void {
  const place = known.findIndex(({ id }) => path.includes(id));
  if (place >= 0) known.splice(place, 1);
}

async function openSome(send: FuzzOptions['send'], count: number): Promise<Known[]> {
  const opened: Known[] = [];
  for (let made = 0; made < count; made += 1) {
    const headers = { 'content-type': 'application/json' };
    const answer = await send({ method: 'POST', path: '/v1/conversations', headers, body: '{}' });
    opened.push(JSON.parse(answer.text) as Known);
  }
  return opened;
}
