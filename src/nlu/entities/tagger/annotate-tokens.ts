import type { AnnotatedEntity } from '../../training-example.ts';
import type { AnnotatedTokens } from './phrase-knowledge.ts';
import type { Tokens } from './split-tokens.ts';
import { beginOf, tagKey, type TagSet } from './tag-set.ts';

/** A token belongs to the annotation that it lies in, wholly or in part. */
export function annotateTokens(
  { starts, ends }: Tokens,
  entities: readonly AnnotatedEntity[],
  tags: TagSet,
): readonly AnnotatedTokens[] {
  const places = new Map(tags.types.map((type, i) => [tagKey(type), i]));
  return entities.flatMap((annotation) => {
    const type = places.get(tagKey(annotation));
    const first = ends.findIndex((end) => end > annotation.start);
    const last = starts.findLastIndex((start) => start < annotation.end);
    return type === undefined || first < 0 || last < first ? [] : [{ first, last, type }];
  });
}

export function labelTokens(count: number, annotated: readonly AnnotatedTokens[]): Int32Array {
  const labels = new Int32Array(count);
  for (const { first, last, type } of annotated) {
    labels[first] = beginOf(type);
    labels.fill(beginOf(type) + 1, first + 1, last + 1);
  }
  return labels;
}
