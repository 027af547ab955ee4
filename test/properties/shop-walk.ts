import { readBotFiles } from '../../src/bot/bot-files.ts';
import { readTrainingSet } from '../../src/bot/training-set.ts';
import { readConfig } from '../../src/config.ts';
import { builtInPatterns } from '../../src/dialogue/built-in-patterns.ts';
import type { Command } from '../../src/dialogue/command.ts';
import { createDialogue } from '../../src/dialogue/create-dialogue.ts';
import type { Advance, AdvanceInput } from '../../src/dialogue/dialogue.ts';
import type { RunState } from '../../src/dialogue/dialogue-state.ts';
import type { Effect, Outcome, RunEffect } from '../../src/dialogue/effect.ts';
import { holds } from '../../src/dialogue/evaluate-expression.ts';
import { parseProgram } from '../../src/dialogue/parse-program.ts';
import type { Program } from '../../src/dialogue/program.ts';
import { isSameJson } from '../../src/dialogue/same-json.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import type { InboundContent } from '../../src/message.ts';
import { transitionId, transitionsOf } from '../../src/testing/coverage/transitions.ts';
import { createSampleValues, type SampleValues } from '../../src/testing/generate/sample-values.ts';

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
  options: { readonly turns: number; readonly seed: number },
): WalkReport {
  const walker = new Walker(program, samples, options.seed);
  while (walker.turns < options.turns) walker.conversation();
  return walker.report();
}

const silence = { nudgeMs: 1_000, expireMs: 10_000 };
const longestConversation = 40;

/** How a customer behaves, as weights of what they do: so that rare ways through a flow are taken too. */
const manners = [
  { answer: 90, wrong: 1, other: 3, correct: 2, cancel: 0.5, odd: 1 },
  { answer: 75, wrong: 4, other: 4, correct: 4, cancel: 1, odd: 3 },
  { answer: 25, wrong: 60, other: 2, correct: 2, cancel: 1, odd: 2 },
  { answer: 50, wrong: 5, other: 4, correct: 25, cancel: 2, odd: 4 },
  { answer: 35, wrong: 8, other: 25, correct: 8, cancel: 8, odd: 16 },
] as const;
type Manner = (typeof manners)[number];

class Walker {
  turns = 0;
  readonly #program: Program;
  readonly #samples: SampleValues;
  readonly #random: () => number;
  readonly #dialogue: ReturnType<typeof createDialogue>;
  readonly #counted: Map<string, number>;
  readonly #flows: readonly string[];
  readonly #slots: readonly string[];
  readonly #faults: string[] = [];
  #conversations = 0;
  #effects = 0;
  #kills = 0;
  #replays = 0;

