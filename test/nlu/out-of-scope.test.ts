import { beforeAll, describe, expect, test } from 'vitest';
import { openRecognizer } from '../../src/nlu/load-recognizer.ts';
import type { Recognizer, Segment } from '../../src/nlu/recognizer.ts';
import { trainModel } from '../../src/nlu/train-model.ts';
import { smallBot } from './small-bot.ts';

/** Near the tasks in their words, so that only being examples of out of scope can tell them apart. */
const outside = [
  'where is my nearest shop',
  'where is my local branch',
  'when does the shop open',
  'how much money does a parcel cost',
  'do you pack my order in paper',
  'give me a job please',
  'can I get a job at your shop',
  'when does my local shop close',
];

const train = async (extra: readonly string[]): Promise<Recognizer> =>
  openRecognizer(
    await trainModel(
      {
        ...smallBot,
        examples: [
          ...smallBot.examples,
          ...extra.map((text) => ({ text, intent: 'oos', locale: 'en', entities: [] })),
        ],
      },
      { locales: ['en', 'zh'] },
    ),
  );

const read = async (recognizer: Recognizer, text: string): Promise<Segment | undefined> =>
  (await recognizer.recognise(text, { requested: [], now: 0, timeZone: 'UTC' })).segments[0];

describe('examples of out of scope', () => {
  let without: Recognizer;
  let taught: Recognizer;
  beforeAll(async () => {
    [without, taught] = [await train([]), await train(outside)];
  });

  test.each(outside)('"%s" is not acted on, and no intent of its own', async (text) => {
    const segment = await read(taught, text);
    expect(segment).toMatchObject({ accepted: false });
    expect(segment?.outOfScope).toBeGreaterThan(0.5);
    expect(segment?.intents.map(({ intent }) => intent)).not.toContain('oos');
  });

  test('what they teach holds for what is like them', async () => {
    const text = 'when does your local branch close';
    expect((await read(taught, text))?.outOfScope).toBeGreaterThan(
      ((await read(without, text))?.outOfScope ?? 1) + 0.3,
    );
  });

  test.each(['where is my order', 'I want my money back', '我要退款'])(
    'the tasks beside them are still accepted: "%s"',
    async (text) => {
      expect(await read(taught, text)).toMatchObject({ accepted: true });
    },
  );
});
