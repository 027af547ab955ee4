import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBundledEncoder } from '../../src/nlu/encoder/bundled-encoder.ts';
import type { Encoder } from '../../src/nlu/encoder/encoder.ts';
import { openRecognizer } from '../../src/nlu/load-recognizer.ts';
import type { RecognitionContext, Recognizer, Understanding } from '../../src/nlu/recognizer.ts';
import { trainModel } from '../../src/nlu/train-model.ts';
import type { TrainedModel } from '../../src/nlu/trained-model.ts';
import type { TrainingExample } from '../../src/nlu/training-example.ts';
import { smallBot } from './small-bot.ts';

const context: RecognitionContext = { requested: [], locale: 'en', now: 0, timeZone: 'UTC' };
const described = (intent: string, ...texts: readonly string[]): readonly TrainingExample[] =>
  texts.map((text) => ({ text, intent, locale: 'en', entities: [] }));

let encoder: Encoder;
let model: TrainedModel;
let recognizer: Recognizer;

/** English examples alone, and two tasks that are described and have none. */
beforeAll(async () => {
  encoder = createBundledEncoder();
  const data = {
    ...smallBot,
    examples: ['track_order', 'request_refund'].flatMap((intent) =>
      smallBot.examples.filter((one) => one.locale === 'en' && one.intent === intent).slice(0, 5),
    ),
    descriptions: [
      ...described(
        'change_address',
        'change the address',
        'change the address?',
        'The customer has moved house.',
      ),
      ...described(
        'book_repair',
        'book a repair',
        'book a repair?',
        'Something is broken and should be mended.',
      ),
    ],
  };
  model = await trainModel(data, { locales: ['en', 'zh'], builtin: false, encoder });
  recognizer = openRecognizer(model, { encoder });
}, 240_000);
afterAll(() => encoder[Symbol.asyncDispose]());

const best = ({ segments }: Understanding): string | undefined => segments[0]?.intents[0]?.intent;
const certainty = ({ segments }: Understanding): number => segments[0]?.intents[0]?.probability ?? 1;

describe('a task without examples', () => {
  test.each([
    ['I want to change my address', 'change_address'],
    ['please use my new address', 'change_address'],
    ['can somebody fix my broken chair', 'book_repair'],
    ['I need a repair', 'book_repair'],
  ])('is recognised by its name and description: "%s"', async (text, intent) => {
    expect(best(await recognizer.recognise(text, context))).toBe(intent);
  });

  test('is begun less surely than one with examples', async () => {
    const taught = await recognizer.recognise('I would like my money back please', context);
    const told = await recognizer.recognise('please use my new address', context);
    expect(best(taught)).toBe('request_refund');
    expect(certainty(told)).toBeLessThan(certainty(taught));
  });
});

describe('a language without examples', () => {
  test.each([
    ['wo ist meine Bestellung geblieben', 'en', 'de', 'track_order'],
    ['je voudrais être remboursé', 'en', 'fr', 'request_refund'],
    ['我的订单到哪里了', 'zh', 'zh', 'track_order'],
    ['我想把钱拿回来', 'zh', 'zh', 'request_refund'],
  ])('is understood by what was learned in others: "%s"', async (text, locale, language, intent) => {
    const understanding = await recognizer.recognise(text, { ...context, locale: 'en' });
    expect(best(understanding)).toBe(intent);
    expect(understanding.locale).toBe(locale);
    expect(understanding.notes).toEqual([
      `nothing was learned in '${language}': understood by meaning alone`,
    ]);
  });

  test('is not what was learned in', async () => {
    expect(model.manifest.learned).toEqual(['en']);
    expect((await recognizer.recognise('where is my order', context)).notes).toEqual([]);
  });

  test('is left to the n-grams when the encoder fails, and the notes say so', async () => {
    const failing: Encoder = { ...encoder, id: encoder.id, encode: () => Promise.reject(new Error('down')) };
    const { notes, segments } = await openRecognizer(model, { encoder: failing }).recognise(
      'wo ist meine Bestellung geblieben',
      context,
    );
    expect(segments).toHaveLength(1);
    expect(notes).toContain('encoder failed, n-grams decided alone: down');
  });
});

test('a model refuses an encoder that it was not trained with, with the fix', () => {
  const other: Encoder = { ...encoder, id: 'f'.repeat(64), encode: () => Promise.resolve([]) };
  expect(() => openRecognizer(model, { encoder: other })).toThrow(
    expect.objectContaining({
      code: 'ENCODER_MISMATCH',
      message: expect.stringContaining('was trained with the encoder') as string,
      fix: expect.stringContaining('usher train') as string,
    }) as Error,
  );
});

test('a bot with entities and no intents learns them beside an encoder', async () => {
  const text = 'a table for two in Lyon';
  const examples = [
    {
      text,
      intent: undefined,
      locale: 'en',
      entities: [{ entity: 'city', value: 'Lyon', text: 'Lyon', start: 19, end: 23 }],
    },
  ];
  const entitiesAlone = await trainModel(
    { ...smallBot, examples },
    { locales: ['en'], builtin: false, encoder },
  );
  const { segments } = await openRecognizer(entitiesAlone, { encoder }).recognise(text, context);
  expect(segments[0]?.entities.map(({ entity }) => entity)).toContain('city');
});
