import { hashUnits, mixHash } from './hash.ts';
import { tagKey, type TagType } from './tag-set.ts';
import { pad, type FeatureBuffer, type SentenceView } from './token-features.ts';

/** The slots that were just asked for, as a tagger sees them. */
export interface Request {
  /** Hash of each slot's name. */
  readonly slots: readonly number[];
  /** Types that may fill one of them. */
  readonly types: readonly number[];
}

/** @param names - The slots, and the entities (`name` or `name/role`) that may fill them. */
export function requestOf(names: readonly string[], types: readonly TagType[]): Request {
  const wanted = new Set(names);
  const slots = names.map((name) => hashUnits(name, 0, name.length));
  const matching = types.flatMap((type, i) =>
    wanted.has(type.entity) || wanted.has(tagKey(type)) ? [i] : [],
  );
  return { slots, types: matching };
}

/** How many slots were asked for and how long the answer is: alone, a pair, a phrase, a sentence. */
function circumstance({ slots }: Request, { count }: SentenceView): number {
  const length = count <= 3 ? count : count <= 6 ? 4 : count <= 12 ? 5 : 6;
  return Math.min(slots.length, 3) * 8 + length;
}

/** Appends the features of token `i` that hold because of what was asked. */
export function addContextFeatures(
  view: SentenceView,
  i: number,
  request: Request,
  out: FeatureBuffer,
): void {
  const at = i + pad;
  const word = view.word[at] ?? 0;
  const before = view.word[at - 1] ?? 0;
  const shape = view.brief[at] ?? 0;
  const place = (i === 0 ? 1 : 0) + (i === view.count - 1 ? 2 : 0);
  const known = view.marks.reduce((hash, column) => mixHash(hash, column[i] ?? 0), 3);
  out.add2(300, circumstance(request, view), place);
  out.add(301, before);
  out.add2(304, shape, view.brief[at - 1] ?? 0);
  out.add2(305, shape, place);
  out.add(306, known);
  out.add2(307, known, before);
  for (const slot of request.slots) {
    out.add(320, slot);
    out.add2(321, slot, word);
    out.add2(322, slot, before);
    out.add2(325, slot, known);
    out.add3(326, slot, circumstance(request, view), place);
  }
}
