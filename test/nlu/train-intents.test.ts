import { describe, expect, test } from 'vitest';
import { createDenseClassifier, type DenseWeights } from '../../src/nlu/encoder/dense-classifier.ts';
import { sideBySide } from '../../src/nlu/fit-sentences.ts';
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

test('classifiers side by side give the mean of their logits', () => {
  const part = (seed: number): DenseWeights => {
    const draw = createRandom(seed);
    const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, () => draw() - 0.5);
    return {
      ...{ inputs: 4, hidden: 8, classes: 3 },
      ...{ first: numbers(32), firstBias: numbers(8), second: numbers(24), secondBias: numbers(3) },
    };
  };
  const parts = [part(1), part(2), part(3)];
  const vector = Float32Array.of(0.5, -0.5, 0.5, 0.5);
  const together = [...createDenseClassifier(sideBySide(parts)).logits(vector)];
  const each = parts.map((weights) => [...createDenseClassifier(weights).logits(vector)]);
  for (const [c, logit] of together.entries()) {
    expect(logit).toBeCloseTo(each.reduce((sum, logits) => sum + (logits[c] ?? 0), 0) / parts.length, 2);
  }
});
