import type { ListHit } from './lists/list-matcher.ts';
import type { Found } from './recognisers/recognise-quantities.ts';
import { hashUnits } from './tagger/hash.ts';
import { markTokens } from './tagger/phrase-knowledge.ts';
import type { Tokens } from './tagger/split-tokens.ts';

/** Tells the tagger what recognisers and lists found: a column of marks for each. */
export function markFound(
  tokens: Tokens,
  found: readonly Found[],
  lists: readonly ListHit[],
): readonly Int32Array[] {
  const columns = [new Int32Array(tokens.starts.length), new Int32Array(tokens.starts.length)] as const;
  for (const { kind, start, end } of found) mark(tokens, columns[0], start, end, kind);
  for (const { entity, start, end } of lists) mark(tokens, columns[1], start, end, entity);
  return columns;
}

function mark({ starts, ends }: Tokens, column: Int32Array, from: number, to: number, name: string): void {
  const first = firstEndingAfter(ends, from);
  let last = first;
  while (last + 1 < starts.length && (starts[last + 1] ?? 0) < to) last++;
  if (first < starts.length) markTokens(column, first, last, hashUnits(name, 0, name.length));
}

function firstEndingAfter(ends: readonly number[], at: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
