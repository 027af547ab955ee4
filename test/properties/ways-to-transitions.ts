import { createDialogue } from '../../src/dialogue/create-dialogue.ts';
import type { Program } from '../../src/dialogue/program.ts';
import { createRandom } from '../../src/nlu/random.ts';
import { transitionId } from '../../src/testing/coverage/transitions.ts';
import type { SampleValues } from '../../src/testing/generate/sample-values.ts';
import { PlannedParty, planWays, type Way } from './planned-party.ts';
import { createRandomParties } from './random-party.ts';
import { WalkedConversation } from './walked-conversation.ts';

/** By transition, the planned ways that take it: each way is taken once, and nothing else said, to see. */
export function waysToTransitions(
  program: Program,
  samples: SampleValues,
): ReadonlyMap<string, readonly Way[]> {
  const found = new Map<string, Way[]>();
  const random = createRandom(0);
  const randomParty = createRandomParties(program, samples, random);
  let taken = new Set<string>();
  const dialogue = createDialogue(program, { observe: (transition) => taken.add(transitionId(transition)) });
  for (const way of planWays(program, samples)) {
    taken = new Set();
    const one = new WalkedConversation(program, dialogue, 'way');
    const party = new PlannedParty(way, randomParty(), random, 0);
    for (let turn = 0; party.isUnderway; turn += 1)
      one.turn(party.heard(one.state, turn), (effect) => party.outcome(effect));
    for (const id of taken) found.set(id, [...(found.get(id) ?? []), way]);
  }
  return found;
}
