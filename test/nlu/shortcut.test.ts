import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Encoder } from '../../src/nlu/encoder/encoder.ts';
import { decodeIntentModel, encodeIntentModel } from '../../src/nlu/intent-model-bytes.ts';
import { openRecognizer } from '../../src/nlu/load-recognizer.ts';
import type { ArticleSearch, RecognitionContext } from '../../src/nlu/recognizer.ts';
import { fitShortcut, neverSure, type ShortcutRow } from '../../src/nlu/shortcut.ts';
import { trainModel } from '../../src/nlu/train-model.ts';
import type { TrainedModel } from '../../src/nlu/trained-model.ts';
import { smallBot } from './small-bot.ts';

const right = { inScope: true, alone: true, together: true };
const worse = { inScope: true, alone: false, together: true };
const better = { inScope: true, alone: true, together: false };
const actedOn = { inScope: false, alone: false, together: true };

function rows(count: number, row: Omit<ShortcutRow, 'confidence'>, confidence: number): ShortcutRow[] {
  return Array.from({ length: count }, () => ({ ...row, confidence }));
}

describe('the shortcut', () => {
  test('reaches down to the thresholds where the encoder never helped', () => {
    expect(fitShortcut([...rows(500, right, 0.9), ...rows(5, better, 0.95)], 0.6)).toBe(0.6);
  });

  test('stops above the most confident text that only the encoder understands', () => {
    const threshold = fitShortcut([...rows(500, right, 0.9), ...rows(1, worse, 0.8)], 0.6);
    expect(threshold).toBe(0.8);
  });

  test('lets one text in a thousand come out worse', () => {
    expect(fitShortcut([...rows(999, right, 0.9), ...rows(1, worse, 0.8)], 0.6)).toBe(0.6);
    expect(fitShortcut([...rows(998, right, 0.9), ...rows(2, worse, 0.8)], 0.6)).toBe(0.8);
  });

  test('counts texts out of scope on their own', () => {
    expect(
      fitShortcut([...rows(5000, right, 0.9), ...rows(40, actedOn, 0.5), ...rows(1, actedOn, 0.8)], 0.6),
    ).toBe(0.8);
  });

  test('is never taken where little was held out', () => {
    expect(fitShortcut([], 0.6)).toBe(neverSure);
    expect(fitShortcut(rows(299, right, 0.9), 0.6)).toBe(neverSure);
    expect(fitShortcut(rows(300, right, 0.9), 0.6)).toBe(0.6);
  });

  test('costs at most one right answer in a thousand on the rows it is fitted on', () => {
    const row = fc.record({
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      inScope: fc.constant(true),
      alone: fc.boolean(),
      together: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 300, maxLength: 600 }), (all) => {
        const threshold = fitShortcut(all, 0.1);
        const shipped = all.filter((one) => (one.confidence > threshold ? one.alone : one.together));
        expect(shipped.length).toBeGreaterThanOrEqual(all.filter(({ together }) => together).length * 0.999);
      }),
    );
  });
});

const context: RecognitionContext = { requested: [], now: Date.UTC(2026, 0, 15), timeZone: 'UTC' };

/** An encoder of a few numbers from the text's letters, that counts what it is asked. */
function countingEncoder(): Encoder & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    id: 'letters',
    dimensions: 16,
    pooledDimensions: 0,
    encode: (texts) => {
      asked.push(...texts);
      return Promise.resolve(
        texts.map((text) => {
          const sentence = new Float32Array(16).fill(0.1);
          for (const letter of text) {
            const place = letter.charCodeAt(0) % 16;
            sentence[place] = (sentence[place] ?? 0) + 1;
          }
          const length = Math.hypot(...sentence);
          return { sentence: sentence.map((value) => value / length) };
        }),
      );
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The model with its shortcut set. */
function withShortcut(model: TrainedModel, shortcut: number): TrainedModel {
  const intents = decodeIntentModel(model.files['intents.bin']);
  const bytes = encodeIntentModel({
    ...intents,
    sentences: intents.sentences && { ...intents.sentences, shortcut },
  });
  return { ...model, files: { ...model.files, 'intents.bin': bytes } };
}

describe('a recogniser with a shortcut', async () => {
  const trained = await trainModel(smallBot, { locales: ['en', 'zh'], encoder: countingEncoder() });
  const sure = withShortcut(trained, 0.2);

  test('asks the encoder about what n-grams are not sure of, and only that', async () => {
    const encoder = countingEncoder();
    const recognizer = openRecognizer(sure, { encoder });

    const known = await recognizer.recognise('where is my parcel', context);
    expect(encoder.asked).toEqual([]);
    expect(known.segments[0]).toMatchObject({ shortcut: true, accepted: true });
    expect(known.segments[0]?.intents[0]?.intent).toBe('track_order');

    const unknown = await recognizer.recognise('qwpoeiru zxmcnvb', context);
    expect(encoder.asked).toEqual(['qwpoeiru zxmcnvb']);
    expect(unknown.segments[0]?.shortcut).toBeUndefined();
  });

  test('asks about everything when told not to take it, and when training found none', async () => {
    const encoder = countingEncoder();
    const never = openRecognizer(withShortcut(trained, neverSure), { encoder });
    const { segments } = await never.recognise('where is my parcel', context);
    await openRecognizer(sure, { encoder, shortcut: false }).recognise('where is my parcel', context);

    expect(segments[0]?.shortcut).toBeUndefined();
    expect(encoder.asked).toEqual(['where is my parcel', 'where is my parcel']);
  });

  test('searches no articles when it was taken', async () => {
    const searched: string[] = [];
    const articles: ArticleSearch = {
      search: (text) => {
        searched.push(text);
        return Promise.resolve([]);
      },
    };
    const recognizer = openRecognizer(sure, { encoder: countingEncoder(), articles });
    await recognizer.recognise('where is my parcel', context);
    await recognizer.recognise('qwpoeiru zxmcnvb', context);

    expect(searched).toEqual(['qwpoeiru zxmcnvb']);
  });

  test('survives being written and read', () => {
    expect(decodeIntentModel(sure.files['intents.bin']).sentences?.shortcut).toBe(0.2);
  });
});
