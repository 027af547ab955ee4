import type { TrackerEvent } from '../dialogue/tracker-event.ts';
import { checkExpectations, type Failure } from './check-expectations.ts';
import type { GoldenDialogue, GoldenTurn } from './golden-dialogue.ts';
import type { OpenTestSession, TestTurn } from './test-session.ts';

export interface GoldenResult {
  readonly dialogue: GoldenDialogue;
  readonly passed: boolean;
  readonly turns: readonly TurnOutcome[];
  /** What happened over the whole dialogue, for coverage. */
  readonly events: readonly TrackerEvent[];
}

export interface TurnOutcome {
  readonly turn: GoldenTurn;
  readonly seen: TestTurn;
  /** What did not come true, with what was there instead. */
  readonly failures: readonly Failure[];
}

/** Plays one golden dialogue to its end, whatever fails on the way. */
export async function runGolden(dialogue: GoldenDialogue, open: OpenTestSession): Promise<GoldenResult> {
  await using session = await open(dialogue);
  const turns: TurnOutcome[] = [];
  for (const turn of dialogue.turns) {
    if (turn.user === undefined) continue;
    const seen = await session.send(turn.user, turn.metadata);
    turns.push({ turn, seen, failures: checkExpectations(turn.expectations, seen, dialogue.ordered) });
  }
  const passed = turns.every(({ failures }) => failures.length === 0);
  return { dialogue, passed, turns, events: turns.flatMap(({ seen }) => seen.events) };
}
