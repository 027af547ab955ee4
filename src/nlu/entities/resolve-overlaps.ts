import type { Entity } from '../recognizer.ts';
import type { Candidate } from './candidate.ts';

const rank = { regex: 0, list: 1, tagger: 2, recogniser: 3 } as const;

/**
 * Keeps one entity for each piece of text: what was asked for before what was not, what the bot's author taught
 * before what recognisers find, then the longer, then by source (regex, list, tagger), then the more certain.
 */
export function resolveOverlaps(candidates: readonly Candidate[]): readonly Entity[] {
  const kept: Candidate[] = [];
  for (const candidate of [...candidates].sort(prefer)) {
    if (!kept.some((other) => candidate.start < other.end && other.start < candidate.end))
      kept.push(candidate);
  }
  return kept.sort((a, b) => a.start - b.start).map(({ asked: _, ...entity }) => entity);
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
