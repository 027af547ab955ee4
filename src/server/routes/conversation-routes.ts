import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from '@hono/zod-openapi';
import { EngineError } from '../../errors.ts';
import { apiMessage, apiTurns } from '../api-message.ts';
import { conversationId, createRequest, createResponse, historyResponse } from '../api-schema.ts';
import { refuse } from '../refuse.ts';
import {
  requireOperator,
  requirePatience,
  requireToken,
  type ServerContext,
  type ServerEnv,
} from '../server-context.ts';
import { readUserToken } from '../user-token.ts';
import { webChannel, webConversation } from '../web-channel.ts';
import { bearer, json, problems } from './route-parts.ts';

const params = z.object({ id: conversationId });

const createConversation = createRoute({
  method: 'post',
  path: '/v1/conversations',
  operationId: 'createConversation',
  tags: ['Conversations'],
  summary: 'Open a conversation',
  description: 'The bot may greet. Keep the token: without it nobody reads or writes the conversation.',
  request: { body: { ...json(createRequest), required: true } },
  responses: {
    201: { description: 'It is open.', ...json(createResponse) },
    ...problems(400, 401, 413, 415),
  },
});

const readConversation = createRoute({
  method: 'get',
  path: '/v1/conversations/{id}',
  operationId: 'readConversation',
  tags: ['Conversations'],
  summary: 'Read a conversation',
  description: 'All that was said, oldest first (the last 1,000 events), for a page that was loaded again.',
  security: bearer,
  request: { params },
  responses: { 200: { description: 'Its history.', ...json(historyResponse) }, ...problems(400, 401, 404) },
});

const forgetConversation = createRoute({
  method: 'delete',
  path: '/v1/conversations/{id}',
  operationId: 'forgetConversation',
  tags: ['Conversations'],
  summary: 'Forget a conversation',
  description: 'Deletes all that is kept of it.',
  security: bearer,
  request: { params },
  responses: { 204: { description: 'It is forgotten.' }, ...problems(400, 401, 404) },
});

const releaseConversation = createRoute({
  method: 'post',
  path: '/v1/conversations/{id}/release',
  operationId: 'releaseConversation',
  tags: ['Operators'],
  summary: 'Give a conversation back to the bot',
  description: 'For operators: ends a hand-over.',
  security: [{ operatorToken: [] }],
  request: { params },
  responses: { 204: { description: 'The bot answers again.' }, ...problems(400, 401, 404) },
});

export function addConversationRoutes(hono: OpenAPIHono<ServerEnv>, context: ServerContext): void {
  const { app, options, rates, tokens, updates } = context;

  hono.openapi(createConversation, async (c) => {
    requirePatience(await rates.conversation(c.env.address));
    const { locale, user_token: userToken, context: page } = c.req.valid('json');
    const { userTokenSecret } = options;
    const user =
      userToken !== undefined && userTokenSecret !== undefined
        ? await readUserToken(userToken, userTokenSecret, options.now())
        : undefined;
    if (userToken !== undefined && !user) refuse('unauthorized', { detail: 'The user_token is not valid.' });
    const id = options.newId();
    const result = await app.engine.receive({
      channel: webChannel.name,
      conversation: webConversation(id),
      id: 'opened',
      at: options.now(),
      content: { kind: 'opened' },
      locale,
      user,
      context: page,
    });
    const messages = result.messages.map((said, index) =>
      apiMessage(said, result.turn, index, result.trace.at),
    );
    return c.json({ id, token: tokens.issue(id), messages, cursor: String(result.cursor) }, 201);
  });

  hono.openapi(readConversation, async (c) => {
    const { id } = c.req.valid('param');
    requireToken(context, c.req.raw.headers, id);
    const conversation = webConversation(id);
    const [summary, events] = await Promise.all([
      app.log.conversation(conversation),
      app.log.events(conversation, { last: 1_000 }),
    ]);
    if (!summary) refuse('not_found');
    const turns = apiTurns(events);
    const status = summary.handover === null ? ('bot' as const) : ('person' as const);
    const messages = turns.flatMap((turn) => [...turn.messages]);
    return c.json({ id, status, messages, cursor: turns.at(-1)?.cursor ?? '0' }, 200);
  });

  hono.openapi(forgetConversation, async (c) => {
    const { id } = c.req.valid('param');
    requireToken(context, c.req.raw.headers, id);
    const conversation = webConversation(id);
    await app.engine.forget(conversation);
    updates.publish(conversation, { kind: 'committed' });
    return c.body(null, 204);
  });

  hono.openapi(releaseConversation, async (c) => {
    requireOperator(context, c.req.raw.headers);
    const conversation = await knownConversation(context, c.req.valid('param').id);
    await app.engine.release(conversation, 'operator');
    updates.publish(conversation, { kind: 'committed' });
    return c.body(null, 204);
  });
}

async function knownConversation({ app }: ServerContext, id: string): Promise<string> {
  const conversation = webConversation(id);
  if (await app.log.conversation(conversation)) return conversation;
  throw new EngineError('CONVERSATION_NOT_FOUND', 'There is no such conversation.');
}
