import { expect, test } from 'vitest';
import { passagesOf } from '../../../src/generation/knowledge/passage.ts';
import { plainBlocks } from '../../../src/generation/knowledge/plain-text.ts';
import { fixtureArticles } from './knowledge-fixture.ts';

test.each([
  ['**Bold** and _soft_ and `code`', 'Bold and soft and code'],
  ['a snake_case_name and 2 * 3 * 4', 'a snake_case_name and 2 * 3 * 4'],
  ['See [our page](https://a.example/x?y) or <https://b.example>.', 'See our page or https://b.example.'],
  ['![a picture](x.png)Text', 'Text'],
  ['wrapped\nlines', 'wrapped lines'],
  ['中文换行\n不加空格', '中文换行不加空格'],
  ['- one\n  more\n* two\n1. three', '• one more\n• two\n1. three'],
  ['| a | b |\n|---|---|\n| 1 | 2 |', 'a | b\n1 | 2'],
  ['<!-- hidden -->seen', 'seen'],
])('%j reads %j', (markdown, text) => {
  expect(plainBlocks(markdown)).toEqual([{ kind: 'text', text }]);
});

test('an article is cut into its sections, each with its headings', async () => {
  const returns = (await fixtureArticles()).find(({ id, locale }) => id === 'returns' && locale === 'en');
  expect(returns && passagesOf(returns).map(({ headings, text }) => [headings, text])).toEqual([
    [[], 'You can return anything within 30 days, as long as it is unused and in its original box.'],
    [
      ['How to return a parcel'],
      '1. Ask us for a return label.\n2. Put the goods in a box and stick the label on it.\n3. Take it to any post office, and keep the receipt.',
    ],
    [
      ['When is the money back?'],
      'We refund the money within five working days of receiving the parcel, to the card or account you paid with.',
    ],
  ]);
});

test('a long section is cut between paragraphs, and a list stays with the line that leads to it', () => {
  const paragraph = 'word '.repeat(100).trim();
  const body = `## One\n\n${paragraph}\n\n${paragraph}\n\nYou need:\n\n- this\n- that`;
  const passages = passagesOf({ id: 'a', file: 'knowledge/a.md', title: 'A', locale: 'en', body });
  expect(passages.map(({ text }) => text)).toEqual([paragraph, `${paragraph}\nYou need:\n• this\n• that`]);
});
