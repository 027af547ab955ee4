import { beginOf, isInside, outside, typeOf } from './tag-set.ts';

/** Tokens from `first` to `last`, labelled as a type. */
export interface LabelledSpan {
  readonly type: number;
  readonly first: number;
  readonly last: number;
}

export function findSpans(path: Int32Array, count: number): readonly LabelledSpan[] {
  const spans: LabelledSpan[] = [];
  for (let first = 0; first < count; first++) {
    const label = path[first] ?? outside;
    if (label === outside || isInside(label)) continue;
    const type = typeOf(label);
    let last = first;
    while (last + 1 < count && path[last + 1] === beginOf(type) + 1) last++;
    spans.push({ type, first, last });
    first = last;
  }
  return spans;
}
