import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { segmentText, type ClauseReading } from '../../src/nlu/segment-text.ts';
import { splitClauses } from '../../src/nlu/split-clauses.ts';

function pieces(text: string): string[] {
  return splitClauses(text).map(({ start, end }) => text.slice(start, end).trim());
}

describe('clauses', () => {
  test.each([
    ['cancel the order and what about my coupon', ['cancel the order', 'and what about my coupon']],
    ['Where is KD204518? And cancel the other one.', ['Where is KD204518?', 'And cancel the other one.']],
    ['取消订单，另外查一下优惠券', ['取消订单', '，另外查一下优惠券']],
    ['where is my order', ['where is my order']],
    ['salt and pepper', ['salt and pepper']],
    [
      'cancel the hotel and tell me where my flight stands',
      ['cancel the hotel', 'and tell me where my flight stands'],
    ],
    ['a flight to Rome and a room there', ['a flight to Rome', 'and a room there']],
    ['订机票再帮我找个酒店', ['订机票', '再帮我找个酒店']],
  ])('"%s"', (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  test('together they are the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', ',', '.', '我', '，', '。', '\n'), maxLength: 60 }),
        (text) => {
          const clauses = splitClauses(text);
          expect(clauses.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        },
      ),
    );
  });
});

describe('segments', () => {
  const read = (text: string): ClauseReading => {
    const intent = /cancel/.test(text)
      ? 'cancel_order'
      : /coupon/.test(text)
        ? 'coupon'
        : /hi/.test(text)
          ? 'greet'
          : '';
    return { intent, probability: 0.95, accepted: intent !== '' };
  };
  const torn = [
    { intent: 'cancel_order', probability: 0.5 },
    { intent: 'coupon', probability: 0.4 },
    { intent: 'greet', probability: 0.1 },
  ];
  const cut = (text: string, ranked = torn): string[] =>
    segmentText(text, ranked, read).map(({ start, end }) => text.slice(start, end).trim());

  test('two requests are two segments', () => {
    expect(cut('cancel the order and what about my coupon')).toEqual([
      'cancel the order',
      'and what about my coupon',
    ]);
  });

  test('a greeting, and what is not understood, stay with the request beside them', () => {
    expect(cut('hi, so, cancel the order. it is late, and what about my coupon')).toEqual([
      'hi, so, cancel the order. it is late,',
      'and what about my coupon',
    ]);
  });

  const sure = [{ intent: 'cancel_order', probability: 0.97 }];

  test('a text that is sure of one intent is cut only where a word joins its requests', () => {
    const text = 'cancel the order. what about my coupon';
    expect(cut(text, sure)).toEqual([text]);
    expect(cut('cancel the order, and what about my coupon', sure)).toEqual([
      'cancel the order,',
      'and what about my coupon',
    ]);
  });

  test('a text that is sure of one intent is cut between two stretches of days', () => {
    const text = 'cancel the order of friday to sunday, the coupon is for monday to tuesday';
    const days = ['friday to sunday', 'monday to tuesday'].map((words) => {
      const start = text.indexOf(words);
      return { start, end: start + words.length, isStretchOfDays: true };
    });
    const cutAt = (stretches: typeof days) => segmentText(text, sure, read, stretches).length;
    expect([cutAt(days), cutAt(days.slice(0, 1))]).toEqual([2, 1]);
  });

  test('where each has its days, a request need not be sure of itself', () => {
    const text = 'cancel the order, friday to sunday, and the coupon, monday to tuesday';
    const days = ['friday to sunday', 'monday to tuesday'].map((words) => {
      const start = text.indexOf(words);
      return { start, end: start + words.length, isStretchOfDays: true };
    });
    const unsure = (clause: string): ClauseReading => ({
      ...read(clause),
      probability: 0.6,
      accepted: false,
    });
    const cutAt = (stretches: typeof days) => segmentText(text, torn, unsure, stretches).length;
    expect([cutAt(days), cutAt(days.slice(0, 1))]).toEqual([2, 1]);
  });

  test('clauses that ask for something only together are one request', () => {
    const together = (clause: string): ClauseReading => ({
      ...read(clause),
      accepted: /order.*12/.test(clause) || /coupon/.test(clause),
    });
    const text = 'cancel the order, number 12, and what about my coupon';
    expect(segmentText(text, torn, together)).toHaveLength(2);
  });

  test('a clause that is nothing but values is no request', () => {
    const text = 'cancel the order, coupon 12';
    const value = { start: 18, end: text.length, isStretchOfDays: false };
    expect([segmentText(text, torn, read).length, segmentText(text, torn, read, [value]).length]).toEqual([
      2, 1,
    ]);
  });

  test('values that surely ask for something, after a word that joins requests, do', () => {
    const text = 'cancel the order, and coupon 12';
    const value = { start: 22, end: text.length, isStretchOfDays: false };
    expect(segmentText(text, torn, read, [value])).toHaveLength(2);
  });

  test('a question after nothing but values is one of its own', () => {
    const text = '12 to 15 July, is the coupon included?';
    const value = { start: 0, end: 13, isStretchOfDays: true };
    expect(segmentText(text, torn, read, [value])).toHaveLength(2);
    expect(segmentText(text.replace('?', ''), torn, read, [value])).toHaveLength(1);
  });

  test.each([
    'sorry, cancel the order',
    'OK, cancel the order. thanks a lot!',
    '好的，cancel the order，谢谢',
  ])('courtesy is no request: "%s"', (text) => {
    const readAll = (clause: string): ClauseReading => ({
      ...read(clause),
      intent: /cancel/.test(clause) ? 'cancel_order' : 'coupon',
      accepted: true,
    });
    expect(segmentText(text, torn, readAll)).toEqual([{ start: 0, end: text.length }]);
  });
});
