// One life of a built engine with the shop bot: node kill-shop-worker.mjs <folder> <fail point> <at> <engine>
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Usher from '../src/index.ts';
import { createLoggingChannel, killAt, serveLines } from './serve-lines.ts';

const [folder = '', failPoint = '', failAt = '0', builtEngine = '.'] = process.argv.slice(2);

const { readBotFiles, loadBot, openBot } = (await import(
  pathToFileURL(resolve(builtEngine, 'dist', 'index.js')).href
)) as typeof Usher;

const bot = await loadBot(readBotFiles('.', folder), {});
// Opening a bot finishes what a crash left.
await using running = await openBot(bot, {
  environment: {},
  channels: [createLoggingChannel(folder)],
  storeFile: join(folder, 'store.sqlite'),
  failPoints: killAt(failPoint, Number(failAt)),
});
await serveLines(running.engine);
