import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Engine } from '../src/engine.ts';
import type * as Training from '../src/bot/train-bot.ts';
import type * as Usher from '../src/index.ts';
import { intentsOf, openFlows } from './open-flows.ts';
import { shopTexts } from './shop-texts.ts';
import { openSmallBot, sendNowhere } from '../test/engine/small-bot.ts';

/** What turns are measured on. */
export interface Target extends AsyncDisposable {
  readonly engine: Engine;
  /** Messages that need no sign-in and lead nowhere, for ever. */
  readonly texts: readonly string[];
}

/**
 * Opens a bot of a few words (`small`), the shop's flows without understanding (`flows`), or the built engine with the
 * trained shop bot of this repository (`shop`).
 *
 * `USHER_ENCODER` measures the shop with another encoder, or `none`: a model is trained for it first.
 *
 * @param folder - Where its store lies.
 */
export async function openTarget(kind: string, folder: string): Promise<Target> {
  const file = join(folder, 'engine.sqlite');
  if (kind === 'flows') {
    const bot = await openFlows(file);
    const texts = Object.keys(intentsOf);
    return { ...bot, texts, [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() };
  }
  if (kind !== 'shop') {
    const bot = await openSmallBot({ file, ports: { channels: [sendNowhere] } });
    return { ...bot, texts: ['Where is my order?'], [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() };
  }
  const { readBotFiles, loadBot, openBot } = await built<typeof Usher>('index.js');
  const encoder = process.env['USHER_ENCODER'];
  const state = encoder === undefined ? process.env['USHER_STATE'] : folder;
  const bot = await loadBot(
    readBotFiles('.', state),
    encoder === undefined ? {} : { USHER_ENCODER: encoder },
  );
  if (encoder !== undefined) await train(bot);
  const running = await openBot(bot, {
    environment: {},
    channels: [sendNowhere],
    storeFile: file,
    stateDir: folder,
  });
  const texts = shopTexts('.');
  return { engine: running.engine, texts, [Symbol.asyncDispose]: () => running[Symbol.asyncDispose]() };
}

/** A model of its own for an encoder that the bot was not trained with. */
async function train(bot: Usher.Bot): Promise<void> {
  const { trainBot, registryOf } = await built<typeof Training>('bot/train-bot.js');
  const { id } = await trainBot(bot, {});
  await registryOf(bot).promote(id, Date.now());
}

async function built<Module>(file: string): Promise<Module> {
  return (await import(pathToFileURL(resolve('dist', file)).href)) as Module;
}
