import { expect, test } from 'vitest';
import type { Candidate } from '../../../src/nlu/entities/candidate.ts';
import { resolveOverlaps } from '../../../src/nlu/entities/resolve-overlaps.ts';

const paris = {
  entity: 'city',
  start: 5,
  end: 10,
  text: 'Paris',
  value: 'Paris',
  score: 0.9,
  asked: false,
} as const;

function candidate(changes: Partial<Candidate>): Candidate {
  return { ...paris, source: 'list', ...changes };
}

test('a list says what a word is, and the tagger which part it plays', () => {
  const found = resolveOverlaps([candidate({ value: 'PAR' }), candidate({ source: 'tagger', role: 'from' })]);

  expect(found).toMatchObject([{ source: 'list', value: 'PAR', role: 'from' }]);
});

test('a role is not taken from another entity', () => {
  const found = resolveOverlaps([
    candidate({}),
    candidate({ source: 'tagger', role: 'from', entity: 'name' }),
  ]);

  expect(found[0]?.role).toBeUndefined();
});
