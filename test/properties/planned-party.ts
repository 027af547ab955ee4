import type { RunState } from '../../src/dialogue/dialogue-state.ts';
import type { Effect, Outcome } from '../../src/dialogue/effect.ts';
import type { Program } from '../../src/dialogue/program.ts';
import type { Json } from '../../src/json.ts';
import type { Random } from '../../src/nlu/random.ts';
import { planDialogues } from '../../src/testing/generate/plan-dialogues.ts';
import { createReferenceBot } from '../../src/testing/generate/reference-bot.ts';
import type { SampleValues } from '../../src/testing/generate/sample-values.ts';
import type { PlannedResult, Saying } from '../../src/testing/generate/transcript.ts';
import { Unknown } from '../../src/testing/generate/unknown.ts';
import { type Heard, released, said, timerFired } from './heard.ts';
import type { Party } from './random-party.ts';

/** What to say, and what the systems must find out, to get somewhere in the flows. */
export interface Way {
  readonly sayings: readonly Saying[];
  /** By action, in the order of its calls; the last repeats. */
  readonly outcomes: ReadonlyMap<string, readonly Outcome[]>;
}

/** The ways that generated dialogues take: to every edge of the flows, and to every repair. */
export function planWays(program: Program, samples: SampleValues): readonly Way[] {
  const { dialogues } = planDialogues(createReferenceBot({ program, samples, hasArticles: true, now: 0 }));
  return dialogues.map(({ turns, results }) => ({
    sayings: turns.map(({ saying }) => saying),
    outcomes: new Map([...results].map(([action, list]) => [action, list.map(outcomeOf)])),
  }));
}

/** Takes a way, now and then with something else in between, and goes on at random from its end. */
export class PlannedParty implements Party {
  readonly #way: Way;
  readonly #otherwise: Party;
  readonly #isAside: () => boolean;
  readonly #calls = new Map<string, number>();
  #next = 0;
  #aside = false;

  /** @param asides - How likely a turn is not of the way, 0 to 1. */
  constructor(way: Way, otherwise: Party, random: Random, asides: number) {
    this.#way = way;
    this.#otherwise = otherwise;
    this.#isAside = () => random() < asides;
  }

  get isUnderway(): boolean {
    return this.#next < this.#way.sayings.length;
  }

  heard(state: RunState, turn: number): Heard {
    const saying = this.#way.sayings[this.#next];
    this.#aside = !saying || this.#isAside();
    if (!saying || this.#aside) return this.#otherwise.heard(state, turn);
    this.#next += 1;
    return heardAs(saying, state);
  }

  outcome(effect: Effect | undefined): Outcome {
    const list = effect?.kind === 'run' ? this.#way.outcomes.get(effect.action) : undefined;
    if (effect?.kind !== 'run' || !list || this.#aside) return this.#otherwise.outcome(effect);
    const call = this.#calls.get(effect.action) ?? 0;
    this.#calls.set(effect.action, call + 1);
    return list[Math.min(call, list.length - 1)] ?? this.#otherwise.outcome(effect);
  }
}

function heardAs(saying: Saying, { stack }: RunState): Heard {
  switch (saying.kind) {
    case 'task':
      return said({ kind: 'start_flow', flow: saying.flow });
    case 'answer':
      return said({ kind: 'set_slot', slot: saying.slot, value: saying.unknown.decide().value });
    case 'correction':
      return said({ kind: 'correct_slot', slot: saying.slot, value: saying.sample.value });
    case 'empty':
      return said({ kind: 'set_slot', slot: saying.slot, value: '' });
    case 'wait':
      return timerFired(stack.at(-1)?.snapshot.context.timer ?? '');
    case 'phrase':
      return phraseAs(saying.phrase);
    default:
      return saying satisfies never;
  }
}

function phraseAs(phrase: Extract<Saying, { kind: 'phrase' }>['phrase']): Heard {
  switch (phrase) {
    case 'release':
      return released;
    case 'nonsense':
      return said({ kind: 'cannot_handle', reason: 'invalid_input' });
    case 'question':
      return said({ kind: 'answer', question: 'how long does delivery take?', articles: [] });
    default:
      return said({ kind: phrase });
  }
}

function outcomeOf(result: PlannedResult): Outcome {
  if (result.kind === 'fails') return { kind: 'failed', reason: 'error', message: 'down' };
  const values = [...result.values].map(([name, value]): [string, Json] => [
    name,
    value instanceof Unknown ? value.decide().value : value,
  ]);
  const isFact = ([name]: [string, Json]): boolean => name.startsWith('user.');
  return {
    kind: 'ran',
    set: Object.fromEntries(values.filter((each) => !isFact(each))),
    user: Object.fromEntries(
      values.filter(isFact).map(([name, value]) => [name.slice('user.'.length), value]),
    ),
    say: [],
  };
}
