import type { Command } from '../../src/dialogue/command.ts';
import type { RunState } from '../../src/dialogue/dialogue-state.ts';
import type { Effect, Outcome } from '../../src/dialogue/effect.ts';
import type { Program } from '../../src/dialogue/program.ts';
import type { Json } from '../../src/json.ts';
import type { Random } from '../../src/nlu/random.ts';
import type { Sample, SampleValues } from '../../src/testing/generate/sample-values.ts';
import { type Heard, released, said, timerFired } from './heard.ts';

/** What the dialogue has to do with in one conversation: a customer, and the shop's systems. */
export interface Party {
  heard(state: RunState, turn: number): Heard;
  outcome(effect: Effect | undefined): Outcome;
}

/** How a customer behaves, as weights of what they do: so that rare ways through a flow are taken too. */
const manners = [
  { answer: 90, wrong: 1, other: 3, correct: 2, cancel: 0.5, odd: 1 },
  { answer: 75, wrong: 4, other: 4, correct: 4, cancel: 1, odd: 3 },
  { answer: 25, wrong: 60, other: 2, correct: 2, cancel: 1, odd: 2 },
  { answer: 50, wrong: 5, other: 4, correct: 25, cancel: 2, odd: 4 },
  { answer: 35, wrong: 8, other: 25, correct: 8, cancel: 8, odd: 16 },
] as const;
type Manner = (typeof manners)[number];

/** Gives each conversation a customer of a random manner, and systems that may find out anything. */
export function createRandomParties(program: Program, samples: SampleValues, random: Random): () => Party {
  const values = sampleLists(samples);
  const flows = Object.keys(program.flows).filter((flow) => !flow.startsWith('pattern_'));
  const slots = Object.keys(program.slots);
  return () => new RandomParty({ program, values, flows, slots, random });
}

type SampleKind = 'answers' | 'results' | 'facts';

/** The samples, each list made once. */
function sampleLists(samples: SampleValues): (kind: SampleKind, name: string) => readonly Sample[] {
  const known = new Map<string, readonly Sample[]>();
  return (kind, name) => {
    const key = `${kind} ${name}`;
    const list = known.get(key) ?? samples[kind](name);
    known.set(key, list);
    return list;
  };
}

interface Possible {
  readonly program: Program;
  readonly values: (kind: SampleKind, name: string) => readonly Sample[];
  readonly flows: readonly string[];
  readonly slots: readonly string[];
  readonly random: Random;
}

class RandomParty implements Party {
  readonly #possible: Possible;
  readonly #manner: Manner;

  constructor(possible: Possible) {
    this.#possible = possible;
    this.#manner = this.#pick(manners);
  }

