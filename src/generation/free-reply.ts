import type { CallOptions } from '../call-options.ts';
import { EngineError } from '../errors.ts';
import type { Locale } from '../message.ts';
import { checkReply, type ReplyCheckOptions, type ReplyFault } from './check-reply.ts';
import type { ChatTurn, Generation, Generator } from './generator.ts';
import { replyPrompt, SILENCE, systemPrompt } from './prompt.ts';
import { createRedaction, type PersonalValue, type Redaction } from './redact.ts';
import { splitSentences } from './split-sentences.ts';

export interface FreeReplyOptions {
  readonly generator: Generator;
  readonly botName: string;
  /** The author's own words to the model: tone, facts, limits. */
  readonly instructions?: string | undefined;
  /** Hosts that a reply may mention. */
  readonly allowedHosts?: readonly string[] | undefined;
  readonly maxTokens?: number | undefined;
  /** 0 to 2. */
  readonly temperature?: number | undefined;
  readonly seed?: number | undefined;
}

export interface FreeReplyRequest {
  readonly question: string;
  /** Oldest first, without the question. */
  readonly history: readonly ChatTurn[];
  readonly locale: Locale;
  /** Values known to be personal; what looks personal is hidden in any case. */
  readonly personal?: readonly PersonalValue[] | undefined;
  /** What this reply is to be about, where a flow asks for it; an author's words. */
  readonly task?: string | undefined;
}

export type FreeReplyResult =
  | {
      readonly kind: 'said';
      readonly text: string;
      readonly usage: Generation['usage'];
      readonly model: string;
    }
  | {
      readonly kind: 'silent';
      readonly reason:
        ReplyFault | 'unavailable' | 'declined' | 'filtered' | 'cut_off' | 'unknown_placeholder';
      /** The fault behind `unavailable`. */
      readonly error?: EngineError | undefined;
      readonly usage?: Generation['usage'] | undefined;
    };

/** Replies where no flow matches; whatever goes wrong, it is silent rather than odd. */
export interface FreeReply {
  /** @param options.onSentence - Called with each sentence that passed the checks; sentences join to the text. */
  reply(
    request: FreeReplyRequest,
    options?: CallOptions & { readonly onSentence?: ((sentence: string) => void) | undefined },
  ): Promise<FreeReplyResult>;
}

export function createFreeReply(options: FreeReplyOptions): FreeReply {
  return {
    reply: async (request, call = {}) => {
      const instructions = [options.instructions ?? '', request.task ?? ''].join('\n');
      const prompt = { botName: options.botName, instructions, locale: request.locale };
      const redaction = createRedaction(request.personal ?? []);
      const history = request.history.map(({ role, text }) => ({ role, text: redaction.hide(text) }));
      const turns = replyPrompt(redaction.hide(request.question), history, prompt);
      const checks: ReplyCheckOptions = {
        systemPrompt: systemPrompt(prompt),
        given: turns
          .slice(1)
          .map(({ text }) => text)
          .join('\n'),
        allowedHosts: options.allowedHosts ?? [],
      };
      const drafts = call.onSentence
        ? draftsOf(request.locale, checks, redaction, call.onSentence)
        : undefined;
      try {
        const generation = await generate(turns, options, call, drafts);
        return judge(generation, checks, redaction);
      } catch (error) {
        call.signal?.throwIfAborted();
        if (drafts?.fault) return { kind: 'silent', reason: drafts.fault };
        if (error instanceof EngineError) return { kind: 'silent', reason: 'unavailable', error };
        throw error;
      }
    },
  };
}

function generate(
  turns: readonly ChatTurn[],
  { generator, maxTokens = 300, temperature = 0.3, seed }: FreeReplyOptions,
  { signal }: CallOptions,
  drafts: Drafts | undefined,
): Promise<Generation> {
  const request = { turns, maxTokens, temperature, seed };
  if (!drafts) return generator.generate(request, { signal });
  return generator.generate(
    { ...request, onDelta: (delta) => drafts.add(delta) },
    { signal: signal ? AbortSignal.any([signal, drafts.signal]) : drafts.signal },
  );
}

function judge(generation: Generation, checks: ReplyCheckOptions, redaction: Redaction): FreeReplyResult {
  const { usage, model, finished } = generation;
  const text = generation.text.trim();
  if (finished === 'filtered') return { kind: 'silent', reason: 'filtered', usage };
  if (text.replace(/\W/g, '') === SILENCE) return { kind: 'silent', reason: 'declined', usage };
  if (finished === 'length') return { kind: 'silent', reason: 'cut_off', usage };
  const fault = checkReply(text, checks);
  if (fault) return { kind: 'silent', reason: fault, usage };
  const restored = redaction.restore(text);
  return restored === undefined
    ? { kind: 'silent', reason: 'unknown_placeholder', usage }
    : { kind: 'said', text: restored, usage, model };
}

interface Drafts {
  add(delta: string): void;
  /** Aborted at the first sentence that may not be said: what follows is not worth its tokens. */
  readonly signal: AbortSignal;
  readonly fault: ReplyFault | undefined;
}

/** Gives out a streamed reply sentence by sentence, each once it and all before it have passed the checks. */
function draftsOf(
  locale: Locale,
  checks: ReplyCheckOptions,
  redaction: Redaction,
  onSentence: (sentence: string) => void,
): Drafts {
  const abort = new AbortController();
  let text = '';
  let given = 0;
  let fault: ReplyFault | undefined;
  return {
    signal: abort.signal,
    get fault() {
      return fault;
    },
    add: (delta) => {
      text += delta;
      // The last sentence may go on.
      for (const sentence of splitSentences(text.slice(given), locale).slice(0, -1)) {
        if (fault) return;
        given += sentence.length;
        fault = checkReply(text.slice(0, given), checks);
        const restored = redaction.restore(sentence);
        if (fault) abort.abort();
        else if (restored !== undefined) onSentence(restored);
      }
    },
  };
}
