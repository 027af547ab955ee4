import type { ArticleIndex } from '../../generation/knowledge/article-index.ts';
import type { KnowledgeQuestion } from '../../generation/knowledge/questions.ts';
import type { AnswerScores } from '../../generation/knowledge/score-answers.ts';
import type { Encoder } from '../../nlu/encoder/encoder.ts';
import { EngineError } from '../../errors.ts';
import { filesOf } from '../bot-option.ts';
import { ExitCode, type CommandContext, type Invocation } from '../command.ts';

/** How well the bot's articles are found, in all languages and in each; and by words alone, beside it. */
export interface KnowledgeReport {
  readonly questions: string;
  /** The encoder's id, or `none`. */
  readonly encoder: string;
  /** The least score that the bot answers at: its `wrong_cost` says. */
  readonly threshold: number;
  readonly scores: AnswerScores;
  readonly byLocale: Readonly<Record<string, AnswerScores>>;
  /** The same questions by FTS5 alone. */
  readonly wordsAlone: AnswerScores;
}

interface Asking {
  readonly file: string;
  readonly questions: readonly KnowledgeQuestion[];
  readonly threshold: number;
  readonly encoder: Encoder | undefined;
}

/** Asks a file of questions of the bot's articles and prints how many find theirs. */
export async function evaluateKnowledge(
  file: string,
  encoder: Encoder | undefined,
  invocation: Invocation,
  context: CommandContext,
): Promise<ExitCode> {
  const report = await measure(file, encoder, invocation, context);
  const { terminal } = context;
  terminal.out(
    invocation.options['json'] === true
      ? JSON.stringify(report, undefined, 2)
      : render(report, terminal.colours.bold),
  );
  return ExitCode.ok;
}

async function measure(
  file: string,
  encoder: Encoder | undefined,
  invocation: Invocation,
  context: CommandContext,
): Promise<KnowledgeReport> {
  const { readConfig } = await import('../../config.ts');
  const { leastAnswerScore } = await import('../../generation/knowledge/answer-score.ts');
  const { openArticleIndex } = await import('../../generation/knowledge/article-index.ts');
  const { loadArticles } = await import('../../generation/knowledge/load-articles.ts');
  const { createVectorProducts } = await import('../../nlu/encoder/vector-products.ts');
  const files = filesOf(invocation, context);
  const { locales, understanding } = readConfig(files.config?.text, context.env);
  const { articles, diagnostics } = await loadArticles(files.botDir, { locales });
  if (diagnostics.length > 0)
    throw new EngineError('KNOWLEDGE_INVALID', 'The articles have faults.', { diagnostics });
  const questions = await readQuestions(file, new Set(articles.map(({ id }) => id)), context);
  const threshold = leastAnswerScore(understanding.wrong_cost);
  // Not `await using`: the build leaves the imports of a file that has both as they are.
  const index = await openArticleIndex(articles, { encoder, productsOf: createVectorProducts });
  try {
    return await askAll(index, { file, questions, threshold, encoder }, context);
  } finally {
    await index[Symbol.asyncDispose]();
  }
}

async function askAll(
  index: ArticleIndex,
  { file, questions, threshold, encoder }: Asking,
  { signal }: CommandContext,
): Promise<KnowledgeReport> {
  const { scoreAnswers } = await import('../../generation/knowledge/score-answers.ts');
  const ask = (meaning: boolean) =>
    Promise.all(
      questions.map(async (question) => ({
        question,
        found: await index.search(question.question, question.locale, { meaning, signal }),
      })),
    );
  const asked = await ask(true);
  const inEach = [...new Set(questions.map(({ locale }) => locale))].map((locale) => [
    locale,
    scoreAnswers(
      asked.filter(({ question }) => question.locale === locale),
      threshold,
    ),
  ]);
  return {
    questions: file,
    encoder: encoder?.id ?? 'none',
    threshold,
    scores: scoreAnswers(asked, threshold),
    byLocale: Object.fromEntries(inEach) as KnowledgeReport['byLocale'],
    wordsAlone: scoreAnswers(await ask(false), threshold),
  };
}

async function readQuestions(file: string, articles: ReadonlySet<string>, { cwd, readText }: CommandContext) {
  const path = await import('node:path');
  const { parseQuestions } = await import('../../generation/knowledge/questions.ts');
  const text = readText(path.resolve(cwd, file));
  if (text === undefined) {
    throw new EngineError('DATA_INVALID', `${file} cannot be read.`, {
      fix: 'Name a file of questions with --knowledge; docs/generation.md says what it holds.',
    });
  }
  const questions = parseQuestions(file, text);
  const unknown = questions.find(({ article }) => article !== null && !articles.has(article));
  if (!unknown) return questions;
  throw new EngineError(
    'DATA_INVALID',
    `${file} names the article '${unknown.article}', which is not there.`,
    {
      fix: 'Give the path below knowledge/ without the language and .md, or name the bot with --bot.',
    },
  );
}

function render(
  { scores, byLocale, wordsAlone, threshold }: KnowledgeReport,
  bold: (text: string) => string,
): string {
  const columns = ['hit@1', 'hit@5', 'MRR', 'answered right', 'answered wrong', 'rightly silent'];
  const row = (name: string, of: AnswerScores): string =>
    `  ${name.padEnd(14)}${[
      percent(of.hitAt1),
      percent(of.hitAt5),
      of.meanReciprocalRank?.toFixed(3) ?? '-',
      percent(of.rightlyAnswered),
      percent(of.wronglyAnswered),
      percent(of.rightlySilent),
    ]
      .map((cell) => cell.padStart(16))
      .join('')}`;
  return [
    bold(`${scores.answerable} questions that an article answers, ${scores.unanswerable} that none does`),
    `  ${''.padEnd(14)}${columns.map((column) => column.padStart(16)).join('')}`,
    row('all', scores),
    ...Object.entries(byLocale).map(([locale, of]) => row(locale, of)),
    row('words alone', wordsAlone),
    `  Answered from ${threshold.toFixed(2)} on.`,
  ].join('\n');
}

function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)} %`;
}
