import { defaultLocale } from '../config.ts';
import type { Config } from '../config-schema.ts';
import type { FlowDefinition, Program, SlotDefinition } from '../dialogue/program.ts';
import { parseTrainingData } from '../nlu/training-data.ts';
import type { EntityList, EntityPattern, TrainingData, TrainingExample } from '../nlu/training-example.ts';
import { hashOf, type BotFiles, type TextFile } from './bot-files.ts';

/** What a bot's recogniser learns from: its utterances, and the words and shapes of its slots. */
export function readTrainingSet({ training }: BotFiles, program: Program, config: Config): TrainingData {
  const written = parseTrainingData(training.map((file) => withLocale(file, config.locales)));
  const slots = Object.values(program.slots);
  const taught = new Set(written.examples.map(({ intent }) => intent));
  return {
    examples: written.examples,
    descriptions: Object.values(program.flows)
      .flatMap((flow) => flowWords(flow, defaultLocale(config)))
      .filter(({ intent }) => !taught.has(intent)),
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
  const flows = Object.values(program.flows).flatMap((flow) => flowWords(flow, defaultLocale(config)));
  const { wrong_cost, encoder, seed } = config.understanding;
  return hashOf(
    JSON.stringify({ slots, flows, locales: config.locales, wrong_cost, encoder, seed }),
    training,
  );
}

/** What a flow is called, as a person says it and asks for it, and what it does: for an intent without examples. */
function flowWords(flow: FlowDefinition, locale: string): TrainingExample[] {
  const { id, name, description, triggers, guard, pattern } = flow;
  const onlyCalled = guard?.kind === 'literal' && !guard.value;
  if (pattern || onlyCalled) return [];
  const intent = triggers[0]?.intent ?? id;
  const named = Object.entries(name).flatMap(([language, text]) =>
    [text, `${text}?`].map((each) => [language, each] as const),
  );
  return [...named, [locale, description] as const]
    .filter(([, text]) => text.trim() !== '')
    .map(([language, text]) => ({ text, intent, locale: language, entities: [] }));
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
