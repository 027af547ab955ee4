import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedaction } from '../../src/generation/redact.ts';

describe('what looks personal is hidden', () => {
  test.each([
    ['write to ana.silva+x@mail.example.com please', 'write to [EMAIL_1] please'],
    ['我的邮箱是wang@qq.com，谢谢', '我的邮箱是[EMAIL_1]，谢谢'],
    ['call +49 (0)30 1234567 now', 'call [PHONE_1] now'],
    ['手机13800138000', '手机[PHONE_1]'],
    ['card 4111 1111 1111 1111', 'card [CARD_1]'],
    ['IBAN DE89 3704 0044 0532 0130 00', 'IBAN [IBAN_1]'],
    ['身份证11010519491231002X', '身份证[ID_1]'],
    ['order AB123456 please', 'order [NUMBER_1] please'],
    ['a@b.co and c@d.co and A@B.co', '[EMAIL_1] and [EMAIL_2] and [EMAIL_1]'],
    ['on 2026-11-22 I paid 49.90 for 2', 'on 2026-11-22 I paid 49.90 for 2'],
    ['I typed [EMAIL_1] myself', 'I typed (EMAIL_1) myself'],
  ])('%s', (text, hidden) => {
    expect(createRedaction([]).hide(text)).toBe(hidden);
  });
});

test('known values are hidden wherever they stand, the longer first', () => {
  const redaction = createRedaction([
    { text: 'Ana', class: 'name' },
    { text: 'Ana Silva', class: 'name' },
    { text: '张伟', class: 'name' },
    { text: '12 High St. (rear)', class: 'address' },
  ]);
  expect(redaction.hide('ana silva, Ana and Anastasia of 12 high st. (rear); 我叫张伟。')).toBe(
    '[NAME_1], [NAME_2] and Anastasia of [ADDRESS_1]; 我叫[NAME_3]。',
  );
});

test('a reply gets the values back, and one with an unknown placeholder is refused', () => {
  const redaction = createRedaction([]);
  redaction.hide('I am ana@mail.example');
  expect(redaction.restore('Thanks, [EMAIL_1].')).toBe('Thanks, ana@mail.example.');
  expect(redaction.restore('Thanks, [EMAIL_2].')).toBeUndefined();
});

test('hiding and restoring gives any text back that has no placeholders of its own', () => {
  const personal = fc.constantFrom(
    'ana@mail.example',
    '13800138000',
    'Ana',
    '4111111111111111',
    ' ',
    '。',
    'x',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(personal, fc.string({ maxLength: 6 }))), (parts) => {
      const text = parts.join('').replace(/[[\]]/g, '');
      const redaction = createRedaction([{ text: 'Ana', class: 'name' }]);
      expect(redaction.restore(redaction.hide(text))?.toLowerCase()).toBe(text.toLowerCase());
    }),
    { seed: 7 },
  );
});

test('a long hostile text is hidden in linear time', () => {
  for (const unit of ['1 ', 'a.', '@', 'AA00', '1-', '+(1)', 'a@a.'])
    expect(createRedaction([]).hide(unit.repeat(50_000)).length).toBeGreaterThan(0);
}, 5_000);
