import { readFileSync } from 'node:fs';
import type { Locale } from '../message.ts';
import { readYaml } from '../yaml-source.ts';
import type { SentimentWords } from './sentiment.ts';
import { parseTrainingData } from './training-data.ts';
import type { TrainingData } from './training-example.ts';

const languages: ReadonlySet<string> = new Set(['en', 'zh']);

/** The engine's own examples in the languages of a bot; a language that it has none in gets none. */
export function builtinTrainingData(locales: readonly Locale[]): TrainingData {
  return parseTrainingData(
    locales.flatMap((locale) => {
      const language = locale.split('-')[0] ?? locale;
      if (!languages.has(language)) return [];
      return [{ file: `builtin/${language}.yml`, text: readBuiltin(`${language}.yml`), locale }];
    }),
  );
}

export function builtinSentimentWords(): SentimentWords {
  return readYaml('builtin/sentiment.yml', readBuiltin('sentiment.yml')).value as SentimentWords;
}

function readBuiltin(name: string): string {
  return readFileSync(new URL(`./builtin/${name}`, import.meta.url), 'utf8');
}
