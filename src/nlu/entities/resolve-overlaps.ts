import type { Entity } from '../recognizer.ts';
import type { Candidate } from './candidate.ts';

const rank = { regex: 0, list: 1, tagger: 2, recogniser: 3 } as const;

/**
 * Keeps one entity for each piece of text: what was asked for before what was not, what the bot's author taught
 * before what recognisers find, then the longer, then by source (regex, list, tagger), then the more certain.
 *
 * A listed word inside a longer quantity is a part of it: the 2 of "2 July" is no 2. What authors annotate inside one (the
 * day of "March 5 at 2 pm") is theirs.
 */
export function resolveOverlaps(candidates: readonly Candidate[]): readonly Entity[] {
  if (candidates.length === 0) return [];
  const taken = new Uint8Array(candidates.reduce((last, { end }) => Math.max(last, end), 0));
  const quantities = candidates.filter(({ source }) => source === 'recogniser');
  const whole = candidates.filter((candidate) => !quantities.some((longer) => isPartOf(candidate, longer)));
  const kept = whole.sort(prefer).filter(({ start, end }) => {
    if (taken.subarray(start, end).includes(1)) return false;
    taken.fill(1, start, end);
    return true;
  });
  return kept
    .sort((a, b) => a.start - b.start)
    .map(({ asked: _, ...entity }) => withRole(entity, candidates));
}

function isPartOf({ source, start, end }: Candidate, longer: Candidate): boolean {
  return (
    source === 'list' && longer.start <= start && end <= longer.end && longer.end - longer.start > end - start
  );
}

/** A list says what a word is, the tagger which part it plays in the sentence: "from **Paris**". */
function withRole(entity: Entity, candidates: readonly Candidate[]): Entity {
  if (entity.role !== undefined || entity.source === 'tagger') return entity;
  const tagged = candidates.find(
    ({ source, role, start, end, entity: name }) =>
      source === 'tagger' &&
      role !== undefined &&
      name === entity.entity &&
      start === entity.start &&
      end === entity.end,
  );
  return tagged ? { ...entity, role: tagged.role } : entity;
}

function prefer(a: Candidate, b: Candidate): number {
  return (
    Number(b.asked) - Number(a.asked) ||
    Number(a.source === 'recogniser') - Number(b.source === 'recogniser') ||
    b.end - b.start - (a.end - a.start) ||
    rank[a.source] - rank[b.source] ||
    b.score - a.score ||
    a.start - b.start
  );
}
