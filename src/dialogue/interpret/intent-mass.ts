import type { Segment } from '../../nlu/recognizer.ts';
import { floor } from './priors.ts';

/** P(intent | text, context) of one part of a message, with the part that belongs to no intent of the bot. */
export interface IntentMass {
  of(intent: string): number;
  /** Best first. */
  readonly ranked: readonly { readonly intent: string; readonly probability: number }[];
  /** P(no intent of this bot). */
  readonly none: number;
}

/** Combines what the text says with what the context says: here, and only here, the two meet. */
export function intentMass(segment: Segment): IntentMass {
  const inScope = 1 - segment.outOfScope;
  const known = segment.intents.reduce((sum, { probability }) => sum + probability * inScope, 0);
  const outside = Math.max(floor, 1 - known);
  const weighted = segment.intents.map(({ intent, probability, contextLogOdds }) => ({
    intent,
    weight: probability * inScope * Math.exp(contextLogOdds),
  }));
  const total = weighted.reduce((sum, { weight }) => sum + weight, outside);
  const ranked = weighted
    .map(({ intent, weight }) => ({ intent, probability: weight / total }))
    .sort((left, right) => right.probability - left.probability);
  const byIntent = new Map(ranked.map(({ intent, probability }) => [intent, probability]));
  return { of: (intent) => byIntent.get(intent) ?? 0, ranked, none: outside / total };
}
