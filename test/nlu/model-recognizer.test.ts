import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadRecognizer, openRecognizer } from '../../src/nlu/load-recognizer.ts';
import { writeModel } from '../../src/nlu/model-folder.ts';
import type { RecognitionContext, Recognizer } from '../../src/nlu/recognizer.ts';
import type { TrainedModel } from '../../src/nlu/trained-model.ts';
import { trainSmallBot } from './small-bot.ts';

const context: RecognitionContext = {
  requested: [],
  now: Date.parse('2026-11-22T09:00:00Z'),
  timeZone: 'Europe/Paris',
};

let model: TrainedModel;
let recognizer: Recognizer;
let folder: string;

beforeAll(async () => {
  model = await trainSmallBot();
  recognizer = openRecognizer(model);
  folder = await mkdtemp(join(tmpdir(), 'usher-model-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a trained recogniser', () => {
  test.each([
    ['where is my order now', 'en', 'track_order'],
    ['could I have my money back', 'en', 'request_refund'],
    ['查一下我的订单', 'zh', 'track_order'],
    ['我想退款', 'zh', 'request_refund'],
    ['yes please', 'en', 'affirm'],
    ['好的', 'zh', 'affirm'],
    ['I want to talk to a human', 'en', 'handoff'],
    ['转人工', 'zh', 'handoff'],
  ])('"%s" in %s is %s', async (text, locale, intent) => {
    const understanding = await recognizer.recognise(text, context);
    expect(understanding.locale).toBe(locale);
    expect(understanding.segments[0]?.intents[0]?.intent).toBe(intent);
  });

  test('a training utterance is accepted with itself as the nearest', async () => {
    const { segments } = await recognizer.recognise('where is my parcel', context);
    expect(segments[0]).toMatchObject({ accepted: true, nearest: [{ text: 'where is my parcel' }, {}, {}] });
  });

  test.each([
    ['gibberish', 'qwpoeiru zxmcnvb'],
    ['an empty text', ''],
    ['emoji', '🦄🦄🦄'],
    ['another language', 'где мой заказ'],
    ['a hundred kilobytes', 'lorem ipsum '.repeat(9000)],
    ['control characters', '\u0000\u0001\u0002'],
  ])('%s is not acted on', async (_, text) => {
    const { segments } = await recognizer.recognise(text, context);
    expect(segments.length).toBeGreaterThan(0);
    expect(segments.every(({ accepted }) => !accepted)).toBe(true);
  });

  test('probabilities are ranked and sum to at most one', async () => {
    const { segments } = await recognizer.recognise('refund order', context);
    const probabilities = (segments[0]?.intents ?? []).map(({ probability }) => probability);
    expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(1 + 1e-6);
  });

  test('an entity of the bot is found where it stands', async () => {
    const { segments } = await recognizer.recognise('track order CD111222', context);
    expect(segments[0]?.entities).toContainEqual(
      expect.objectContaining({ entity: 'order_id', start: 12, end: 20, text: 'CD111222' }),
    );
  });

  test('anger and pleasure show', async () => {
    expect((await recognizer.recognise('this is terrible, I am furious', context)).sentiment).toBeLessThan(
      -0.5,
    );
    expect((await recognizer.recognise('great, thank you', context)).sentiment).toBeGreaterThan(0.3);
    expect((await recognizer.recognise('太差了，垃圾', context)).sentiment).toBeLessThan(-0.5);
  });
});

describe('a model', () => {
  test('the same data and seed give the same bytes, another seed others', async () => {
    const again = await trainSmallBot();
    expect(again.manifest).toEqual(model.manifest);
    expect((await trainSmallBot(2)).manifest.id).not.toBe(model.manifest.id);
  });

  test('what was written understands as what was trained', async () => {
    const loaded = await loadRecognizer(await writeModel(folder, model));
    const text = 'when does my refund arrive';
    expect(await loaded.recognise(text, context)).toEqual(await recognizer.recognise(text, context));
  });

  test('a missing folder is MODEL_MISSING', async () => {
    await expect(loadRecognizer(join(folder, 'nothing'))).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      fix: expect.stringContaining('usher train') as string,
    });
  });

  test.each([
    ['half-written', async (path: string) => writeFile(path, (await readFile(path)).subarray(0, 1000))],
    ['removed', (path: string) => rm(path)],
    [
      'flipped',
      async (path: string) => {
        const bytes = await readFile(path);
        bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
        await writeFile(path, bytes);
      },
    ],
  ])('a file that was %s is MODEL_INVALID', async (name, damage) => {
    const copy = join(folder, name);
    await cp(await writeModel(folder, model), copy, { recursive: true });
    await damage(join(copy, 'intents.bin'));
    await expect(loadRecognizer(copy)).rejects.toMatchObject({ code: 'MODEL_INVALID' });
  });

  test('training stops when it is told to', async () => {
    const { trainModel } = await import('../../src/nlu/train-model.ts');
    const { smallBot } = await import('./small-bot.ts');
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(trainModel(smallBot, { locales: ['en', 'zh'], signal })).rejects.toThrow('enough');
  });
});
