import type { Config } from './config-schema.ts';
import type { Writer } from './engine/writer.ts';
import type { Answerer } from './generation/answerer.ts';
import { createFreeReply, type FreeReply } from './generation/free-reply.ts';
import { withCircuitBreaker } from './generation/circuit-breaker.ts';
import { createOpenAiGenerator } from './generation/openai-generator.ts';
import type { Generator } from './generation/generator.ts';

/** What writes texts that are not looked up: answers from articles always, free replies where they are switched on. */
export function composeWriter(
  config: Config,
  answerer: Answerer,
  now: () => number,
  generator?: Generator,
): Writer {
  const freeReply = composeFreeReply(config, now, generator);
  return {
    async write(request, options = {}) {
      if (request.purpose === 'answer') return quote(answerer, request, config, options);
      if (!freeReply) return undefined;
      const question = request.purpose === 'reply' ? request.question : '';
      const task =
        request.purpose === 'prompt' ? (request.prompt[request.locale] ?? request.prompt['*']) : undefined;
      const reply = await freeReply.reply(
        { question, history: request.history, locale: request.locale, task, personal: request.personal },
        { signal: options.signal, onSentence: options.onDraft },
      );
      if (reply.kind === 'silent') return undefined;
      const message = { text: reply.text, locale: request.locale, source: `generated_${request.purpose}` };
      return { message, model: reply.model, usage: reply.usage };
    },
  };
}

async function quote(
  answerer: Answerer,
  { question, articles, locale }: { question: string; articles: readonly string[]; locale: string },
  config: Config,
  { signal }: { readonly signal?: AbortSignal | undefined },
): ReturnType<Writer['write']> {
  if (config.generation.answers === 'off') return undefined;
  const answer = await answerer.answer(question, locale, {
    articles: articles.length > 0 ? articles : undefined,
    signal,
  });
  if (!answer) return undefined;
  const links = answer.sources.flatMap(({ title, url }) => (url === undefined ? [] : [{ title, url }]));
  return { message: { text: answer.text, locale: answer.locale, links, source: 'answer' } };
}

function composeFreeReply(
  { name, generation }: Config,
  now: () => number,
  generator?: Generator,
): FreeReply | undefined {
  const { openai, free_replies: on, instructions } = generation;
  if (!on || (!openai && !generator)) return undefined;
  return createFreeReply({
    generator: generator ?? composeGenerator(openai, now),
    botName: name,
    instructions,
    maxTokens: openai?.max_tokens,
    temperature: openai?.temperature,
  });
}

function composeGenerator(openai: Config['generation']['openai'], now: () => number): Generator {
  const direct = createOpenAiGenerator({
    baseUrl: openai?.base_url ?? '',
    apiKey: openai?.api_key,
    model: openai?.model ?? '',
    timeoutMs: openai?.timeout ?? 10_000,
    maxRetries: openai?.retries ?? 0,
  });
  return withCircuitBreaker(direct, { now });
}
