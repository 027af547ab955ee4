import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkProgram } from '../../src/dialogue/check-program.ts';
import { parseProgram } from '../../src/dialogue/parse-program.ts';
import { templateArguments, validateTemplate } from '../../src/generation/icu-template.ts';

const page = readFileSync(fileURLToPath(new URL('../../docs/flows.md', import.meta.url)), 'utf8');
const examples = [...page.matchAll(/^```yaml\n(.*?)^```$/gmsu)].map((match) => ({
  line: page.slice(0, match.index).split('\n').length,
  text: match[1] ?? '',
}));

describe('every example of docs/flows.md is a bot without fault', () => {
  test.each(examples)('the one on line $line', ({ text }) => {
    const program = parseProgram([{ file: 'example.yml', text }], { locales: ['en', 'zh'] });
    const templates = { validate: validateTemplate, arguments: templateArguments };
    expect(checkProgram(program, { templates })).toEqual([]);
  });

  test('there are examples', () => {
    expect(examples.length).toBeGreaterThan(6);
  });
});
