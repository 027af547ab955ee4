import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { EngineError } from '../errors.ts';
import type { InboundContent, InboundMessage, Message } from '../message.ts';
import { factsSchema, payloadSchema } from '../payload-schema.ts';
import type { Channel, ChannelCapabilities } from './channel.ts';
import { renderFor } from './render-for.ts';

export interface WebhookOptions {
  /** Shared by both sides: `whsec_` and base64, or any text. */
  readonly secret: string;
  /** Where replies are posted. */
  readonly replyUrl: string;
  readonly fetch: typeof fetch;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The default is `webhook`. */
  readonly name?: string | undefined;
  readonly capabilities?: ChannelCapabilities | undefined;
  /** How long the other side may take to accept a reply; the default is 10 seconds. */
  readonly timeoutMs?: number | undefined;
}

/** A request as it came in. */
export interface WebhookRequest {
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How far a time stamp may be from now, so that an old request cannot be replayed. */
const maxSkewSeconds = 5 * 60;

/**
 * A channel for anything that can post JSON: messages come in signed, replies go out signed, both alike.
 *
 * @see Standard Webhooks 1.0: HMAC-SHA-256 over `<webhook-id>.<webhook-timestamp>.<body>`.
 */
export function createWebhookChannel(options: WebhookOptions): Channel<WebhookRequest, Message> {
  const { name = 'webhook', capabilities = everything, now } = options;
  const key = keyOf(options.secret);

  return {
    name,
    capabilities,
    verify: ({ headers, body }) => {
      const { 'webhook-id': id, 'webhook-timestamp': stamp, 'webhook-signature': signatures } = headers;
      if (!id || !stamp || !signatures || !/^\d{1,12}$/.test(stamp)) return false;
      if (Math.abs(now() / 1000 - Number(stamp)) > maxSkewSeconds) return false;
      const expected = Buffer.from(sign(key, id, stamp, body));
      return signatures.split(' ').some((signature) => isSame(Buffer.from(signature), expected));
    },
    parse: ({ body }) => [inboundOf(name, parseBody(body), now())],
    render: (messages) => renderFor(capabilities, messages),
    async send(conversation, message, { deliveryId, signal }) {
      await post(options, key, deliveryId, signal, {
        conversation: conversation.slice(name.length + 1),
        id: deliveryId,
        message: publicPart(message),
      });
    },
  };
}

const everything: ChannelCapabilities = {
  buttons: true,
  maxButtons: 20,
  links: true,
  images: true,
  maxTextLength: 10_000,
};

function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret, 'utf8');
}

function sign(key: Buffer, id: string, stamp: string, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${stamp}.${body}`).digest('base64')}`;
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

const id = z.string().min(1).max(200);

const media = z.enum(['image', 'audio', 'video', 'file', 'sticker', 'location', 'contact']);

const bodySchema = z.strictObject({
  conversation: id,
  /** The same id again is the same message. */
  id,
  text: z.string().optional(),
  payload: payloadSchema.optional(),
  title: z.string().max(500).optional(),
  attachment: media.optional(),
  locale: z.string().max(35).optional(),
  context: factsSchema.optional(),
});

type WebhookBody = z.infer<typeof bodySchema>;

function parseBody(body: string): WebhookBody {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw invalid('The body is not JSON.', error);
  }
  const parsed = bodySchema.safeParse(value);
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error), parsed.error);
  return parsed.data;
}

function inboundOf(channel: string, body: WebhookBody, at: number): InboundMessage {
  const { locale, context } = body;
  return {
    channel,
    conversation: `${channel}:${body.conversation}`,
    id: body.id,
    at,
    content: contentOf(body),
    locale,
    context,
  };
}

function contentOf({ text, payload, title, attachment }: WebhookBody): InboundContent {
  if (payload) return { kind: 'payload', payload, title };
  if (attachment) return { kind: 'attachment', media: attachment, caption: text };
  if (text !== undefined) return { kind: 'text', text };
  throw invalid('The message has neither text nor payload nor attachment.');
}

function invalid(what: string, cause?: unknown): EngineError {
  return new EngineError('INPUT_INVALID', what, {
    cause,
    fix: 'Send { conversation, id, text } as docs/api.md describes.',
  });
}

function publicPart({ text, locale, buttons, links, image, custom }: Message): object {
  return { text, locale, buttons, links, image, custom };
}

/** Answers that trying again will not change. */
const uselessStatuses: ReadonlySet<number> = new Set([400, 410, 413, 422]);

async function post(
  { replyUrl, fetch: send, now, timeoutMs = 10_000 }: WebhookOptions,
  key: Buffer,
  deliveryId: string,
  signal: AbortSignal | undefined,
  content: object,
): Promise<void> {
  const body = JSON.stringify(content);
  const stamp = String(Math.floor(now() / 1000));
  const timeout = AbortSignal.timeout(timeoutMs);
  const response = await send(replyUrl, {
    method: 'POST',
    redirect: 'error',
    headers: {
      'content-type': 'application/json',
      'webhook-id': deliveryId,
      'webhook-timestamp': stamp,
      'webhook-signature': sign(key, deliveryId, stamp, body),
    },
    body,
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  });
  await response.body?.cancel();
  if (response.ok) return;
  const code = uselessStatuses.has(response.status) ? 'INPUT_INVALID' : 'INTERNAL';
  throw new EngineError(code, `The reply URL answered ${response.status}.`);
}
