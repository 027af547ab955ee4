import { expect, test } from 'vitest';
import { called, namesOf } from '../../../src/dialogue/interpret/called-slots.ts';
import { tripSlots } from './trip-part.ts';

const slots = tripSlots('city', 'departure_city', 'depart_on', 'return_on');

test.each<[string, readonly string[]]>([
  ['the departure city is wrong', ['departure_city']],
  ['the city is wrong', ['city']],
  ['change the return date', ['return_on']],
  ['change the return', ['return_on']],
  ['改一下出发城市', ['departure_city']],
  ['返回要改', ['return_on']],
  ['the departure city and the return date', ['departure_city', 'return_on']],
  ['the capacity is wrong', []],
  ['change it', []],
])('in "%s" people name %j', (text, names) => {
  expect(
    called(text, slots)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(names);
});

test('a slot is called by its name, its labels, and these without the word for its kind', () => {
  const [slot] = tripSlots('return_on');
  expect(slot && namesOf(slot)).toEqual(['return on', 'return date', '返回日期', 'return', '返回']);
});

test('a label of its kind alone is not shortened to nothing', () => {
  const [slot] = tripSlots('city');
  expect(slot && namesOf(slot)).toEqual(['city', '城市']);
});