  constructor(program: Program, samples: SampleValues, seed: number) {
    this.#program = program;
    this.#samples = samples;
    this.#random = randomFrom(seed);
    this.#counted = new Map(transitionsOf(program).map(({ id }) => [id, 0]));
    this.#flows = Object.keys(program.flows).filter((flow) => !flow.startsWith('pattern_'));
    this.#slots = Object.keys(program.slots);
    this.#dialogue = createDialogue(program, {
      silence,
      observe: (taken) => {
        const id = transitionId(taken);
        const count = this.#counted.get(id);
        if (count !== undefined) this.#counted.set(id, count + 1);
      },
    });
  }

  report(): WalkReport {
    return {
      turns: this.turns,
      conversations: this.#conversations,
      transitions: this.#counted,
      effects: this.#effects,
      kills: this.#kills,
      replays: this.#replays,
      faults: this.#faults,
    };
  }

  conversation(): void {
    this.#conversations += 1;
    const isReplayed = this.#conversations % 10 === 0;
    const one = new Conversation(this.#program, this.#dialogue, `walk:${this.#conversations}`);
    const manner = this.#pick(manners);
    const length = 4 + Math.floor(this.#random() * (longestConversation - 4));
    for (let turn = 0; turn < length; turn += 1) {
      const heard = this.#heard(one.state, manner, turn);
      if (this.#random() < 0.05) {
        one.killed(heard, this.#outcome, this.#random() < 0.5 ? 1 : 2);
        this.#kills += 1;
      }
      one.turn(heard, this.#outcome);
      this.turns += 1;
      if (one.faults.length > 0) break;
    }
    if (one.faults.length === 0) one.checkWaysOut(this.#outcome);
    if (isReplayed && one.faults.length === 0) {
      one.checkReplay(createDialogue(this.#program, { silence }));
      this.#replays += 1;
    }
    this.#effects += one.effects;
    this.#faults.push(...one.faults);
  }

  #heard(state: RunState, manner: Manner, turn: number): Heard {
    if (state.owner === 'person' && this.#random() < 0.7)
      return { content: { kind: 'released', by: 'operator' }, commands: [] };
    if (state.silence?.timer === 'running' && this.#random() < 0.04) return timerOf('silence');
    const waiting = state.stack.find(({ snapshot }) => snapshot.context.timer !== null);
    if (waiting && this.#random() < 0.5) return timerOf(waiting.snapshot.context.timer ?? '');
    if (turn === 0 && this.#random() < 0.1) return { content: { kind: 'opened' }, commands: [] };
    const first = this.#command(state, manner);
    const more = this.#random() < 0.15 ? this.#command(state, manner) : [];
    return { content: text, commands: [...first, ...more] };
  }

  #command(state: RunState, manner: Manner): readonly Command[] {
    const { question } = state;
    switch (this.#weighed(manner)) {
      case 'answer':
        return question ? this.#answer(question) : [{ kind: 'start_flow', flow: this.#pick(this.#flows) }];
      case 'wrong':
        return question ? this.#wrongAnswer(question) : [{ kind: 'cannot_handle', reason: 'out_of_scope' }];
      case 'other':
        return [{ kind: 'start_flow', flow: this.#pick(this.#flows) }];
      case 'correct':
        return this.#correction(state);
      case 'cancel':
        return [{ kind: 'cancel' }];
      case 'odd':
        return [this.#odd()];
    }
  }

  #answer(question: NonNullable<RunState['question']>): readonly Command[] {
    if (question.kind === 'confirm') return [{ kind: this.#random() < 0.75 ? 'affirm' : 'deny' }];
    if (question.kind === 'listen') return [{ kind: 'choose', option: Math.floor(this.#random() * 3) }];
    return question.slots.map((slot) => ({ kind: 'set_slot', slot, value: this.#valueOf(slot) }));
  }

  #wrongAnswer(question: NonNullable<RunState['question']>): readonly Command[] {
    const [slot = ''] = question.kind === 'collect' ? question.slots : [];
    return [
      this.#pick<Command>([
        { kind: 'cannot_handle', reason: 'invalid_input' },
        { kind: 'set_slot', slot, value: 'nothing of the kind' },
        { kind: 'set_slot', slot, value: this.#valueOf(this.#pick(this.#slots)) },
        { kind: 'skip' },
        { kind: 'deny' },
      ]),
    ];
  }

  #correction({ slots }: RunState): readonly Command[] {
    const held = Object.keys(slots).filter((slot) => slots[slot] !== null);
    if (held.length === 0) return [{ kind: 'affirm' }];
    const slot = this.#pick(held);
    return [{ kind: 'correct_slot', slot, value: this.#valueOf(slot) }];
  }

  #odd(): Command {
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
      { kind: 'clarify', flows: [this.#pick(this.#flows), this.#pick(this.#flows)] },
      { kind: 'cannot_handle', reason: 'out_of_scope', near: [this.#pick(this.#flows)] },
      { kind: 'cannot_handle', reason: 'attachment' },
      { kind: 'choose', option: Math.floor(this.#random() * 4) },
      { kind: 'set_slot', slot: this.#pick(this.#slots), value: this.#valueOf(this.#pick(this.#slots)) },
    ]);
  }

  #valueOf(slot: string): Json {
    const known = this.#samples.answers(slot);
    return known.length > 0 ? this.#pick(known).value : 'words';
  }

  /** What the shop's systems say: anything that the action may set, and sometimes nothing at all. */
  readonly #outcome = (effect: Effect | undefined): Outcome => {
    if (effect?.kind !== 'run') return { kind: this.#random() < 0.5 ? 'generated' : 'silent' };
    const mood = this.#random();
    if (mood < 0.06) return { kind: 'failed', reason: mood < 0.03 ? 'error' : 'timeout', message: 'down' };
    if (mood < 0.063 && effect.effect) return { kind: 'failed', reason: 'unknown_outcome', message: 'lost' };
    const set: Record<string, Json> = {};
    const user: Record<string, Json> = {};
    for (const name of this.#program.actions[effect.action]?.sets ?? []) {
      const fact = name.startsWith('user.') ? name.slice('user.'.length) : undefined;
      const values = fact === undefined ? this.#samples.results(name) : this.#samples.facts(fact);
      const value = values.length > 0 ? this.#pick(values).value : true;
      if (fact === undefined) set[name] = this.#random() < 0.05 ? null : value;
      else user[fact] = value;
    }
    return { kind: 'ran', set, user, say: [] };
  };

  #weighed(manner: Manner): keyof Manner {
    const entries = Object.entries(manner) as [keyof Manner, number][];
    let place = this.#random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of entries) {
      place -= weight;
      if (place < 0) return name;
    }
    return 'answer';
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }
}

const text: InboundContent = { kind: 'text', text: 'words' };

function timerOf(timer: string): Heard {
  return { content: { kind: 'timer', timer }, commands: [{ kind: 'silence', timer }] };
}

interface Heard {
  readonly content: InboundContent;
  readonly commands: readonly Command[];
}

type Answer = (effect: Effect | undefined) => Outcome;

/** One conversation as the engine would hold it: state kept as JSON, effects once for their key. */
class Conversation {
  state: RunState;
  effects = 0;
  readonly faults: string[] = [];
  readonly #program: Program;
  readonly #dialogue: ReturnType<typeof createDialogue>;
  readonly #id: string;
  readonly #ledger = new Map<string, Outcome>();
  readonly #heard: {
    readonly heard: Heard;
    readonly outcomes: readonly Outcome[];
    readonly state: string;
  }[] = [];
  #confirmed: JsonObject | null = null;
  #slots: JsonObject;
  #user: JsonObject = {};

  constructor(program: Program, dialogue: ReturnType<typeof createDialogue>, id: string) {
    this.#program = program;
    this.#dialogue = dialogue;
    this.#id = id;
    this.state = dialogue.start(id, 'en') as RunState;
    this.#slots = this.state.slots;
  }

  turn(heard: Heard, answer: Answer): void {
    const wasOwner = this.state.owner;
    const outcomes: Outcome[] = [];
    let spoke = false;
    let step = this.#advance(this.state, inputOf(this.#id, heard));
    for (let steps = 0; ; steps += 1) {
      // Between any two steps the process may end: what goes on is what the store gives back.
      const kept = JSON.stringify(step.state);
      this.state = JSON.parse(kept) as RunState;
      spoke ||= step.effects.some(({ kind }) => kind === 'say' || kind === 'ask');
      this.#fold(step.events);
      const last = step.effects.at(-1);
      if (last?.kind === 'run') this.#checkRun(last);
      if (step.waitsFor !== 'outcome') {
        this.#heard.push({ heard, outcomes, state: kept });
        break;
      }
      if (steps > 60) {
        this.#fault('never waits');
        return;
      }
      const outcome = this.#perform(last, answer);
      spoke ||= outcome.kind === 'generated';
      outcomes.push(outcome);
      step = this.#advance(this.state, { kind: 'outcome', outcome });
    }
    this.#check(heard, wasOwner, spoke);
  }

  /** A turn that ends after so many steps and leaves nothing behind, but for the effects that took place. */
  killed(heard: Heard, answer: Answer, steps: number): void {
    let step = this.#advance(this.state, inputOf(this.#id, heard));
    for (let left = steps; left > 0 && step.waitsFor === 'outcome'; left -= 1) {
      const outcome = this.#perform(step.effects.at(-1), answer);
      step = this.#advance(step.state, { kind: 'outcome', outcome });
    }
  }

  /** From here a person is reached at once; and cancelling leads to nothing, or to a person. */
  checkWaysOut(answer: Answer): void {
    const here = this.state;
    const saved = { confirmed: this.#confirmed, slots: this.#slots, user: this.#user };
    const count = this.#heard.length;
    if (this.state.owner === 'person')
      this.turn({ content: { kind: 'released', by: 'operator' }, commands: [] }, answer);
    const free = this.state;
    this.turn({ content: text, commands: [{ kind: 'handoff' }] }, answer);
    if (this.state.owner !== 'person') this.#fault('a person is not reached');
    this.#restore(free, saved);
    for (let left = free.stack.length + free.deferred.length + 1; left > 0; left -= 1)
      this.turn({ content: text, commands: [{ kind: 'cancel' }] }, answer);
    if (this.state.owner === 'bot' && this.state.stack.length > 0) this.#fault('cancelling does not end');
    this.#restore(here, saved);
    this.#heard.length = count;
  }

  #restore(
    state: RunState,
    saved: { confirmed: JsonObject | null; slots: JsonObject; user: JsonObject },
  ): void {
    this.state = state;
    this.#confirmed = saved.confirmed;
    this.#slots = state.slots;
    this.#user = state.user;
  }

  /** The same messages and outcomes give the same states in another process. */
  checkReplay(other: ReturnType<typeof createDialogue>): void {
    let state = other.start(this.#id, 'en');
    for (const { heard, outcomes, state: expected } of this.#heard) {
      let step = other.advance(state, inputOf(this.#id, heard), clock);
      for (const outcome of outcomes) step = other.advance(step.state, { kind: 'outcome', outcome }, clock);
      ({ state } = step);
      if (JSON.stringify(state) !== expected) {
        this.#fault('a replay differs');
        return;
      }
    }
  }

  #advance(state: Advance['state'], input: AdvanceInput): Advance {
    return this.#dialogue.advance(state, input, clock);
  }

  #perform(effect: Effect | undefined, answer: Answer): Outcome {
    if (effect?.kind !== 'run' || !effect.effect) return answer(effect);
    const known = this.#ledger.get(effect.key);
    if (known) return known;
    const outcome = answer(effect);
    this.#ledger.set(effect.key, outcome);
    this.effects += 1;
    return outcome;
  }

  /** Slots and facts as the log tells them: what an observer of the events knows. */
  #fold(events: Advance['events']): void {
    for (const event of events) {
      if (event.kind === 'slot_set') this.#slots = { ...this.#slots, [event.slot]: event.value };
      if (event.kind === 'user_fact_set') this.#user = { ...this.#user, [event.fact]: event.value };
      if (event.kind === 'confirmed') this.#confirmed = event.values;
      if (event.kind === 'confirmation_voided') this.#confirmed = null;
      if (event.kind === 'dialogue_failed') this.#fault(event.message);
    }
  }

  /** An action runs only with what it requires: a yes to these very values, and the facts. */
  #checkRun(run: RunEffect): void {
    const scope = { slots: this.state.slots, user: this.state.user, context: {}, now: 0 };
    for (const requirement of this.#program.actions[run.action]?.requires ?? []) {
      if (requirement.kind === 'fact') {
        if (!holds(requirement.fact, scope)) this.#fault(`${run.action} runs without what it requires`);
        continue;
      }
      const confirmed = this.#confirmed ?? this.state.confirmed;
      const values = Object.values(confirmed ?? {});
      const isConfirmed = Object.values(run.input).every((value) =>
        values.some((each) => isSameJson(each, value)),
      );
      if (!confirmed || !isConfirmed) this.#fault(`${run.action} runs without a yes to its values`);
    }
  }

  #check({ content, commands }: Heard, wasOwner: RunState['owner'], spoke: boolean): void {
    const { state } = this;
    if (!isSameJson(withoutNull(state.slots), withoutNull(this.#slots)))
      this.#fault('the events tell of other slots');
    if (!isSameJson(state.user, this.#user)) this.#fault('the events tell of other facts');
    if (state.stack.length > 25) this.#fault('the stack grows');
    if (state.stack.some(({ snapshot }) => snapshot.status === 'done'))
      this.#fault('a frame is over and stays');
    const isHeard = content.kind === 'text' && commands.length > 0 && wasOwner === 'bot';
    if (isHeard && !spoke) this.#fault(`nothing is said to ${commands.map(({ kind }) => kind).join(', ')}`);
    if (state.owner === 'bot' && state.stack.length > 0 && !isWaiting(state)) this.#fault('a frame is lost');
  }

  #fault(message: string): void {
    const heard = this.#heard.slice(-3).map(({ heard: { commands } }) => commands);
    const flows = this.state.stack.map(({ flow, snapshot }) => `${flow}/${snapshot.value}`);
    this.faults.push(`${this.#id}: ${message} [${flows.join(' > ')}] after ${JSON.stringify(heard)}`);
  }
}

const clock = { now: 0 };

/** Whether something can go on: a question, or a timer. */
function isWaiting({ question, stack }: RunState): boolean {
  return question !== null || stack.some(({ snapshot }) => snapshot.context.timer !== null);
}

function withoutNull(slots: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(slots).filter(([, value]) => value !== null));
}

function inputOf(conversation: string, { content, commands }: Heard): AdvanceInput {
  const message = { channel: 'walk', conversation, id: '1', at: 0, content };
  return { kind: 'commands', commands, message, locale: 'en' };
}

/** @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c (mulberry32) */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
