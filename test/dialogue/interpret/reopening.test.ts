import { expect, test } from 'vitest';
import { scoreOf } from '../../../src/dialogue/interpret/part.ts';
import { reopening } from '../../../src/dialogue/interpret/reopening.ts';
import { tripPart } from './trip-part.ts';

test.each(['change the return date', 'sorry, the return date is wrong', '返回日期不对'])(
  '"%s" asks for that day again',
  (text) => {
    const [reading, ...more] = reopening(tripPart('wishes', text), 0);
    expect(reading?.commands).toEqual([{ kind: 'correct_slot', slot: 'return_on', value: null, text }]);
    expect(more).toEqual([]);
  },
);

test.each<[string, string | undefined, string]>([
  ['what is not known yet', 'city', 'change the return date'],
  ['a name without a word that takes it back', 'wishes', 'the return date'],
  ['two names', 'wishes', 'change the departure date and the return date'],
  ['no name', 'wishes', 'change it'],
  ['a name while nothing goes on', undefined, 'change the return date'],
])('%s is asked for by nobody', (_, asked, text) => {
  expect(reopening(tripPart(asked, text), 0)).toEqual([]);
});

function score(text: string, elsewhere: number): number {
  const [reading] = reopening(tripPart('wishes', text), elsewhere);
  return reading ? scoreOf(reading.terms) : -Infinity;
}

test('words beside the name are the likelier to mean something else, the more of them there are', () => {
  const bare = score('change the return date', 0.9);
  expect(bare).toBeGreaterThan(score('change the return date because Tuesday is when my aunt comes', 0.9));
  expect(bare).toBeCloseTo(score('change the return date', 0));
});
