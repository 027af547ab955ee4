import { z } from 'zod';
import { EngineError } from '../../errors.ts';
import type { Locale } from '../../message.ts';

const questionSchema = z.strictObject({
  question: z.string().trim().min(1),
  locale: z.string().min(1),
  article: z.string().min(1).nullable(),
});

/** A question and the article that answers it. */
export interface KnowledgeQuestion {
  readonly question: string;
  readonly locale: Locale;
  /** Its id; `null` for a question that no article answers. */
  readonly article: string | null;
}

/**
 * Reads questions: one `{ question, locale, article }` as JSON a line.
 *
 * @throws EngineError `DATA_INVALID` at the first line that is not one.
 */
export function parseQuestions(file: string, text: string): readonly KnowledgeQuestion[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = questionSchema.safeParse(readJson(line));
    if (parsed.success) return [parsed.data];
    throw new EngineError('DATA_INVALID', `${file}:${index + 1} is no question.`, {
      fix: 'Write {"question": …, "locale": …, "article": …} on each line; the article is null when none answers.',
    });
  });
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
