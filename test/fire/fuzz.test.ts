import { expect, test } from 'vitest';
import { createWebhookChannel } from '../../src/channels/webhook-channel.ts';
import { fireLimits, fireSecrets } from '../../scripts/fire/life.ts';
import { fuzz } from '../../scripts/fire/fuzz.ts';
import { serveSmallBot } from '../server/served-bot.ts';

// The short form of `npm run fire:fuzz`.
test('the server answers whatever its description allows, and whatever it does not, as described', async () => {
  const now = Date.UTC(2026, 10, 22);
  const webhook = createWebhookChannel({
    secret: fireSecrets.webhook,
    replyUrl: 'http://localhost/replies',
    fetch: () => Promise.resolve(new Response(null, { status: 204 })),
    now: () => now,
  });
  await using server = await serveSmallBot({
    channels: [webhook],
    operatorToken: fireSecrets.operator,
    limits: {
      requestsPerAddress: fireLimits.requests_per_address,
      conversationsPerAddress: fireLimits.conversations_per_address,
      messagesPerConversation: fireLimits.messages_per_conversation,
    },
  });
  const report = await fuzz({
    requests: 600,
    seed: 7,
    now: () => now,
    send: async ({ method, path, headers, body }) => {
      const response = await server.handler.fetch(
        new Request(`http://localhost${path}`, { method, headers: headers ?? {}, body: body ?? null }),
      );
      const isStream = response.headers.get('content-type') === 'text/event-stream';
      if (isStream) await response.body?.cancel();
      const text = isStream ? '' : await response.text();
      return { status: response.status, headers: Object.fromEntries(response.headers), text };
    },
  });
  expect(report.faults).toEqual([]);
  expect(report.succeeded / report.requests).toBeGreaterThan(0.3);
  expect(Math.min(...Object.values(report.succeededOf))).toBeGreaterThan(10);
});
