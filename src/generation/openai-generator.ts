import type OpenAI from 'openai';
import type * as OpenAiModule from 'openai';
import { EngineError } from '../errors.ts';
import type { GenerateRequest, Generation, Generator } from './generator.ts';

export interface OpenAiGeneratorOptions {
  /** Of any OpenAI-compatible server, with its `/v1`. */
  readonly baseUrl: string;
  /** Absent for servers that ask for none. */
  readonly apiKey?: string | undefined;
  readonly model: string;
  /** For the whole call, its retries included. */
  readonly timeoutMs: number;
  /** Further tries after a refused connection, 408, 409, 429 or 5xx. */
  readonly maxRetries: number;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

type Module = typeof OpenAiModule;
type Params = OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming;

const FINISHED: Readonly<Record<string, Generation['finished']>> = {
  stop: 'stop',
  length: 'length',
  content_filter: 'filtered',
};

/** Generates with any server that speaks OpenAI's chat completions. The client is loaded at the first call. */
export function createOpenAiGenerator(options: OpenAiGeneratorOptions): Generator {
  let client: Promise<{ module: Module; openai: OpenAI }> | undefined;
  return {
    name: `openai:${options.model}`,
    generate: async (request, call = {}) => {
      client ??= connect(options);
      const { module, openai } = await client;
      const timeout = AbortSignal.timeout(options.timeoutMs);
      const signal = call.signal ? AbortSignal.any([call.signal, timeout]) : timeout;
      try {
        return await (request.onDelta ? stream : complete)(openai, options, request, signal);
      } catch (error) {
        call.signal?.throwIfAborted();
        throw unavailable(error, module, options, timeout.aborted);
      }
    },
  };
}

async function connect(options: OpenAiGeneratorOptions): Promise<{ module: Module; openai: OpenAI }> {
  const module = await import('openai');
  const openai = new module.OpenAI({
    baseURL: options.baseUrl,
    apiKey: options.apiKey ?? 'none',
    // What the bot's configuration does not say, the environment does not either.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    timeout: options.timeoutMs,
    maxRetries: options.maxRetries,
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
  return { module, openai };
}

function paramsOf({ model, baseUrl }: OpenAiGeneratorOptions, request: GenerateRequest): Params {
  // OpenAI's newer models refuse the older name, and other servers ignore the newer one.
  const limit = /(?:openai|azure)\.com$/.test(new URL(baseUrl).hostname)
    ? 'max_completion_tokens'
    : 'max_tokens';
  const numbers: Readonly<Record<string, number>> = {
    [limit]: request.maxTokens,
    temperature: request.temperature,
    ...(request.seed === undefined ? {} : { seed: request.seed }),
  };
  return { ...numbers, model, messages: request.turns.map(({ role, text }) => ({ role, content: text })) };
}

async function complete(
  openai: OpenAI,
  options: OpenAiGeneratorOptions,
  request: GenerateRequest,
  signal: AbortSignal,
): Promise<Generation> {
  const completion = await openai.chat.completions.create(paramsOf(options, request), { signal });
  const [choice] = completion.choices;
  return {
    text: choice?.message.content ?? '',
    usage: usageOf(completion.usage),
    model: completion.model,
    finished: FINISHED[choice?.finish_reason ?? ''] ?? 'stop',
  };
}

async function stream(
  openai: OpenAI,
  options: OpenAiGeneratorOptions,
  request: GenerateRequest,
  signal: AbortSignal,
): Promise<Generation> {
  const chunks = await openai.chat.completions.create(
    { ...paramsOf(options, request), stream: true, stream_options: { include_usage: true } },
    { signal },
  );
  const generation = {
    text: '',
    usage: usageOf(undefined),
    model: options.model,
    finished: 'stop' as Generation['finished'],
  };
  for await (const chunk of chunks) {
    const [choice] = chunk.choices;
    const delta = choice?.delta.content ?? '';
    generation.text += delta;
    if (delta !== '') request.onDelta?.(delta);
    if (choice?.finish_reason) generation.finished = FINISHED[choice.finish_reason] ?? 'stop';
    if (chunk.usage) generation.usage = usageOf(chunk.usage);
    if (chunk.model) generation.model = chunk.model;
  }
  signal.throwIfAborted();
  return generation;
}

function usageOf(usage: OpenAI.CompletionUsage | null | undefined): Generation['usage'] {
  return { promptTokens: usage?.prompt_tokens ?? 0, completionTokens: usage?.completion_tokens ?? 0 };
}

/** Neither the server's words nor the client's error go on: both may quote the prompt or the key. */
function unavailable(
  error: unknown,
  module: Module,
  { baseUrl, timeoutMs, model }: OpenAiGeneratorOptions,
  timedOut: boolean,
): EngineError {
  const server = new URL(baseUrl).host;
  const fail = (what: string, fix: string): EngineError =>
    new EngineError('GENERATOR_UNAVAILABLE', `The language model at ${server} ${what}.`, { fix });
  if (timedOut || error instanceof module.APIConnectionTimeoutError)
    return fail(
      `did not finish within ${timeoutMs} ms`,
      'Raise `generation.openai.timeout`, or use a faster model.',
    );
  if (error instanceof module.APIConnectionError)
    return fail('cannot be reached', 'Check `generation.openai.base_url` and that the server runs.');
  const status: unknown = error instanceof module.APIError ? error.status : undefined;
  switch (status) {
    case 401:
    case 403:
      return fail(`refuses the key (${status})`, 'Check the key in the environment.');
    case 404:
      return fail(
        `does not know the model '${model}' or has no chat completions (404)`,
        'Check `generation.openai`.',
      );
    case 429:
      return fail('is asked too often, or the quota is used up (429)', "Check the account's limits.");
    default:
      return typeof status === 'number'
        ? fail(`failed (${status})`, "See the server's own log.")
        : fail(
            'answered what is no chat completion',
            'Check that `base_url` ends where `/chat/completions` begins.',
          );
  }
}
