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

test('a listed word inside a longer quantity is a part of it, what the author annotated there is not', () => {
  const day = candidate({ source: 'recogniser', entity: 'date', start: 3, end: 9, text: '2 July' });
  const two = { start: 3, end: 4, text: '2' };

  expect(resolveOverlaps([day, candidate({ ...two, entity: 'guests' })])).toMatchObject([{ entity: 'date' }]);
  expect(resolveOverlaps([day, candidate({ ...two, source: 'tagger', entity: 'day' })])).toMatchObject([
    { entity: 'day' },
  ]);
});
