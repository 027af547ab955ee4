import type { Confusion, IntentScore, IntentScores } from './evaluation-report.ts';

export interface IntentPrediction {
  readonly text: string;
  readonly expected: string;
  readonly predicted: string;
}

const MOST_CONFUSIONS = 30;
const MOST_TEXTS = 3;

/** Scores predictions on in-scope lines; macro F1 is over the intents that are expected somewhere. */
export function scoreIntents(predictions: readonly IntentPrediction[]): IntentScores {
  const right = predictions.filter(({ expected, predicted }) => expected === predicted);
  const perIntent = [...new Set(predictions.map(({ expected }) => expected))]
    .sort()
    .map((intent) => scoreIntent(intent, predictions));
  return {
    accuracy: right.length / predictions.length,
    macroF1: perIntent.reduce((sum, { f1 }) => sum + f1, 0) / perIntent.length,
    perIntent,
    confusions: countConfusions(predictions),
  };
}

function scoreIntent(intent: string, predictions: readonly IntentPrediction[]): IntentScore {
  let hits = 0;
  let support = 0;
  let found = 0;
  for (const { expected, predicted } of predictions) {
    if (expected === intent) support += 1;
    if (predicted === intent) found += 1;
    if (expected === intent && predicted === intent) hits += 1;
  }
  const precision = found === 0 ? 0 : hits / found;
  const recall = support === 0 ? 0 : hits / support;
  const f1 = hits === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { intent, precision, recall, f1, support };
}

function countConfusions(predictions: readonly IntentPrediction[]): Confusion[] {
  const texts = new Map<string, string[]>();
  for (const { text, expected, predicted } of predictions) {
    if (expected === predicted) continue;
    const key = JSON.stringify([expected, predicted]);
    texts.set(key, [...(texts.get(key) ?? []), text]);
  }
  return [...texts]
    .map(([key, all]) => {
      const [expected = '', predicted = ''] = JSON.parse(key) as string[];
      return { expected, predicted, count: all.length, texts: all.slice(0, MOST_TEXTS) };
    })
    .sort((a, b) => b.count - a.count || compare(a.expected, b.expected) || compare(a.predicted, b.predicted))
    .slice(0, MOST_CONFUSIONS);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
