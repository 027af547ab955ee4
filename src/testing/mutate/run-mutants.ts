import type { Program } from '../../dialogue/program.ts';
import type { GoldenDialogue } from '../golden-dialogue.ts';
import { runGolden, type GoldenResult } from '../run-golden.ts';
import type { OpenTestSession } from '../test-session.ts';
import type { Mutant } from './mutant.ts';

/** What a suite made of a mutant. */
export interface MutantResult {
  readonly mutant: Mutant;
  readonly verdict: 'killed' | 'survived' | 'equivalent';
  /** The dialogue that went another way. */
  readonly by?: GoldenDialogue | undefined;
  /** Dialogues played. */
  readonly played: number;
}

export interface RunMutantsOptions {
  /** Opens sessions of the bot with other flows. */
  readonly with: (program: Program) => OpenTestSession;
  /** How the suite went with the flows as they are; dialogues that failed are left out. */
  readonly baseline: readonly GoldenResult[];
  readonly onResult?: ((result: MutantResult) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Plays a suite against each mutant, until a dialogue goes another way.
 *
 * Only dialogues that come past the fault are played, the shortest first: the others go as before.
 */
export async function runMutants(
  mutants: readonly Mutant[],
  { with: open, baseline, onResult, signal }: RunMutantsOptions,
): Promise<readonly MutantResult[]> {
  const passing = baseline
    .filter(({ passed }) => passed)
    .map((result) => ({ dialogue: result.dialogue, past: placesOf(result) }))
    .sort((left, right) => left.dialogue.turns.length - right.dialogue.turns.length);
  const results: MutantResult[] = [];
  for (const mutant of mutants) {
    signal?.throwIfAborted();
    const place = placeOf(mutant.flow, mutant.step);
    const touched = passing.filter(({ past }) => past.has(place)).map(({ dialogue }) => dialogue);
    const result = await challenge(mutant, touched, open(mutant.program));
    results.push(result);
    onResult?.(result);
  }
  return results;
}

async function challenge(
  mutant: Mutant,
  dialogues: readonly GoldenDialogue[],
  open: OpenTestSession,
): Promise<MutantResult> {
  for (const [at, dialogue] of dialogues.entries()) {
    const { passed } = await runGolden(dialogue, open, { untilFailure: true });
    if (!passed) return { mutant, verdict: 'killed', by: dialogue, played: at + 1 };
  }
  const verdict = mutant.equivalent === undefined ? 'survived' : 'equivalent';
  return { mutant, verdict, played: dialogues.length };
}

/** The steps that a dialogue came past, and the flows that it began. */
function placesOf({ events }: GoldenResult): ReadonlySet<string> {
  return new Set(
    events.flatMap((event) =>
      event.kind === 'state_entered'
        ? [placeOf(event.flow, event.step)]
        : event.kind === 'flow_started'
          ? [placeOf(event.flow, undefined)]
          : [],
    ),
  );
}

function placeOf(flow: string, step: string | undefined): string {
  return step === undefined ? flow : `${flow}/${step}`;
}
