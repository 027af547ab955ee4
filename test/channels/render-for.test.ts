import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderFor } from '../../src/channels/render-for.ts';
import { splitText } from '../../src/channels/split-text.ts';
import type { Message } from '../../src/message.ts';

const all = { buttons: true, maxButtons: 2, links: true, images: true, maxTextLength: 1000 };
const none = { buttons: false, maxButtons: 0, links: false, images: false, maxTextLength: 1000 };

const rich: Message = {
  text: 'Which?',
  locale: 'en',
  buttons: [{ title: 'Red', payload: { kind: 'text', text: 'red' } }],
  links: [{ title: 'Colours', url: 'https://shop.example/colours' }],
  image: 'https://shop.example/red.png',
};

describe('rendering for a channel', () => {
  test('that shows everything changes nothing', () => {
    expect(renderFor(all, [rich])).toEqual([rich]);
  });

  test('that shows only text makes text of everything', () => {
    expect(renderFor(none, [rich])).toEqual([
      {
        text: 'Which?\n1. Red\nColours: https://shop.example/colours\nhttps://shop.example/red.png',
        locale: 'en',
      },
    ]);
  });

  test('more buttons than it can show become a numbered list', () => {
    const [button] = rich.buttons ?? [];
    const buttons = button ? [button, button, button] : [];
    expect(renderFor(all, [{ text: 'Which?', locale: 'en', buttons }])).toEqual([
      { text: 'Which?\n1. Red\n2. Red\n3. Red', locale: 'en' },
    ]);
  });

  test('a long text is split, with the picture first and the buttons last', () => {
    const shown = renderFor({ ...all, maxTextLength: 10 }, [{ ...rich, text: 'One two. Three four.' }]);
    expect(shown.map(({ text }) => text)).toEqual(['One two.', 'Three', 'four.']);
    expect(shown.map(({ image, buttons }) => [image !== undefined, buttons !== undefined])).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
  });
});

describe('splitting a text', () => {
  test.each([
    ['One two. Three four. Five.', 12, ['One two.', 'Three four.', 'Five.']],
    ['First.\n\nSecond one here.', 20, ['First.', 'Second one here.']],
    ['你好。我想退款。请帮我。', 6, ['你好。', '我想退款。', '请帮我。']],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 12, ['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦']],
    ['short', 10, ['short']],
  ])('%j at %d', (text, maxLength, parts) => {
    expect(splitText(text, maxLength)).toEqual(parts);
  });

  test('loses nothing but space, and keeps to the length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 1, max: 50 }),
        (text, max) => {
          const parts = splitText(text, max);
          expect(parts.every((part) => part.length <= max || text.length <= max)).toBe(true);
          expect(parts.join('').replaceAll(/\s/gu, '')).toBe(text.replaceAll(/\s/gu, ''));
        },
      ),
    );
  });
});
