import { expect, test } from 'vitest';
import { findWishes } from '../../../src/dialogue/interpret/find-wishes.ts';
import type { Wish } from '../../../src/dialogue/narrow-choices.ts';
import { understand, type Said } from './understand.ts';

const against = { kind: 'end', than: 'chosen', against: true } as const;
const cheaper = { ...against, attribute: 'price', end: 'least' } as const;
const later = { ...against, attribute: 'time', end: 'most' } as const;
const better = { ...against, attribute: 'rating', end: 'most' } as const;
const bigger = { ...against, attribute: 'size', end: 'most' } as const;

test.each<[string, Said['entities'], readonly Wish[]]>([
  ['that is more than I want to spend', [], [cheaper]],
  ["we can't afford that", [], [cheaper]],
  ['太贵了', [], [cheaper]],
  ['超出预算了', [], [cheaper]],
  ['hmm, too early in the morning', [], [later]],
  ['太早了，起不来', [], [later]],
  [
    'something under 100 euros',
    [['money', '100 euros', { amount: 100, currency: 'EUR' }]],
    [{ kind: 'limit', attribute: 'price', below: true, value: 100 }],
  ],
  [
    '100块以内',
    [['money', '100块', { amount: 100, currency: 'CNY' }]],
    [{ kind: 'limit', attribute: 'price', below: true, value: 100 }],
  ],
  [
    'leaving after 9',
    [['number', '9', 9]],
    [{ kind: 'limit', attribute: 'time', below: false, value: '09:00' }],
  ],
  [
    '九点以后的',
    [['time', '九点', '09:00']],
    [{ kind: 'limit', attribute: 'time', below: false, value: '09:00' }],
  ],
  [
    'without breakfast',
    [['feature', 'breakfast', 'breakfast']],
    [{ kind: 'has', value: 'breakfast', not: true }],
  ],
  ['the blue one', [], []],
  [
    'not so keen on two stars',
    [
      ['number', 'two', 2],
      ['detail', 'stars', 'stars'],
    ],
    [{ kind: 'has', value: 'stars', not: true, count: 2 }],
  ],
  ["that's quite a lot of money", [], [cheaper]],
  ['more than we had in mind', [], [cheaper]],
  ['超出我的预期了', [], [cheaper]],
  ['真贵啊', [], [cheaper]],
  ['太破费了', [], [cheaper]],
  ['thank you so much', [], []],
  ["my budget doesn't stretch to that", [], [cheaper]],
  ['这个价我接受不了', [], [cheaper]],
  ["I don't like that airline", [], [{ kind: 'other' }]],
  ['不太喜欢这家', [], [{ kind: 'other' }]],
  ["that's an ungodly hour", [], [later]],
  ['not nice enough', [], [better]],
  ['星级太低了', [], [better]],
  ["we won't all fit", [], [bigger]],
  ['后备箱装不下', [], [bigger]],
  ['something affordable', [], [{ kind: 'end', attribute: 'price', end: 'least', than: 'chosen' }]],
  [
    'my budget is 90 euros',
    [['money', '90 euros', { amount: 90, currency: 'EUR' }]],
    [{ kind: 'limit', attribute: 'price', below: true, value: 90 }],
  ],
  [
    'the one right after lunch',
    [],
    [
      { kind: 'limit', attribute: 'time', below: false, value: '12:00' },
      { kind: 'limit', attribute: 'time', below: true, value: '18:00' },
    ],
  ],
  [
    "we don't need five stars",
    [
      ['number', 'five', 5],
      ['detail', 'stars', 'stars'],
    ],
    [{ kind: 'has', value: 'stars', not: true, count: 5 }],
  ],
  ['that costs a fortune', [], [cheaper]],
  [
    '四星以上',
    [
      ['number', '四', 4],
      ['detail', '星', 'stars'],
    ],
    [{ kind: 'has', value: 'stars', not: false, count: 4, bound: 'least' }],
  ],
  ['火星', [['detail', '星', 'stars']], []],
  [
    'the noon one',
    [],
    [
      { kind: 'limit', attribute: 'time', below: false, value: '11:00' },
      { kind: 'limit', attribute: 'time', below: true, value: '14:00' },
    ],
  ],
  ['晚上到的别要', [], [{ kind: 'limit', attribute: 'time', below: true, value: '17:00' }]],
  ['not in the morning', [], [{ kind: 'limit', attribute: 'time', below: false, value: '12:00' }]],
  ['museums bore me', [['theme', 'museums', 'museum']], [{ kind: 'has', value: 'museum', not: true }]],
])('%s', (text, entities, wishes) => {
  const [segment] = understand(text, { entities: entities ?? [] }).segments;

  expect(findWishes(text, 0, segment?.entities ?? [], []).map(({ wish }) => wish)).toEqual(wishes);
});
