// Asks the server all that its OpenAPI document allows, and breaks half of it: no fault of the server, no answer that is
// not described, no leak of a stack or a path.
// Usage: npm run fire:fuzz [-- <requests> [small|shop] [seed]]
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { temporaryFolder } from '../test/engine/small-bot.ts';
import { botNamed, trainShop } from './fire/bots.ts';
import { bundled } from './fire/bundled.ts';
import { fuzz } from './fire/fuzz.ts';
import { HttpConnection, type RawAnswer, type RawRequest } from './fire/http-connection.ts';
import { startServer } from './fire/start-server.ts';

const [requestsArgument = '20000', botArgument = 'shop', seedArgument = '1'] = process.argv.slice(2);
const bot = botNamed(botArgument);
const requests = Number(requestsArgument);

using folder = temporaryFolder();
if (bot === 'shop') await trainShop(folder.path);
/** Takes the webhook's replies. */
const replies = createServer((request, response) => {
  request.resume();
  response.writeHead(204).end();
}).listen(0, '127.0.0.1');
await once(replies, 'listening');
const replyUrl = `http://127.0.0.1:${(replies.address() as AddressInfo).port}/`;
const script = await bundled('scripts/fire-server.ts');
await using server = await startServer(script, { folder: folder.path, bot, replyUrl });
if (!server) throw new Error('The server did not start.');
const { port } = server;
using connection = new HttpConnection(port);

const startedAt = performance.now();
const report = await fuzz({ requests, seed: Number(seedArgument), send, now: Date.now });
const faults = [...report.faults, ...server.errors];
replies.close();
const share = report.succeeded / report.requests;
const fewest = Math.min(...Object.values(report.succeededOf));
const seconds = Math.round((performance.now() - startedAt) / 1000);
console.log(JSON.stringify({ fire: `fuzz (${bot})`, seconds, ...report, share, faults: faults.length }));
// Requests that are all refused at the door would find nothing.
const isThorough = share >= 0.3 && fewest >= requests / 40;
if (!isThorough) console.error('Too few requests were answered 2xx for the run to say anything.');
if (faults.length > 0) console.error(faults.slice(0, 20).join('\n'));
if (!isThorough || faults.length > 0) process.exitCode = 1;

async function send(request: RawRequest): Promise<RawAnswer> {
  // After a refusal whose body it did not read, the server may close the connection, as any server may.
  if (!request.path.split('?')[0]?.endsWith('/events'))
    return connection.ask(request).catch(() => connection.ask(request));
  const { method, path, headers = {} } = request;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
  const isStream = response.headers.get('content-type') === 'text/event-stream';
  if (isStream) await response.body?.cancel();
  const text = isStream ? '' : await response.text();
  return { status: response.status, headers: Object.fromEntries(response.headers), text };
}
