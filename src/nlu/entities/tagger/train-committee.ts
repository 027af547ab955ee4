import { fitLogistic, type LogisticModel, type LogisticRow } from '../../logistic.ts';
import { findSpans } from './find-spans.ts';
import type { NumberedSentence } from './numbered-sentence.ts';
import { spanMargin } from './span-margin.ts';
import { addScores, trainPerceptron, type Perceptron, type PerceptronOptions } from './train-perceptron.ts';
import { createDecoder } from './viterbi.ts';

export interface Committee {
  /** The mean of its members. */
  readonly model: Perceptron;
  /** How likely a span is right, by its margin. */
  readonly certainty: LogisticModel;
}

/** How many taggers are averaged, each with the sentences in an order of its own. */
const members = 3;
/** The first of them does not see every tenth example, which then tells what a margin is worth. */
const heldOutEvery = 10;
const fewestSpans = 20;

/** Half where nothing leads, nine in ten at a margin of 10. */
const uncalibrated: LogisticModel = { means: [0], deviations: [1], weights: [0.22], bias: 0 };

export function trainCommittee(
  sentences: readonly NumberedSentence[],
  options: PerceptronOptions,
): Committee {
  const { epochs, onEpoch } = options;
  const isHeldOut = ({ example }: NumberedSentence): boolean => example % heldOutEvery === 0;
  const all = Array.from({ length: members }, (_, member) =>
    trainPerceptron(sentences, {
      ...options,
      leaveOut: member === 0 ? isHeldOut : undefined,
      onEpoch: (epoch) => onEpoch?.(member * epochs + epoch),
    }),
  );
  const rows = all[0] === undefined ? [] : marginsOf(all[0], sentences.filter(isHeldOut), options.labelCount);
  return { model: meanOf(all), certainty: fitCertainty(rows) };
}

function fitCertainty(rows: readonly LogisticRow[]): LogisticModel {
  const wrong = rows.filter(({ label }) => label === 0).length;
  return rows.length < fewestSpans || wrong === 0 || wrong === rows.length
    ? uncalibrated
    : fitLogistic(rows, 1);
}

/** The margin of each span found, and whether it is right. */
function marginsOf(
  model: Perceptron,
  sentences: readonly NumberedSentence[],
  labelCount: number,
): LogisticRow[] {
  const { transitions } = model;
  const decoder = createDecoder(labelCount, transitions);
  return sentences.flatMap((sentence) => {
    const { labels } = sentence;
    const count = labels.length;
    if (count === 0) return [];
    const rows = decoder.scores(count);
    addScores(model, sentence, labelCount, rows);
    const scores = rows.slice(0, count * labelCount);
    const path = decoder.decode(count);
    const right = new Set(
      findSpans(labels, count).map(({ type, first, last }) => `${type} ${first} ${last}`),
    );
    return findSpans(path, count).map((span) => ({
      features: [spanMargin({ scores, transitions, labelCount, path, count }, span)],
      label: Number(right.has(`${span.type} ${span.first} ${span.last}`)),
      weight: 1,
    }));
  });
}

function meanOf(all: readonly Perceptron[]): Perceptron {
  const mean = (pick: (model: Perceptron) => Float32Array): Float32Array => {
    const sum = new Float32Array(all[0] === undefined ? 0 : pick(all[0]).length);
    for (const model of all) for (const [k, weight] of pick(model).entries()) sum[k] = (sum[k] ?? 0) + weight;
    return sum.map((weight) => weight / all.length);
  };
  const pairs = all[0]?.emissions ?? { offsets: new Int32Array(1), labels: new Uint16Array() };
  return {
    emissions: { ...pairs, weights: mean(({ emissions }) => emissions.weights) },
    asked: mean(({ asked }) => asked),
    transitions: mean(({ transitions }) => transitions),
  };
}
