import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { builtinTrainingData } from '../src/nlu/builtin-data.ts';
import { createRandom, shuffledIndices, type Random } from '../src/nlu/random.ts';
import { parseTrainingData } from '../src/nlu/training-data.ts';

const locales = ['en', 'zh'] as const;
/** After these a person answers, or nobody. */
const endings = new Set(['handoff', 'release', 'goodbye']);

/**
 * Some thousands of different messages to the shop, the same in every run, by turns a request and its cancellation, so that
 * conversations go on for ever: what the shop's own examples say, with one word (or, in Chinese, one character) left out, so
 * that no message is one that the model has learned.
 */
export function shopTexts(botDir: string): readonly string[] {
  const random = createRandom(1);
  const requests = shopExamples(botDir)
    .filter(({ intent }) => intent !== undefined && !endings.has(intent))
    .map(({ text }) => withoutOne(text, random));
  const cancels = builtinTrainingData(locales)
    .examples.filter(({ intent }) => intent === 'cancel')
    .map(({ text }) => text);
  const distinct = [...new Set(requests)];
  return [...shuffledIndices(distinct.length, random)].flatMap((place, at) => [
    distinct[place] ?? '',
    cancels[at % cancels.length] ?? '',
  ]);
}

function shopExamples(botDir: string) {
  const files = locales.flatMap((locale) => {
    const folder = join(botDir, 'training-data', locale);
    return readdirSync(folder)
      .sort()
      .map((name) => ({ file: name, locale, text: readFileSync(join(folder, name), 'utf8') }));
  });
  return parseTrainingData(files).examples;
}

/** A text too short to lose a word stays whole. */
function withoutOne(text: string, random: Random): string {
  const separator = /\s/.test(text) ? ' ' : '';
  const pieces = separator === '' ? Array.from(text) : text.split(/\s+/);
  if (pieces.length < 4) return text;
  const gone = Math.floor(random() * pieces.length);
  return pieces.filter((_, place) => place !== gone).join(separator);
}
