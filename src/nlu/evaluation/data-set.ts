import { EngineError } from '../../errors.ts';
import { intentWords } from '../intent-words.ts';
import { outOfScopeIntent } from '../training-table.ts';
import type { AnnotatedEntity, TrainingData, TrainingExample } from '../training-example.ts';

/**
 * Reads labelled lines: one `{ text, intent?, entities?, locale?, requested? }` as JSON a line.
 *
 * @throws EngineError `DATA_INVALID` at the first line that is not one.
 */
export function parseDataLines(file: string, text: string): TrainingExample[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      const place = `${file}:${index + 1}`;
      const example = readLine(line, place);
      return [{ ...example, source: `${place}:1` }];
    });
}

/** Examples alone, without lists and patterns. */
export function dataOf(examples: readonly TrainingExample[]): TrainingData {
  return { examples, lists: [], patterns: [] };
}

/** What is left when an author has named the intents and written no example: each name, its underscores as spaces. */
export function namesAsExamples(examples: readonly TrainingExample[]): TrainingExample[] {
  const byIntent = new Map(examples.map((example) => [example.intent, example]));
  return [...byIntent.values()].flatMap(({ intent, locale }) =>
    intent === undefined || intent === outOfScopeIntent
      ? []
      : [{ text: intentWords(intent), intent, locale, entities: [] }],
  );
}

interface DataLine {
  readonly text?: unknown;
  readonly intent?: unknown;
  readonly entities?: unknown;
  readonly locale?: unknown;
  readonly requested?: unknown;
}

function readLine(line: string, place: string): TrainingExample {
  const fix =
    'Write {"text": …, "intent": …, "entities": [{"entity", "start", "end"}], "locale": …} on each line.';
  let data: DataLine;
  try {
    data = JSON.parse(line) as DataLine;
  } catch (cause) {
    throw new EngineError('DATA_INVALID', `${place} is not JSON.`, { cause, fix });
  }
  const { text, intent, entities, locale, requested } = data;
  if (typeof text !== 'string') throw new EngineError('DATA_INVALID', `${place} has no text.`, { fix });
  if (intent !== undefined && intent !== null && typeof intent !== 'string') {
    throw new EngineError('DATA_INVALID', `${place}: the intent is not a text.`, { fix });
  }
  return {
    text,
    intent: intent ?? undefined,
    locale: typeof locale === 'string' ? locale : 'en',
    entities: Array.isArray(entities) ? entities.map((entity) => readEntity(entity, text, place)) : [],
    ...(Array.isArray(requested) ? { requested: requested.map(String) } : {}),
  };
}

function readEntity(value: unknown, text: string, place: string): AnnotatedEntity {
  const { entity, start, end, role, group } = value as Record<string, unknown>;
  const fits =
    typeof entity === 'string' &&
    typeof start === 'number' &&
    typeof end === 'number' &&
    0 <= start &&
    start < end &&
    end <= text.length;
  if (!fits) {
    const fix = 'Give each its name and the UTF-16 offsets where it starts and ends.';
    throw new EngineError('DATA_INVALID', `${place} has an entity that is not in its text.`, { fix });
  }
  return {
    entity,
    start,
    end,
    ...(typeof role === 'string' ? { role } : {}),
    ...(typeof group === 'string' ? { group } : {}),
  };
}
