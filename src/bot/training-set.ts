import type { Config } from '../config-schema.ts';
import type { Program, SlotDefinition } from '../dialogue/program.ts';
import { parseTrainingData } from '../nlu/training-data.ts';
import type { EntityList, EntityPattern, TrainingData } from '../nlu/training-example.ts';
import { hashOf, type BotFiles, type TextFile } from './bot-files.ts';

/** What a bot's recogniser learns from: its utterances, and the words and shapes of its slots. */
export function readTrainingSet({ training }: BotFiles, program: Program, config: Config): TrainingData {
  const written = parseTrainingData(training.map((file) => withLocale(file, config.locales)));
  const slots = Object.values(program.slots);
  return {
    examples: written.examples,
    lists: [...written.lists, ...slots.flatMap(choiceLists)],
    patterns: [...written.patterns, ...slots.flatMap(slotPattern)],
  };
}

/** Changes exactly when a model trained on the bot would. */
export function trainingHash({ training }: BotFiles, program: Program, config: Config): string {
  const slots = Object.values(program.slots).map(({ name, choices, pattern }) => ({
    name,
    choices,
    pattern,
  }));
  const { wrong_cost, encoder, seed } = config.understanding;
  return hashOf(JSON.stringify({ slots, locales: config.locales, wrong_cost, encoder, seed }), training);
}

function withLocale(
  file: TextFile,
  locales: readonly string[],
): TextFile & { readonly locale: string | undefined } {
  const folder = file.file.split('/')[1];
  return { ...file, locale: locales.find((locale) => locale === folder) };
}

function choiceLists({ name, choices }: SlotDefinition): EntityList[] {
  if (choices.length === 0) return [];
  const items = choices.map(({ value, label, synonyms }) => ({
    value,
    forms: [...new Set([value, value.replaceAll('_', ' '), ...Object.values(label ?? {}), ...synonyms])],
  }));
  return [{ entity: name, items }];
}

function slotPattern({ name, pattern }: SlotDefinition): EntityPattern[] {
  return pattern === undefined
    ? []
    : [{ entity: name, pattern: pattern.replace(/^\^/, '').replace(/\$$/, '') }];
}