  heard(state: RunState, turn: number): Heard {
    if (state.owner === 'person' && this.#happens(0.7)) return released;
    if (state.silence?.timer === 'running' && this.#happens(0.04)) return timerFired('silence');
    const waiting = state.stack.find(({ snapshot }) => snapshot.context.timer !== null);
    if (waiting && this.#happens(0.5)) return timerFired(waiting.snapshot.context.timer ?? '');
    if (turn === 0 && this.#happens(0.1)) return { content: { kind: 'opened' }, commands: [] };
    const first = this.#command(state);
    const more = this.#happens(0.15) ? this.#command(state) : [];
    return said(...first, ...more);
  }

  /** What the shop's systems say: anything that the action may set, and sometimes nothing at all. */
  outcome(effect: Effect | undefined): Outcome {
    if (effect?.kind !== 'run') return { kind: this.#happens(0.5) ? 'generated' : 'silent' };
    const mood = this.#possible.random();
    if (mood < 0.06) return { kind: 'failed', reason: mood < 0.03 ? 'error' : 'timeout', message: 'down' };
    if (mood < 0.063 && effect.effect) return { kind: 'failed', reason: 'unknown_outcome', message: 'lost' };
    const set: Record<string, Json> = {};
    const user: Record<string, Json> = {};
    for (const name of this.#possible.program.actions[effect.action]?.sets ?? []) {
      const fact = name.startsWith('user.') ? name.slice('user.'.length) : undefined;
      const value = this.#valueFrom(fact === undefined ? 'results' : 'facts', fact ?? name, true);
      if (fact === undefined) set[name] = this.#happens(0.05) ? null : value;
      else user[fact] = value;
    }
    return { kind: 'ran', set, user, say: [] };
  }

  #command(state: RunState): readonly Command[] {
    const { question } = state;
    switch (this.#weighed()) {
      case 'answer':
        return question ? this.#answer(question) : [this.#task()];
      case 'wrong':
        return question ? [this.#wrongAnswer(question)] : [{ kind: 'cannot_handle', reason: 'out_of_scope' }];
      case 'other':
        return [this.#task()];
      case 'correct':
        return [this.#correction(state)];
      case 'cancel':
        return [{ kind: 'cancel' }];
      case 'odd':
        return [this.#odd()];
    }
  }

  #task(): Command {
    return { kind: 'start_flow', flow: this.#pick(this.#possible.flows) };
  }

  #answer(question: NonNullable<RunState['question']>): readonly Command[] {
    if (question.kind === 'confirm') return [{ kind: this.#happens(0.75) ? 'affirm' : 'deny' }];
    if (question.kind === 'listen') return [{ kind: 'choose', option: this.#below(3) }];
    return question.slots.map((slot) => ({ kind: 'set_slot', slot, value: this.#answerFor(slot) }));
  }

  #wrongAnswer(question: NonNullable<RunState['question']>): Command {
    const [slot = ''] = question.kind === 'collect' ? question.slots : [];
    return this.#pick<Command>([
      { kind: 'cannot_handle', reason: 'invalid_input' },
      { kind: 'set_slot', slot, value: 'nothing of the kind' },
      { kind: 'set_slot', slot, value: this.#answerFor(this.#slot()) },
      { kind: 'skip' },
      { kind: 'deny' },
    ]);
  }

  #correction({ slots }: RunState): Command {
    const held = Object.keys(slots).filter((slot) => slots[slot] !== null);
    if (held.length === 0) return { kind: 'affirm' };
    const slot = this.#pick(held);
    return { kind: 'correct_slot', slot, value: this.#answerFor(slot) };
  }

  #odd(): Command {
    const { flows } = this.#possible;
    return this.#pick<Command>([
      { kind: 'repeat' },
      { kind: 'explain' },
      { kind: 'skip' },
      { kind: 'restart' },
      { kind: 'handoff' },
      { kind: 'resume' },
      { kind: 'affirm' },
      { kind: 'deny' },
      { kind: 'chitchat', intent: 'greet' },
      { kind: 'answer', question: 'how long does delivery take?', articles: [] },
      { kind: 'clarify', flows: [this.#pick(flows), this.#pick(flows)] },
      { kind: 'cannot_handle', reason: 'out_of_scope', near: [this.#pick(flows)] },
      { kind: 'cannot_handle', reason: 'attachment' },
      { kind: 'choose', option: this.#below(4) },
      { kind: 'set_slot', slot: this.#slot(), value: this.#answerFor(this.#slot()) },
    ]);
  }

  #slot(): string {
    return this.#pick(this.#possible.slots);
  }

  #answerFor(slot: string): Json {
    return this.#valueFrom('answers', slot, 'words');
  }

  #valueFrom(kind: SampleKind, name: string, otherwise: Json): Json {
    const known = this.#possible.values(kind, name);
    return known.length > 0 ? this.#pick(known).value : otherwise;
  }

  #weighed(): keyof Manner {
    const entries = Object.entries(this.#manner) as [keyof Manner, number][];
    let place = this.#possible.random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      place -= weight;
      if (place < 0) return name;
    }
    return 'answer';
  }

  #happens(probability: number): boolean {
    return this.#possible.random() < probability;
  }

  #below(count: number): number {
    return Math.floor(this.#possible.random() * count);
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#below(items.length)] as Item;
  }
}
