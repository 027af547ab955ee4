import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createWebhookChannel, type WebhookRequest } from '../../src/channels/webhook-channel.ts';
import { channelContract } from '../contracts/channel.ts';

const key = Buffer.from('a secret of thirty-two bytes, or so');
const secret = `whsec_${key.toString('base64')}`;
const nowSeconds = 1_700_000_000;

function signature(id: string, stamp: string, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${stamp}.${body}`).digest('base64')}`;
}

function signed(body: unknown, stamp = String(nowSeconds), id = 'msg_1'): WebhookRequest {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': stamp,
    'webhook-signature': signature(id, stamp, text),
  };
  return { headers, body: text };
}

function webhook(status = 204) {
  const requests: Request[] = [];
  const channel = createWebhookChannel({
    secret,
    replyUrl: 'https://shop.example/replies',
    now: () => nowSeconds * 1000,
    fetch: (input, init) => {
      requests.push(new Request(input, init));
      return Promise.resolve(new Response(null, { status }));
    },
  });
  return { channel, requests };
}

channelContract('The webhook', () => ({
  channel: webhook().channel,
  raw: (text: string) => signed({ conversation: 'c1', id: 'm1', text }),
  textOf: ({ text }) => text,
}));

describe('a webhook request', () => {
  const good = signed({ conversation: 'c1', id: 'm1', text: 'hello' });

  test.each<[string, WebhookRequest]>([
    ['without headers', { ...good, headers: {} }],
    ['with another body', { ...good, body: good.body.replace('hello', 'hullo') }],
    ['with another id', { ...good, headers: { ...good.headers, 'webhook-id': 'msg_2' } }],
    [
      'with another time',
      { ...good, headers: { ...good.headers, 'webhook-timestamp': String(nowSeconds + 1) } },
    ],
    ['with a signature cut short', { ...good, headers: { ...good.headers, 'webhook-signature': 'v1,' } }],
    ['more than five minutes old', signed(good.body, String(nowSeconds - 301))],
    ['more than five minutes ahead', signed(good.body, String(nowSeconds + 301))],
    ['with a time that is no number', signed(good.body, 'NaN')],
  ])('%s is refused', async (_, request) => {
    expect(await webhook().channel.verify(request)).toBe(false);
  });

  test('is taken with any of several signatures, and within five minutes', async () => {
    const { channel } = webhook();
    const old = signed(good.body, String(nowSeconds - 300));
    expect(await channel.verify(old)).toBe(true);
    const both = `v1,AAAA ${good.headers['webhook-signature'] ?? ''}`;
    expect(await channel.verify({ ...good, headers: { ...good.headers, 'webhook-signature': both } })).toBe(
      true,
    );
  });

  test.each([
    'not json',
    '[]',
    { conversation: 'c1', id: 'm1' },
    { conversation: '', id: 'm1', text: 'x' },
    { conversation: 'c1', id: 'm1', text: 5 },
    { conversation: 'c1', id: 'm1', payload: { kind: 'eval' } },
    { conversation: 'c1', id: 'm1', text: 'x', user: { admin: true } },
  ])('that says %j is invalid', (body) => {
    expect(() => webhook().channel.parse(signed(body))).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID' }) as Error,
    );
  });

  test('that is nested deeper than any stack is invalid', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const body = `{"conversation":"c1","id":"m1","text":"x","context":{"a":${deep}}}`;
    expect(() => webhook().channel.parse(signed(body))).toThrow('must be nested at most 8 deep');
  });

  test('may bring a pressed button, or an attachment', () => {
    const { channel } = webhook();
    const payload = { kind: 'command', command: 'cancel' };
    const pressed = channel.parse(signed({ conversation: 'c1', id: 'm1', payload, title: 'Stop' }));
    expect(pressed[0]?.content).toEqual({ kind: 'payload', payload, title: 'Stop' });
    const photo = channel.parse(
      signed({ conversation: 'c1', id: 'm1', attachment: 'image', text: 'broken' }),
    );
    expect(photo[0]?.content).toEqual({ kind: 'attachment', media: 'image', caption: 'broken' });
  });
});

describe('a reply by webhook', () => {
  const reply = { text: 'Hello', locale: 'en', source: 'utter_hello' };

  test('is posted signed, under an id that is the same for every try', async () => {
    const { channel, requests } = webhook();
    await channel.send?.('webhook:c1', reply, { deliveryId: 'webhook:c1/1.0.0' });
    const [request] = requests;
    const body = (await request?.text()) ?? '';
    expect(JSON.parse(body)).toEqual({
      conversation: 'c1',
      id: 'webhook:c1/1.0.0',
      message: { text: 'Hello', locale: 'en' },
    });
    expect(request?.headers.get('webhook-signature')).toBe(
      signature('webhook:c1/1.0.0', String(nowSeconds), body),
    );
  });

  test.each([
    [500, 'INTERNAL'],
    [404, 'INTERNAL'],
    [429, 'INTERNAL'],
    [410, 'INPUT_INVALID'],
    [400, 'INPUT_INVALID'],
  ])('answered %d fails as %s', async (status, code) => {
    const sent = webhook(status).channel.send?.('webhook:c1', reply, { deliveryId: 'd' });
    await expect(sent).rejects.toMatchObject({ code });
  });
});
