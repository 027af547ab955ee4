import { describe, expect, test } from 'vitest';
import { narrowChoices, type Wish } from '../../src/dialogue/narrow-choices.ts';

const hotels = [
  { id: 'inn', price: { amount: 60, currency: 'EUR' }, area: 'station', stars: 2, parking: false },
  { id: 'grand', price: { amount: 200, currency: 'EUR' }, area: 'centre', stars: 5, parking: true },
  { id: 'garden', price: { amount: 120, currency: 'EUR' }, area: 'centre', stars: 4, parking: false },
];

function left(wishes: readonly Wish[], chosen?: string): readonly unknown[] {
  const against = hotels.find(({ id }) => id === chosen);
  return narrowChoices(hotels, wishes, against).items.map((item) => (item as { id: string }).id);
}

describe('a list is narrowed by', () => {
  test.each<[string, Wish, string | undefined, readonly string[]]>([
    ['a feature', { kind: 'has', value: 'parking', not: false }, undefined, ['grand']],
    [
      'a feature it must not have',
      { kind: 'has', value: 'parking', not: true },
      undefined,
      ['inn', 'garden'],
    ],
    ['a word of a column', { kind: 'has', value: 'Centre', not: false }, undefined, ['grand', 'garden']],
    ['a number of something', { kind: 'has', value: 'stars', not: false, count: 4 }, undefined, ['garden']],
    [
      'so much of something at least',
      { kind: 'has', value: 'stars', not: false, count: 4, bound: 'least' },
      undefined,
      ['grand', 'garden'],
    ],
    ['a limit', { kind: 'limit', attribute: 'price', below: true, value: 120 }, undefined, ['inn', 'garden']],
    [
      'what beats the chosen one, the best first',
      { kind: 'end', attribute: 'price', end: 'least', than: 'chosen' },
      'grand',
      ['inn', 'garden'],
    ],
    [
      'nothing but its order, when none was chosen',
      { kind: 'end', attribute: 'price', end: 'most', than: 'chosen' },
      undefined,
      ['grand', 'garden', 'inn'],
    ],
    [
      'a reason that cannot be compared: anything but the chosen one',
      { kind: 'end', attribute: 'distance', end: 'least', than: 'chosen', against: true },
      'inn',
      ['grand', 'garden'],
    ],
    [
      'no wish that cannot be compared',
      { kind: 'end', attribute: 'time', end: 'most', than: 'chosen' },
      'inn',
      ['inn', 'grand', 'garden'],
    ],
  ])('%s', (_title, wish, chosen, ids) => {
    expect(left([wish], chosen)).toEqual(ids);
  });
});

test('a wish about what no item has says nothing about them', () => {
  const said = ['sauna', 'price'].map((value): Wish => ({ kind: 'has', value, not: false }));
  const { items, applied } = narrowChoices(hotels, said, undefined);

  expect(applied).toEqual([]);
  expect(items).toHaveLength(3);
});
