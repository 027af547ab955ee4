import { expect, test } from 'vitest';
import { serveSmallBot, type ServedSmallBot } from './served-bot.ts';

const day = 86_400_000;

async function say(server: ServedSmallBot, { id, token }: { id: string; token: string }, text: string) {
  const answer = await server.ask('POST', `/v1/conversations/${id}/messages`, { token, body: { text } });
  expect(answer.status).toBe(200);
}

async function history(server: ServedSmallBot, { id, token }: { id: string; token: string }) {
  const { json } = await server.ask('GET', `/v1/conversations/${id}`, { token });
  return (json['messages'] as { text: string }[]).map(({ text }) => text);
}

test('a clock that jumps changes neither what is answered nor its order', async () => {
  await using server = await serveSmallBot();
  const conversation = await server.open();
  for (const [text, jump] of [
    ['one', -day],
    ['two', 3 * day],
    ['three', -10 * day],
    ['four', 0],
  ] as const) {
    await say(server, conversation, text);
    server.bot.clock.ms += jump;
  }
  const all = ['one', 'two', 'three', 'four'].flatMap((text) => [text, `You said ${text}.`]);
  expect(await history(server, conversation)).toEqual(['Hello.', ...all]);
});

test('a timer fires once, however the clock jumps', async () => {
  await using server = await serveSmallBot();
  const conversation = await server.open();
  await say(server, conversation, 'nudge');
  for (const jump of [5_000, -day, 2 * day, -3 * day, 4 * day]) {
    server.bot.clock.ms += jump;
    await server.bot.engine.runDue();
  }
  const texts = await history(server, conversation);
  expect(texts.filter((text) => text === 'Are you still there?')).toHaveLength(1);
});
