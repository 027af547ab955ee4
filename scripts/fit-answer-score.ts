/**
 * Fits the weights of src/generation/knowledge/answer-score.ts and prints them, and beside them what they give on the
 * questions fitted on (cross-validated by article) and on others.
 *
 * `node scripts/run-ts.mjs scripts/fit-answer-score.ts`
 */
import { readFileSync } from 'node:fs';
import { featureVector, leastAnswerScore } from '../src/generation/knowledge/answer-score.ts';
import { openArticleIndex, type FoundPassage } from '../src/generation/knowledge/article-index.ts';
import { loadArticles } from '../src/generation/knowledge/load-articles.ts';
import { parseQuestions, type KnowledgeQuestion } from '../src/generation/knowledge/questions.ts';
import { scoreAnswers } from '../src/generation/knowledge/score-answers.ts';
import { createBundledEncoder } from '../src/nlu/encoder/bundled-encoder.ts';
import { createVectorProducts } from '../src/nlu/encoder/vector-products.ts';
import { fitLogistic, logisticProbability, type LogisticModel } from '../src/nlu/logistic.ts';

const FOLDS = 5;
/** The shop bot's. */
const WRONG_COST = 1.5;

interface Asked {
  readonly question: KnowledgeQuestion;
  readonly found: readonly FoundPassage[];
}

const { articles } = await loadArticles('.', { locales: ['en', 'zh'] });
await using encoder = createBundledEncoder();
await using index = await openArticleIndex(articles, { encoder, productsOf: createVectorProducts });

for (const meaning of [true, false]) {
  const fitting = await ask('test/knowledge/fitting.jsonl', meaning);
  const others = await ask('test/knowledge/questions.jsonl', meaning);
  const model = fit(fitting);
  const report = {
    weights: rawWeights(model).map((weight) => Number(weight.toFixed(3))),
    fittedOn: figures(crossValidated(fitting)),
    others: figures(others.map((asked) => rescored(asked, model))),
  };
  console.log(meaning ? 'byMeaning' : 'byWords', JSON.stringify(report, undefined, 2));
}

async function ask(file: string, meaning: boolean): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  for (const question of parseQuestions(file, readFileSync(file, 'utf8')))
    asked.push({ question, found: await index.passages(question.question, question.locale, { meaning }) });
  return asked;
}

/** Questions that articles answer weigh as much as all that they do not: how many come is not the score's to know. */
function fit(asked: readonly Asked[]): LogisticModel {
  const answerable = asked.filter(({ question }) => question.article !== null).length;
  const silent = answerable / (asked.length - answerable);
  const rows = asked.flatMap(({ question, found }) =>
    found.map(({ features, article }) => ({
      features: featureVector(features),
      label: article.id === question.article ? 1 : 0,
      weight: question.article === null ? silent : 1,
    })),
  );
  return fitLogistic(rows, 1);
}

/** Each question by a model that saw none about its article. */
function crossValidated(asked: readonly Asked[]): readonly Asked[] {
  const ids = [...new Set(asked.map(({ question }) => question.article))];
  const foldOf = ({ question }: Asked, row: number): number =>
    (question.article === null ? row : ids.indexOf(question.article)) % FOLDS;
  return Array.from({ length: FOLDS }, (_, fold) => {
    const model = fit(asked.filter((one, row) => foldOf(one, row) !== fold));
    return asked.filter((one, row) => foldOf(one, row) === fold).map((one) => rescored(one, model));
  }).flat();
}

function rescored({ question, found }: Asked, model: LogisticModel): Asked {
  const again = found
    .map((passage) => ({ ...passage, score: logisticProbability(model, featureVector(passage.features)) }))
    .sort((left, right) => right.score - left.score);
  return { question, found: again };
}

function figures(asked: readonly Asked[]) {
  return scoreAnswers(
    asked.map(({ question, found }) => ({
      question,
      found: found.map(({ article, score }) => ({ article: article.id, score })),
    })),
    leastAnswerScore(WRONG_COST),
  );
}

/** The same model over features as they are: the bias, then a weight for each. */
function rawWeights({ means, deviations, weights, bias }: LogisticModel): readonly number[] {
  const raw = weights.map((weight, index) => weight / (deviations[index] ?? 1));
  return [bias - raw.reduce((sum, weight, index) => sum + weight * (means[index] ?? 0), 0), ...raw];
}
