import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../engine/small-bot.ts';
import { serveSmallBot, type ServedSmallBot } from './served-bot.ts';

const script = `// ${'the chat '.repeat(500)}`;

async function getScript(server: ServedSmallBot, headers: Readonly<Record<string, string>>) {
  const response = await server.handler.fetch(new Request('http://localhost/usher-chat.js', { headers }));
  return { response, body: Buffer.from(await response.arrayBuffer()) };
}

test('the script is sent compressed to who can read that, and once as long as it stays the same', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'usher-chat.js');
  writeFileSync(file, script);
  await using server = await serveSmallBot({ widgetFolder: folder.path });

  const plain = await getScript(server, {});
  expect(plain.body.toString()).toBe(script);
  expect(plain.response.headers.get('content-encoding')).toBeNull();
  const zipped = await getScript(server, { 'accept-encoding': 'br, gzip' });
  expect(zipped.response.headers.get('content-encoding')).toBe('gzip');
  expect(gunzipSync(zipped.body).toString()).toBe(script);
  expect(zipped.response.headers.get('vary')?.toLowerCase()).toContain('accept-encoding');

  const known = { 'accept-encoding': 'gzip', 'if-none-match': zipped.response.headers.get('etag') ?? '' };
  const again = await getScript(server, known);
  expect([again.response.status, again.body.length]).toEqual([304, 0]);
  expect(again.response.headers.get('cache-control')).toContain('max-age');
  writeFileSync(file, `${script} of tomorrow`);
  expect((await getScript(server, known)).response.status).toBe(200);
});
