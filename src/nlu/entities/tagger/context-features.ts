import { hashUnits, mixHash } from './hash.ts';
import { tagKey, type TagType } from './tag-set.ts';
import { pad, type FeatureBuffer, type SentenceView } from './token-features.ts';

/** The slots that were just asked for, as a tagger sees them. */
export interface Request {
  /** How many slots there are. */
  readonly slots: number;
  /** Hash of each name of theirs. */
  readonly names: readonly number[];
  /** Types that may fill one of them. */
  readonly types: readonly number[];
}

/** @param asked - For each slot its name, and those of the entities (`name` or `name/role`) that may fill it. */
export function requestOf(asked: readonly (readonly string[])[], types: readonly TagType[]): Request {
  const wanted = new Set(asked.flat());
  const names = Array.from(wanted, (name) => hashUnits(name, 0, name.length));
  const matching = types.flatMap((type, i) =>
    wanted.has(type.entity) || wanted.has(tagKey(type)) ? [i] : [],
  );
  return { slots: asked.length, names, types: matching };
}

/** How many slots were asked for and how long the answer is: alone, a pair, a phrase, a sentence. */
function circumstance({ slots }: Request, { count }: SentenceView): number {
  const length = count <= 3 ? count : count <= 6 ? 4 : count <= 12 ? 5 : 6;
  return Math.min(slots, 3) * 8 + length;
}

/** Appends the features of token `i` that hold because of what was asked: what speaks for the answer to begin there. */
export function addContextFeatures(
  view: SentenceView,
  i: number,
  request: Request,
  out: FeatureBuffer,
): void {
  const at = i + pad;
  const before = view.word[at - 1] ?? 0;
  const place = (i === 0 ? 1 : 0) + (i === view.count - 1 ? 2 : 0);
  const known = view.marks.reduce((hash, column) => mixHash(hash, column[i] ?? 0), 3);
  out.add2(300, circumstance(request, view), place);
  out.add(301, before);
  out.add(302, view.brief[at] ?? 0);
  out.add(303, known);
  out.add2(304, known, before);
  const familiar = view.familiar[i] ?? 0;
  out.add3(305, familiar, circumstance(request, view), place);
  out.add3(306, familiar, known, view.familiar[i + 1] ?? 2);
  for (const name of request.names) {
    out.add2(320, name, Math.min(request.slots, 3));
    out.add2(321, name, before);
    out.add2(322, name, known);
  }
}

/** Appends what speaks for the answer to go on at token `i`: unlike where it begins, only what kind of word it is. */
export function addInsideFeatures(view: SentenceView, i: number, request: Request, out: FeatureBuffer): void {
  const at = i + pad;
  const familiar = (offset: number): number => view.familiar[i + offset] ?? 2;
  const known = view.marks.reduce((hash, column) => mixHash(hash, column[i] ?? 0), 3);
  const last = i === view.count - 1 ? 1 : 0;
  out.add3(340, familiar(0), known, last);
  out.add3(341, familiar(0), familiar(-1), familiar(1));
  out.add3(342, familiar(0), view.brief[at] ?? 0, view.brief[at - 1] ?? 0);
  for (const name of request.names) out.add3(343, name, familiar(0), last);
}
