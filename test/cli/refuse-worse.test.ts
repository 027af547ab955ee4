import { expect, test } from 'vitest';
import { refuseWorse } from '../../src/cli/ensure-model.ts';
import type { ModelManifest } from '../../src/nlu/trained-model.ts';

const manifest = (encoder: string, heldOutAccuracy: number): ModelManifest =>
  ({ id: 'model', encoder, metrics: { heldOutAccuracy } }) as ModelManifest;

test('a model that lost more than is allowed is refused, and what changed is told', () => {
  const refuse = (): void =>
    refuseWorse(manifest('none', 0.8), manifest('none', 0.9), 0.05, ['  intents gone: fax']);
  expect(refuse).toThrow(
    'The new model model gets 80.0 % of held-out utterances right, 10.0 % less than the promoted one; 5.0 % is allowed.\n  intents gone: fax',
  );
});

test.each([
  ['it lost less than is allowed', manifest('none', 0.88), manifest('none', 0.9)],
  ['it is the first', manifest('none', 0.5), undefined],
  ['the promoted one has another encoder', manifest('none', 0.7), manifest('bundled', 0.9)],
])('a model is not refused when %s', (_why, next, previous) => {
  expect(() => refuseWorse(next, previous, 0.05, [])).not.toThrow();
});
