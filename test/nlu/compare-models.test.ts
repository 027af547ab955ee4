import { expect, test } from 'vitest';
import { compareModels } from '../../src/nlu/compare-models.ts';
import type { Recognizer } from '../../src/nlu/recognizer.ts';
import type { ModelManifest } from '../../src/nlu/trained-model.ts';

function manifest(heldOutAccuracy: number, heldOutRecall: Record<string, number>): ModelManifest {
  return {
    format: 1,
    id: 'x',
    engineVersion: '0',
    icu: '0',
    locales: ['en'],
    learned: ['en'],
    dataHash: '',
    seed: 1,
    wrongCost: 3,
    encoder: 'none',
    metrics: {
      examples: 10,
      intents: 2,
      heldOutAccuracy,
      heldOutRecall,
      confusions: [{ expected: 'refund', predicted: 'track', count: 2, texts: ['money where', 'my money'] }],
      temperature: 1,
      threshold: 0.5,
      rejectorBasis: 'examples',
    },
    files: { 'intents.bin': '', 'entities.bin': '', 'sentiment.json': '' },
  };
}

/** Understands what its table says; everything else is not acted on. */
function recognizer(table: Record<string, string>): Recognizer {
  return {
    modelId: 'x',
    recognise: (text) => {
      const intent = table[text];
      const intents = [{ intent: intent ?? 'track', probability: 0.9, contextLogOdds: 0 }];
      const segment = { start: 0, end: text.length, text, intents, outOfScope: 0, entities: [], nearest: [] };
      return Promise.resolve({
        ...{ text, locale: 'en', localeReliable: true, sentiment: 0, articles: [], notes: [] },
        segments: [{ ...segment, accepted: intent !== undefined }],
      });
    },
  };
}

test('what flipped, what moved, what came and went', async () => {
  const before = {
    manifest: manifest(0.9, { refund: 0.9, track: 0.8, old: 1 }),
    recognizer: recognizer({ 'my money': 'refund', hello: 'greet' }),
  };
  const after = {
    manifest: manifest(0.85, { refund: 0.6, track: 0.82, new: 1 }),
    recognizer: recognizer({ 'my money': 'track', hello: 'greet' }),
  };
  const comparison = await compareModels(before, after, ['my money', 'hello', 'xyz', 'my money']);
  expect(comparison).toEqual({
    accuracyChange: expect.closeTo(-0.05, 10) as number,
    intents: [{ intent: 'refund', before: 0.9, after: 0.6, mistaken: ['money where', 'my money'] }],
    added: ['new'],
    removed: ['old'],
    flipped: [{ text: 'my money', before: 'refund', after: 'track' }],
  });
});
