import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { InboundContent, Payload } from '../../message.ts';
import { apiMessage } from '../api-message.ts';
import { conversationId, sendRequest, sendResponse } from '../api-schema.ts';
import { openEventStream } from '../event-stream.ts';
import { createStreamCounter } from '../stream-counter.ts';
import { refuse } from '../refuse.ts';
import { requirePatience, requireToken, type ServerContext, type ServerEnv } from '../server-context.ts';
import { webChannel, webConversation } from '../web-channel.ts';
import { bearer, json, problems } from './route-parts.ts';

const params = z.object({ id: conversationId });

const sendMessage = createRoute({
  method: 'post',
  path: '/v1/conversations/{id}/messages',
  operationId: 'sendMessage',
  tags: ['Conversations'],
  summary: 'Say something',
  description:
    'Answers once the turn is durable. Send a message_id, and send it again with the same one when no answer came: the message is answered once.',
  security: bearer,
  request: { params, body: { ...json(sendRequest), required: true } },
  responses: {
    200: { description: 'What the bot replied; may be empty.', ...json(sendResponse) },
    ...problems(400, 401, 404, 413, 415),
  },
});

const streamEvents = createRoute({
  method: 'get',
  path: '/v1/conversations/{id}/events',
  operationId: 'streamEvents',
  tags: ['Conversations'],
  summary: 'Listen to a conversation',
  description:
    'Server-sent events: `message` (a Message; the last of a turn has an id), `draft` ({text}: a sentence of a reply being written, without an id; the next message replaces it), `typing` ({typing}) and `status` ({status: bot or person}). Resume with Last-Event-ID.',
  security: bearer,
  request: {
    params,
    headers: z.object({
      'last-event-id': z
        .string()
        .regex(/^\d{1,15}$/, 'must be a cursor')
        .optional()
        .openapi({ description: 'A cursor; what was said after it comes first.' }),
    }),
  },
  responses: {
    200: { description: 'A stream.', content: { 'text/event-stream': { schema: z.string() } } },
    ...problems(400, 401, 404),
  },
});

export function addMessageRoutes(hono: OpenAPIHono<ServerEnv>, context: ServerContext): void {
  const { app, options, limits, rates, updates, metrics } = context;

  hono.openapi(sendMessage, async (c) => {
    const { id } = c.req.valid('param');
    const body = c.req.valid('json');
    requireToken(context, c.req.raw.headers, id);
    requirePatience(await rates.message(id));
    if ((body.text?.length ?? 0) > limits.maxTextLength)
      refuse('body_too_large', {
        detail: `A message has at most ${limits.maxTextLength} characters.`,
      });
    const conversation = webConversation(id);
    const startedAt = options.monotonicMs();
    updates.publish(conversation, { kind: 'typing', typing: true });
    try {
      const result = await app.engine.receive(
        {
          channel: webChannel.name,
          conversation,
          id: body.message_id ?? options.newId(),
          at: options.now(),
          content: contentOf(body),
        },
        { mustExist: true, onDraft: (text) => updates.publish(conversation, { kind: 'draft', text }) },
      );
      metrics.turn((options.monotonicMs() - startedAt) / 1000, result.duplicate);
      const messages = result.messages.map((said, index) =>
        apiMessage(said, result.turn, index, result.trace.at),
      );
      return c.json({ messages, cursor: String(result.cursor) }, 200);
    } finally {
      updates.publish(conversation, { kind: 'typing', typing: false });
      updates.publish(conversation, { kind: 'committed' });
    }
  });

  const openStreams = createStreamCounter(limits, (open) => metrics.streams(open));
  hono.openapi(streamEvents, async (c) => {
    const { id } = c.req.valid('param');
    requireToken(context, c.req.raw.headers, id);
    const conversation = webConversation(id);
    if (!(await app.log.conversation(conversation))) refuse('not_found');
    const headers = {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    };
    // A stream that nobody will read would keep its place.
    if (c.req.method === 'HEAD') return new Response(null, { headers });
    const release = openStreams.take(c.env.address, id);
    if (!release) refuse('too_many_streams', { headers: { 'retry-after': '5' } });
    const stream = openEventStream({
      log: app.log,
      updates,
      limits,
      conversation,
      after: Number(c.req.valid('header')['last-event-id'] ?? 0),
      signal: context.closing,
      onEnd: release,
    });
    return new Response(stream, { headers });
  });
}

function contentOf(body: z.output<typeof sendRequest>): InboundContent {
  if (body.payload === undefined) return { kind: 'text', text: body.text ?? '' };
  return { kind: 'payload', payload: body.payload as Payload, title: body.title };
}
