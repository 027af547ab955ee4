import { loadBot } from '../src/bot/load-bot.ts';
import { readBotFiles } from '../src/bot/bot-files.ts';
import { createDialogue } from '../src/dialogue/create-dialogue.ts';
import { createRealiser } from '../src/generation/icu-realiser.ts';
import type { Recognizer, Segment } from '../src/nlu/recognizer.ts';
import { openSmallBot, sendNowhere, type SmallBot } from '../test/engine/small-bot.ts';

/** What the shop's customers say here, and the intent that a recogniser finds in it. */
export const intentsOf: Readonly<Record<string, string>> = {
  hello: 'greet',
  'where is my order?': 'order_status',
  'never mind': 'cancel',
  'thank you': 'thank',
};

/**
 * Opens the shop's own flows on a recogniser that takes no time: what a turn costs outside understanding.
 *
 * Its understandings are as large as the real one's, so that what is written down of a turn is too.
 */
export async function openFlows(file: string): Promise<SmallBot> {
  const { program, config } = await loadBot(readBotFiles('.', process.env['USHER_STATE']), {});
  const [first = 'en', ...rest] = config.locales;
  return openSmallBot({
    file,
    settings: { locales: [first, ...rest], timeZone: config.time_zone },
    ports: {
      recognizer: instantRecognizer(Object.keys(program.flows)),
      dialogue: createDialogue(program, { timeZone: config.time_zone }),
      realiser: createRealiser(program.responses, { locales: config.locales, checked: true }),
      channels: [sendNowhere],
    },
  });
}

function instantRecognizer(intents: readonly string[]): Recognizer {
  const others = intents
    .slice(0, 9)
    .map((intent, at) => ({ intent, probability: 0.0123456789 / (at + 1), contextLogOdds: 0 }));
  const segmentOf = (text: string): Segment => ({
    ...{ start: 0, end: text.length, text, outOfScope: 0.0074596304, accepted: true, entities: [] },
    intents: [{ intent: intentsOf[text] ?? '', probability: 0.9654321012, contextLogOdds: 0.5 }, ...others],
    nearest: Array.from({ length: 3 }, () => ({
      text,
      intent: intentsOf[text] ?? '',
      similarity: 0.9102209806,
    })),
  });
  const articles = Array.from({ length: 9 }, (_, at) => ({
    ...{ article: `article-${at}`, title: `Article number ${at}`, locale: 'en', score: 0.0041846632 },
  }));
  return {
    modelId: 'instant',
    recognise: (text) =>
      Promise.resolve({
        ...{ text, locale: 'en', localeReliable: false, sentiment: 0, articles, notes: [] },
        segments: [segmentOf(text)],
      }),
  };
}
