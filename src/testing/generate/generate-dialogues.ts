import { basename } from 'node:path';
import type { TextFile } from '../../bot/bot-files.ts';
import type { Bot } from '../../bot/load-bot.ts';
import { readTrainingSet } from '../../bot/training-set.ts';
import { defaultLocale } from '../../config.ts';
import { loadArticles } from '../../generation/knowledge/load-articles.ts';
import { builtinTrainingData } from '../../nlu/builtin-data.ts';
import type { Recognizer } from '../../nlu/recognizer.ts';
import { createPhrases } from './phrases.ts';
import { planDialogues, type NamedGoal } from './plan-dialogues.ts';
import { createReferenceBot } from './reference-bot.ts';
import { createSampleValues } from './sample-values.ts';
import { preferUnderstood } from './understood-samples.ts';
import { writeDialogues } from './write-dialogues.ts';

export interface Generated {
  /** By name; one for each file of flows that has dialogues. */
  readonly files: readonly TextFile[];
  readonly dialogues: number;
  readonly turns: number;
  /** What no dialogue was found for. */
  readonly unmet: readonly NamedGoal[];
}

/** When generated dialogues take place; any fixed moment would do. */
const now = Date.parse('2026-06-15T10:00:00Z');

/** Writes golden dialogues that take every transition of a bot's flows and make every repair at every question. */
export async function generateDialogues(bot: Bot, recognizer: Recognizer): Promise<Generated> {
  const { files, program, config } = bot;
  const locale = defaultLocale(config);
  const own = readTrainingSet(files, program, config);
  const builtin = builtinTrainingData(config.locales);
  const { articles } = await loadArticles(files.botDir, { locales: config.locales });
  const titles = articles.filter((article) => article.locale === locale).map(({ title }) => title);
  const listening = { program, recognizer, locale, now, timeZone: config.time_zone };
  const samples = await preferUnderstood(createSampleValues(program, own, locale), listening);
  const plan = planDialogues(createReferenceBot({ program, samples, hasArticles: titles.length > 0, now }));
  const phrases = await createPhrases({
    ...listening,
    data: { ...own, examples: [...own.examples, ...builtin.examples] },
    articles: titles,
  });
  const fileOf = (flow: string): string => basename(program.flows[flow]?.position.file ?? flow);
  const names = [...new Set(plan.dialogues.map(({ flow }) => fileOf(flow)))];
  return {
    files: names.map((file) => {
      const dialogues = plan.dialogues.filter(({ flow }) => fileOf(flow) === file);
      return { file, text: writeDialogues(dialogues, phrases, { locale, now }) };
    }),
    dialogues: plan.dialogues.length,
    turns: plan.dialogues.reduce((sum, { turns }) => sum + turns.length, 0),
    unmet: plan.unmet,
  };
}
