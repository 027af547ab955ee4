import { expect, test } from 'vitest';
import { attachSynonyms } from '../../src/nlu/attach-synonyms.ts';
import { parseTrainingData } from '../../src/nlu/training-data.ts';

test('a listed word that is a synonym of another one is no value of its own', () => {
  const text = `nlu:
  - lookup: city
    examples: |
      - New York
      - NYC
      - Rome
  - synonym: New York
    examples: |
      - NYC
`;
  const { lists } = attachSynonyms(
    parseTrainingData([{ file: 'training-data/en/words.yml', text, locale: 'en' }]),
  );
  const values = lists.flatMap(({ entity, items }) =>
    items.map(({ value, forms }) => [entity, value, forms]),
  );

  expect(values).toEqual([
    ['city', 'New York', []],
    ['city', 'Rome', []],
    ['city', 'New York', ['NYC']],
  ]);
});
