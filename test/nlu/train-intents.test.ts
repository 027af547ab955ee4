import { describe, expect, test } from 'vitest';
import { createDenseClassifier, type DenseWeights } from '../../src/nlu/encoder/dense-classifier.ts';
import { sideBySide } from '../../src/nlu/fit-sentences.ts';
import { classify, createWorkspace } from '../../src/nlu/intent-classifier.ts';
import { nearnessWeights } from '../../src/nlu/name-nearness.ts';
import { createRandom } from '../../src/nlu/random.ts';
import { defaultIntentSettings, trainIntents } from '../../src/nlu/train-intents.ts';
import type { TrainingExample } from '../../src/nlu/training-example.ts';

const intents = ['track_order', 'request_refund', 'open_account'];
const random = createRandom(5);

/** Words that tell n-grams nothing, with vectors that tell the intents apart. */
const examples: readonly TrainingExample[] = intents.flatMap((intent) =>
  Array.from({ length: 12 }, (_, index) => ({
    text: Array.from({ length: 4 }, () => random().toString(36).slice(2, 7)).join(' ') + String(index),
    intent,
    locale: 'en',
    entities: [],
  })),
);
const byText = new Map(
  [...examples, ...intents.map((intent) => ({ text: intent.replace('_', ' '), intent }))].map(
    ({ text, intent }) => {
      const vector = new Float32Array(8).map(() => (random() - 0.5) / 4);
      vector[intents.indexOf(intent ?? '')] = 1;
      return [text, vector] as const;
    },
  ),
);

describe('n-grams and sentence vectors together', () => {
  test('what folds hold out is judged by both, and the one that tells more weighs more', async () => {
    const alone = await trainIntents(examples, [], defaultIntentSettings);
    const stacked = await trainIntents(examples, [], defaultIntentSettings, {}, { dimensions: 8, byText });

    expect(alone.heldOut?.accuracy).toBeLessThan(0.7);
    expect(stacked.heldOut?.accuracy).toBeGreaterThan(0.9);
    const { ngrams = 1, sentences = 0 } = stacked.model.sentences?.stack ?? {};
    expect(sentences).toBeGreaterThan(ngrams);
  });

  test('the fit on everything is announced once, before the work is done', async () => {
    const events: string[] = [];
    await trainIntents(examples, [], defaultIntentSettings, {
      onFitted: () => events.push('fitted'),
      onProgress: (share) => events.push(share === 1 ? 'done' : 'step'),
    });
    expect(events.filter((event) => event === 'fitted')).toHaveLength(1);
    expect(events.indexOf('fitted')).toBeLessThan(events.indexOf('done'));
  });
});

test('classifiers side by side give the weighted sum of their logits', () => {
  const part = (seed: number): DenseWeights => {
    const draw = createRandom(seed);
    const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, () => draw() - 0.5);
    return {
      ...{ inputs: 4, hidden: 8, classes: 3 },
      ...{ first: numbers(32), firstBias: numbers(8), second: numbers(24), secondBias: numbers(3) },
    };
  };
  const parts = [part(1), part(2), part(3)].map((weights, place) => ({ weights, share: (place + 1) / 4 }));
  const vector = Float32Array.of(0.5, -0.5, 0.5, 0.5);
  const together = [...createDenseClassifier(sideBySide(parts)).logits(vector)];
  const each = parts.map(({ weights, share }) =>
    [...createDenseClassifier(weights).logits(vector)].map((logit) => logit * share),
  );
  for (const [c, logit] of together.entries()) {
    expect(logit).toBeCloseTo(
      each.reduce((sum, logits) => sum + (logits[c] ?? 0), 0),
      2,
    );
  }
});

describe('names alone', () => {
  test('an intent counts by the mean cosine of both parts of its vector', () => {
    // Two intents of one row and of two, each row two unit vectors of two numbers.
    const rows = Float32Array.of(1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 1, 0);
    const classifier = createDenseClassifier(nearnessWeights(rows, [0, 1, 1], 2, 2));
    const [first = 0, second = 0] = classifier.logits(Float32Array.of(0.6, 0.8, 0, 1));
    expect(first).toBeCloseTo((20 * (0.6 + 1)) / 2, 0);
    expect(second).toBeCloseTo((20 * (0.8 + Math.SQRT1_2)) / 2, 0);
  });

  test('are sure of a text as near as a paraphrase, and not of one between two names', async () => {
    const names = intents.map((intent) => ({
      ...{ text: intent.replace('_', ' '), intent, locale: 'en', entities: [] },
    }));
    const { model } = await trainIntents(names, [], defaultIntentSettings, {}, { dimensions: 8, byText });
    const work = createWorkspace(model);
    const certainty = (vector: Float32Array): number => {
      classify(model, 'unknown words', work, vector);
      return Math.max(...work.probabilities);
    };
    expect(certainty(Float32Array.of(0.9, 0, 0, 0, 0, 0, 0, 0.44))).toBeGreaterThan(0.9);
    expect(certainty(Float32Array.of(0.6, 0.6, 0, 0, 0, 0, 0, 0.53))).toBeLessThan(0.65);
  });
});
