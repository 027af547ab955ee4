import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOpenAiGenerator } from '../../src/generation/openai-generator.ts';
import { failing, recordedFetch, recording } from './recorded-fetch.ts';

const settings = {
  baseUrl: 'https://llm.example/v1',
  apiKey: 'sk-secret',
  model: 'gpt-4o-mini',
  timeoutMs: 5_000,
  maxRetries: 0,
};
const request = {
  turns: [{ role: 'user', text: 'my prompt' }],
  maxTokens: 50,
  temperature: 0.2,
  seed: 7,
} as const;

test('a reply comes with its usage', async () => {
  const { fetch, requests } = recordedFetch(recording('chat-completion.json'));
  const generation = await createOpenAiGenerator({ ...settings, fetch }).generate(request);
  expect(generation).toEqual({
    text: 'You are welcome. Is there anything else?',
    usage: { promptTokens: 240, completionTokens: 9 },
    model: 'gpt-4o-mini-2024-07-18',
    finished: 'stop',
  });
  expect(requests[0]?.url).toBe('https://llm.example/v1/chat/completions');
  expect(requests[0]?.headers.get('authorization')).toBe('Bearer sk-secret');
  expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: 'my prompt' }],
    max_tokens: 50,
    temperature: 0.2,
    seed: 7,
  });
});

test('a streamed reply comes in pieces that make the whole', async () => {
  const { fetch } = recordedFetch(recording('chat-stream.sse'));
  const deltas: string[] = [];
  const generation = await createOpenAiGenerator({ ...settings, fetch }).generate({
    ...request,
    onDelta: (delta) => deltas.push(delta),
  });
  expect(deltas).toHaveLength(10);
  expect(deltas.join('')).toBe(generation.text);
  expect(generation).toMatchObject({
    text: 'Thank you, that is kind. Shall we go on?',
    usage: { promptTokens: 241, completionTokens: 12 },
  });
});

test('a passing failure is tried again', async () => {
  const { fetch, requests } = recordedFetch(failing(503), failing(429), recording('chat-completion.json'));
  await createOpenAiGenerator({ ...settings, maxRetries: 2, fetch }).generate(request);
  expect(requests).toHaveLength(3);
});

describe('a failure is one kind of error, which tells neither the key nor the prompt', () => {
  const echo = { error: { message: 'Incorrect API key: sk-secret; you sent: my prompt' } };
  test.each([
    ['a refused key', failing(401, echo), /refuses the key/],
    ['an unknown model', failing(404, echo), /does not know the model 'gpt-4o-mini'/],
    ['too many requests', failing(429, echo), /too often/],
    ['a broken server', failing(500, echo), /failed \(500\)/],
    ['a bad request', failing(400, echo), /failed \(400\)/],
    [
      'a web page',
      () => new Response('<html>my prompt</html>', { headers: { 'content-type': 'text/html' } }),
      /./,
    ],
    [
      'broken JSON',
      () => new Response('{', { headers: { 'content-type': 'application/json' } }),
      /no chat completion/,
    ],
    ['an empty object', () => Response.json({}), /no chat completion/],
  ])('%s', async (_, answer, message) => {
    const { fetch } = recordedFetch(answer);
    const error: unknown = await createOpenAiGenerator({ ...settings, fetch })
      .generate(request)
      .catch(identity);
    expect(error).toMatchObject({
      code: 'GENERATOR_UNAVAILABLE',
      message: expect.stringMatching(message) as string,
    });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/sk-secret|my prompt/);
  });

  test('no connection', async () => {
    const { fetch } = recordedFetch();
    await expect(createOpenAiGenerator({ ...settings, fetch }).generate(request)).rejects.toMatchObject({
      code: 'GENERATOR_UNAVAILABLE',
      message: 'The language model at llm.example cannot be reached.',
    });
  });

  test('a stream that breaks off', async () => {
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.error(new TypeError('terminated')),
    });
    const { fetch } = recordedFetch(
      () => new Response(broken, { headers: { 'content-type': 'text/event-stream' } }),
    );
    await expect(
      createOpenAiGenerator({ ...settings, fetch }).generate({ ...request, onDelta: () => undefined }),
    ).rejects.toMatchObject({ code: 'GENERATOR_UNAVAILABLE' });
  });

  test('a server that does not answer in time', async () => {
    await expect(
      createOpenAiGenerator({ ...settings, timeoutMs: 5, fetch: neverAnswers }).generate(request),
    ).rejects.toMatchObject({ message: expect.stringContaining('within 5 ms') as string });
  });
});

test('a call that is called off rejects with the reason it was given', async () => {
  const reason = new Error('the person left');
  const call = new AbortController();
  const generating = createOpenAiGenerator({ ...settings, fetch: neverAnswers }).generate(request, {
    signal: call.signal,
  });
  call.abort(reason);
  await expect(generating).rejects.toBe(reason);
});

describe('over a real connection', () => {
  const server = new LLMock({ port: 0 });
  server.onMessage('my prompt', { content: 'Hello from the other side.' });
  beforeAll(async () => {
    await server.start();
  });
  afterAll(async () => {
    await server.stop();
  });

  test('a reply is streamed', async () => {
    const generator = createOpenAiGenerator({ ...settings, baseUrl: `${server.url}/v1`, apiKey: undefined });
    let streamed = '';
    const generation = await generator.generate({ ...request, onDelta: (delta) => (streamed += delta) });
    expect([generation.text, streamed]).toEqual(['Hello from the other side.', 'Hello from the other side.']);
  });
});

function identity(error: unknown): unknown {
  return error;
}

const neverAnswers: typeof globalThis.fetch = (_, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
  });
