import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Engine } from '../src/engine.ts';
import type * as Usher from '../src/index.ts';
import { openSmallBot, sendNowhere } from '../test/engine/small-bot.ts';

/** What turns are measured on. */
export interface Target extends AsyncDisposable {
  readonly engine: Engine;
  /** Messages that need no sign-in and lead nowhere, for ever. */
  readonly texts: readonly string[];
}

/**
 * Opens a bot of a few words, or the built engine with the trained shop bot of this repository.
 *
 * @param folder - Where its store lies.
 */
export async function openTarget(kind: string, folder: string): Promise<Target> {
  const file = join(folder, 'engine.sqlite');
  if (kind !== 'shop') {
    const bot = await openSmallBot({ file, ports: { channels: [sendNowhere] } });
    return { ...bot, texts: ['Where is my order?'], [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() };
  }
  const index = pathToFileURL(resolve('dist', 'index.js')).href;
  const { readBotFiles, loadBot, openBot } = (await import(index)) as typeof Usher;
  const bot = await loadBot(readBotFiles('.', process.env['USHER_STATE']), {});
  const running = await openBot(bot, {
    environment: {},
    channels: [sendNowhere],
    storeFile: file,
    stateDir: folder,
  });
  const texts = ['hello', 'where is my order?', 'never mind', 'thank you'];
  return { engine: running.engine, texts, [Symbol.asyncDispose]: () => running[Symbol.asyncDispose]() };
}
