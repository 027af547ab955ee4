import { EngineError, type Diagnostic } from '../errors.ts';
import { parseAnnotatedText } from './annotated-text.ts';
import type { EntityList, EntityPattern, TrainingData, TrainingExample } from './training-example.ts';
import { readTrainingFile, type TrainingFile, type TrainingItem } from './training-file.ts';

/**
 * A list whose `entity` is this holds synonyms that were written without an entity, as Rasa's are: they belong to
 * every entity that knows their canonical value.
 */
export const anyEntity = '*';

/**
 * Parses training data in Rasa NLU's YAML.
 *
 * @param files - In any order; the result follows it.
 * @throws EngineError `TRAINING_DATA_INVALID` with every finding of every file.
 * @see https://rasa.com/docs/rasa/nlu-training-data (format version 3.1)
 */
export function parseTrainingData(files: readonly TrainingFile[]): TrainingData {
  const diagnostics: Diagnostic[] = [];
  const examples: TrainingExample[] = [];
  const lists: EntityList[] = [];
  const patterns: EntityPattern[] = [];

  for (const file of files) {
    for (const item of readTrainingFile(file, diagnostics)) {
      if (item.kind === 'intent') examples.push(...intentExamples(item, file, diagnostics));
      if (item.kind === 'synonym') lists.push(synonymList(item, file));
      if (item.kind === 'lookup') lists.push(lookupList(item, file));
      if (item.kind === 'regex') patterns.push(...regexPatterns(item, file));
    }
  }

  if (diagnostics.some(({ severity }) => severity === 'error')) throw invalid(diagnostics);
  return { examples, lists, patterns };
}

function intentExamples(
  item: TrainingItem,
  file: TrainingFile,
  diagnostics: Diagnostic[],
): TrainingExample[] {
  const { locale } = file;
  if (locale === undefined) {
    diagnostics.push({
      severity: 'error',
      rule: 'training-data-locale',
      message: `The examples of "${item.name}" belong to no language.`,
      fix: 'Move them into training-data/<locale>/, e.g. training-data/en/.',
      position: item.position,
    });
    return [];
  }
  return item.lines.flatMap(({ text, position }) => {
    const parsed = parseAnnotatedText(text);
    if (parsed.fault === undefined) {
      const source = sourceOf({ position });
      return [{ text: parsed.text, intent: item.name, locale, entities: parsed.entities, source }];
    }
    diagnostics.push({
      severity: 'error',
      rule: 'training-data-annotation',
      message: parsed.fault.message,
      fix: parsed.fault.fix,
      position: { ...position, column: position.column + parsed.fault.offset },
    });
    return [];
  });
}

function synonymList(item: TrainingItem, { locale }: TrainingFile): EntityList {
  const forms = item.lines.map(({ text }) => text);
  return {
    entity: anyEntity,
    items: [{ value: item.name, forms }],
    ...(locale ? { locale } : {}),
    source: sourceOf(item),
  };
}

function lookupList(item: TrainingItem, { locale }: TrainingFile): EntityList {
  const items = item.lines.map(({ text }) => ({ value: text, forms: [] }));
  return { entity: item.name, items, ...(locale ? { locale } : {}), source: sourceOf(item) };
}

function sourceOf({ position }: Pick<TrainingItem, 'position'>): string {
  return `${position.file}:${position.line}:${position.column}`;
}

function regexPatterns(item: TrainingItem, { locale }: TrainingFile): EntityPattern[] {
  return item.lines.map(({ text }) => ({ entity: item.name, pattern: text, ...(locale ? { locale } : {}) }));
}

function invalid(diagnostics: readonly Diagnostic[]): EngineError {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const message = `The training data has ${errors} ${errors === 1 ? 'error' : 'errors'}.`;
  return new EngineError('TRAINING_DATA_INVALID', message, { diagnostics });
}
