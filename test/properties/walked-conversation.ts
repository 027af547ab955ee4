import type { createDialogue } from '../../src/dialogue/create-dialogue.ts';
import type { Advance, AdvanceInput } from '../../src/dialogue/dialogue.ts';
import type { RunState } from '../../src/dialogue/dialogue-state.ts';
import type { Effect, Outcome, RunEffect } from '../../src/dialogue/effect.ts';
import { holds } from '../../src/dialogue/evaluate-expression.ts';
import type { Program } from '../../src/dialogue/program.ts';
import { isSameJson } from '../../src/dialogue/same-json.ts';
import type { JsonObject } from '../../src/json.ts';
import { type Heard, released, said } from './heard.ts';

/** What comes of an effect that the dialogue waits for. */
type Answer = (effect: Effect | undefined) => Outcome;

/** One conversation as the engine would hold it: state kept as JSON, effects once for their key. */
export class WalkedConversation {
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
    if (this.state.owner === 'person') this.turn(released, answer);
    const free = this.state;
    this.turn(said({ kind: 'handoff' }), answer);
    if (this.state.owner !== 'person') this.#fault('a person is not reached');
    this.#restore(free, saved);
    for (let left = free.stack.length + free.deferred.length + 1; left > 0; left -= 1)
      this.turn(said({ kind: 'cancel' }), answer);
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
