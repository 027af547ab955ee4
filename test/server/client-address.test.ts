import { expect, test } from 'vitest';
import { createClientAddress } from '../../src/server/client-address.ts';
import { serveSmallBot } from './served-bot.ts';

const behindProxies = createClientAddress(['10.0.0.0/8', '2001:db8:ffff::/48', '192.0.2.7']);

test.each([
  ['nobody in between', '203.0.113.5', null, '203.0.113.5'],
  ['what a client says of itself', '203.0.113.5', '1.1.1.1', '203.0.113.5'],
  ['a proxy', '10.1.2.3', '203.0.113.5', '203.0.113.5'],
  ['a proxy that adds to what the client made up', '10.1.2.3', '1.1.1.1, 203.0.113.5', '203.0.113.5'],
  ['two proxies', '192.0.2.7', '1.1.1.1, 203.0.113.5, 10.9.9.9', '203.0.113.5'],
  ['proxies all the way', '10.1.2.3', '10.2.2.2', '10.2.2.2'],
  ['a proxy that says nothing', '10.1.2.3', null, '10.1.2.3'],
  ['a header that is no list', '10.1.2.3', 'unknown, "; drop', '10.1.2.3'],
  ['a mapped address', '::ffff:10.1.2.3', '::ffff:203.0.113.5', '203.0.113.5'],
  ['an address of the next version', '2001:db8:1:2:3:4:5:6', null, '2001:db8:1:2::/64'],
  ['a short one', '2001:db8::1', null, '2001:db8:0:0::/64'],
  ['one behind a proxy', '2001:db8:ffff::1', '2001:db8:1::9', '2001:db8:1:0::/64'],
  ['this machine', '::1', null, '0:0:0:0::/64'],
  ['no address at all', 'unknown', '1.1.1.1', 'unknown'],
])('%s', (_, peer, forwardedFor, client) => {
  expect(behindProxies(peer, forwardedFor)).toBe(client);
});

test('without a trusted proxy nobody chooses the address they are counted under', async () => {
  await using server = await serveSmallBot({ limits: { conversationsPerAddress: 1 } });
  const statuses = [];
  for (const forged of ['198.51.100.1', '198.51.100.2'])
    statuses.push(
      (await server.ask('POST', '/v1/conversations', { body: {}, headers: { 'x-forwarded-for': forged } }))
        .status,
    );
  expect(statuses).toEqual([201, 429]);
});

test('behind a trusted proxy each client is counted alone', async () => {
  await using server = await serveSmallBot({
    trustedProxies: ['192.0.2.1'],
    limits: { conversationsPerAddress: 1 },
  });
  const statuses = [];
  for (const client of ['198.51.100.1', '198.51.100.2', '198.51.100.1'])
    statuses.push(
      (await server.ask('POST', '/v1/conversations', { body: {}, headers: { 'x-forwarded-for': client } }))
        .status,
    );
  expect(statuses).toEqual([201, 201, 429]);
});
