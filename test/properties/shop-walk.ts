import { readBotFiles } from '../../src/bot/bot-files.ts';
import { readTrainingSet } from '../../src/bot/training-set.ts';
import { readConfig } from '../../src/config.ts';
import { builtInPatterns } from '../../src/dialogue/built-in-patterns.ts';
import { createDialogue } from '../../src/dialogue/create-dialogue.ts';
import { parseProgram } from '../../src/dialogue/parse-program.ts';
import type { Program } from '../../src/dialogue/program.ts';
import { createRandom, type Random } from '../../src/nlu/random.ts';
import { transitionId, transitionsOf } from '../../src/testing/coverage/transitions.ts';
import { createSampleValues, type SampleValues } from '../../src/testing/generate/sample-values.ts';
import { PlannedParty, type Way } from './planned-party.ts';
import { createRandomParties, type Party } from './random-party.ts';
import { WalkedConversation } from './walked-conversation.ts';
import { waysToTransitions } from './ways-to-transitions.ts';

/** What a walk did, and what it must never find. */
export interface WalkReport {
  readonly turns: number;
  readonly conversations: number;
  /** How often each transition of the bot's own flows was taken. */
  readonly transitions: ReadonlyMap<string, number>;
  /** Effects that ran, each key once. */
  readonly effects: number;
  /** Turns that were killed between two steps and done again. */
  readonly kills: number;
  /** Conversations that were played again from what was heard, and from their events. */
  readonly replays: number;
  readonly faults: readonly string[];
}

export interface WalkOptions {
  readonly turns: number;
  readonly seed: number;
  /** Told of the walk so far after each conversation. */
  readonly onConversation?: (sofar: WalkReport) => void;
}

/** The shop's own program, and values that its customers and its systems may name. */
export function shopProgram(): { readonly program: Program; readonly samples: SampleValues } {
  const files = readBotFiles('.', undefined);
  const config = readConfig(files.config?.text, {});
  const program = parseProgram(files.flows, { locales: config.locales, builtin: builtInPatterns() });
  return { program, samples: createSampleValues(program, readTrainingSet(files, program, config), 'en') };
}

/** Plays so many random but plausible turns, checking after each what must hold whatever people say. */
export function walk(
  { program, samples }: ReturnType<typeof shopProgram>,
  { turns, seed, onConversation }: WalkOptions,
): WalkReport {
  const walker = new Walker(program, samples, createRandom(seed));
  while (walker.report().turns < turns) {
    walker.conversation();
    onConversation?.(walker.report());
  }
  return walker.report();
}

const silence = { nudgeMs: 1_000, expireMs: 10_000 };
const longestConversation = 40;

/** How many conversations head for what was taken seldom, 0 to 1; the others are random from their first turn. */
const planned = 0.5;

/** How many turns on the way there are not of the way, 0 to 1. */
const asides = 0.06;

class Walker {
  readonly #program: Program;
  readonly #random: Random;
  readonly #randomParty: () => Party;
  readonly #dialogue: ReturnType<typeof createDialogue>;
  /** A second engine, which has heard nothing but replays. */
  readonly #replaying: ReturnType<typeof createDialogue>;
  readonly #taken: Map<string, number>;
  /** By transition, the ways that take it. */
  readonly #ways: ReadonlyMap<string, readonly Way[]>;
  readonly #faults: string[] = [];
  readonly #counts = { turns: 0, conversations: 0, effects: 0, kills: 0, replays: 0 };

  constructor(program: Program, samples: SampleValues, random: Random) {
    this.#program = program;
    this.#random = random;
    this.#randomParty = createRandomParties(program, samples, random);
    this.#ways = waysToTransitions(program, samples);
    this.#taken = new Map(transitionsOf(program).map(({ id }) => [id, 0]));
    this.#replaying = createDialogue(program, { silence });
    this.#dialogue = createDialogue(program, {
      silence,
      observe: (taken) => {
        const id = transitionId(taken);
        const count = this.#taken.get(id);
        if (count !== undefined) this.#taken.set(id, count + 1);
      },
    });
  }

  report(): WalkReport {
    return { ...this.#counts, transitions: this.#taken, faults: this.#faults };
  }

  conversation(): void {
    const counts = this.#counts;
    counts.conversations += 1;
    const one = new WalkedConversation(this.#program, this.#dialogue, `walk:${counts.conversations}`);
    const random = this.#randomParty();
    const party = this.#random() < planned ? this.#partyForTheRarest(random) : random;
    const length = 4 + Math.floor(this.#random() * (longestConversation - 4));
    const isUnderway = (): boolean => party instanceof PlannedParty && party.isUnderway;
    for (let turn = 0; turn < length || isUnderway(); turn += 1) {
      const heard = party.heard(one.state, turn);
      if (this.#random() < 0.05) {
        one.killed(heard, (effect) => random.outcome(effect), this.#random() < 0.5 ? 1 : 2);
        counts.kills += 1;
      }
      one.turn(heard, (effect) => party.outcome(effect));
      counts.turns += 1;
      if (one.faults.length > 0) break;
    }
    if (one.faults.length === 0) one.checkWaysOut((effect) => random.outcome(effect));
    if (counts.conversations % 10 === 0 && one.faults.length === 0) {
      one.checkReplay(this.#replaying);
      counts.replays += 1;
    }
    counts.effects += one.effects;
    this.#faults.push(...one.faults);
  }

  #partyForTheRarest(random: Party): Party {
    let rarest: readonly [id: string, count: number] = ['', Infinity];
    for (const each of this.#taken) if (each[1] < rarest[1] && this.#ways.has(each[0])) rarest = each;
    const ways = this.#ways.get(rarest[0]) ?? [];
    const way = ways[Math.floor(this.#random() * ways.length)];
    return way ? new PlannedParty(way, random, this.#random, asides) : random;
  }
}
