import { expect, test } from 'vitest';
import { describeChanges } from '../../src/cli/model-changes.ts';

test('what changed is a line each, and many of a kind are counted', () => {
  const flipped = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((text) => ({
    text,
    before: 'track',
    after: 'none',
  }));
  expect(
    describeChanges({
      accuracyChange: -0.1,
      added: ['gift_card', 'repair'],
      removed: ['fax'],
      intents: [
        { intent: 'refund', before: 0.9, after: 0.6, mistaken: ['my "money"'] },
        { intent: 'track', before: 0.8, after: 0.9, mistaken: ['where'] },
      ],
      flipped,
    }),
  ).toEqual([
    '  new intents: gift_card, repair',
    '  intents gone: fax',
    '  refund: recall 90 % → 60 %, mistaken: "my \\"money\\""',
    '  track: recall 80 % → 90 %',
    '  "a": track → none',
    '  "b": track → none',
    '  "c": track → none',
    '  "d": track → none',
    '  "e": track → none',
    '  … and 2 more utterances of the golden dialogues are read differently',
  ]);
});

test('nothing changed, nothing said', () => {
  expect(describeChanges({ accuracyChange: 0, added: [], removed: [], intents: [], flipped: [] })).toEqual(
    [],
  );
});
