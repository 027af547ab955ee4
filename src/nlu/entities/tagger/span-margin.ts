import type { LabelledSpan } from './find-spans.ts';
import { beginOf, outside } from './tag-set.ts';

/** A labelled sentence, with what each label scores by itself (`scores[t * labelCount + label]`) and after another. */
export interface ScoredPath {
  readonly scores: Float64Array;
  readonly transitions: Float32Array;
  readonly labelCount: number;
  readonly path: Int32Array;
  readonly count: number;
}

/**
 * By how much a span leads over the best of: another type, no span, one token more or less at either end.
 *
 * The labels around it stay as they are, so that this costs no second search.
 */
export function spanMargin(scored: ScoredPath, { type, first, last }: LabelledSpan): number {
  const { path, count, labelCount } = scored;
  const from = Math.max(first - 1, 0);
  const to = Math.min(last + 1, count - 1);
  const trial = path.slice(0, count);
  const score = (): number => windowScore(scored, trial, from, to);
  const kept = score();
  let best = Number.NEGATIVE_INFINITY;
  const consider = (): void => {
    best = Math.max(best, score());
    trial.set(path.subarray(from, to + 1), from);
  };
  for (let other = 0; beginOf(other) < labelCount; other++) {
    if (other === type) continue;
    mark(trial, other, first, last);
    consider();
  }
  trial.fill(outside, first, last + 1);
  consider();
  if (last > first) {
    trial[last] = outside;
    consider();
    trial[first] = outside;
    trial[first + 1] = beginOf(type);
    consider();
  }
  if (to > last && path[to] === outside) {
    mark(trial, type, first, to);
    consider();
  }
  if (from < first && path[from] === outside) {
    mark(trial, type, from, last);
    consider();
  }
  return kept - best;
}

function mark(path: Int32Array, type: number, first: number, last: number): void {
  path.fill(beginOf(type) + 1, first, last + 1);
  path[first] = beginOf(type);
}

function windowScore(
  { scores, transitions, labelCount, count }: ScoredPath,
  path: Int32Array,
  from: number,
  to: number,
): number {
  let sum = 0;
  for (let t = from; t <= Math.min(to + 1, count - 1); t++) {
    const label = path[t] ?? outside;
    sum += scores[t * labelCount + label] ?? 0;
    if (t > 0) sum += transitions[(path[t - 1] ?? outside) * labelCount + label] ?? 0;
  }
  return sum;
}
