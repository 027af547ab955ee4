import { readBotFiles } from '../../src/bot/bot-files.ts';
import { loadBot } from '../../src/bot/load-bot.ts';
import { registryOf, trainBot } from '../../src/bot/train-bot.ts';

/** What is said to a bot under fire. */
interface SaidToBot {
  readonly text: (count: number) => string;
  readonly reply?: (text: string) => string;
}

const shopTexts = ['hello', 'where is my order?', 'never mind', 'thank you'];

export const saidTo: Readonly<Record<'small' | 'shop', SaidToBot>> = {
  small: { text: (count) => `message ${count}`, reply: (text) => `You said ${text}.` },
  shop: { text: (count) => shopTexts[count % shopTexts.length] ?? '' },
};

/** Trains this repository's bot into a state folder, with the environment's settings. */
export async function trainShop(
  stateFolder: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const bot = await loadBot(readBotFiles('.', stateFolder), environment);
  const { id } = await trainBot(bot, {});
  await registryOf(bot).promote(id, Date.now());
}

export function botNamed(name: string | undefined): 'small' | 'shop' {
  if (name === undefined || name === 'small' || name === 'shop') return name ?? 'small';
  throw new Error(`There is no bot "${name}": small or shop.`);
}
