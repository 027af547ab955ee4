import type { TrackerEvent } from '../dialogue/tracker-event.ts';
import { checkExpectations, type Failure } from './check-expectations.ts';
import type { GoldenDialogue, GoldenTurn } from './golden-dialogue.ts';
import type { OpenTestSession, TestSession, TestTurn } from './test-session.ts';

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

/**
 * Plays one golden dialogue to its end, whatever fails on the way.
 *
 * @param untilFailure - Stop at the first turn that goes another way.
 */
export async function runGolden(
  dialogue: GoldenDialogue,
  open: OpenTestSession,
  { untilFailure = false }: { readonly untilFailure?: boolean } = {},
): Promise<GoldenResult> {
  await using session = await open(dialogue);
  const turns: TurnOutcome[] = [];
  for (const turn of dialogue.turns) {
    const seen = await play(turn, session);
    if (!seen) continue;
    const failures = checkExpectations(turn.expectations, seen, dialogue.ordered);
    turns.push({ turn, seen, failures });
    if (untilFailure && failures.length > 0) break;
  }
  const passed = turns.every(({ failures }) => failures.length === 0);
  return { dialogue, passed, turns, events: turns.flatMap(({ seen }) => seen.events) };
}

function play({ user, waitMs, metadata }: GoldenTurn, session: TestSession): Promise<TestTurn> | undefined {
  if (waitMs !== undefined) return session.wait(waitMs);
  return user === undefined ? undefined : session.send(user, metadata);
}
