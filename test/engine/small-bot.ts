import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionImplementation } from '../../src/actions/action.ts';
import { createActionRunner } from '../../src/actions/create-action-runner.ts';
import type { Channel } from '../../src/channels/channel.ts';
import type { Advance, AdvanceInput, Dialogue, DialogueState } from '../../src/dialogue/dialogue.ts';
import type { Effect, RunEffect } from '../../src/dialogue/effect.ts';
import { createEngine, type Engine } from '../../src/engine.ts';
import type { EnginePorts } from '../../src/engine/engine-ports.ts';
import type { Realiser } from '../../src/generation/realiser.ts';
import type { JsonObject } from '../../src/json.ts';
import { silentLogger } from '../../src/logger.ts';
import type { InboundContent, InboundMessage } from '../../src/message.ts';
import type { Recognizer } from '../../src/nlu/recognizer.ts';
import { openSqliteStore, type SqliteStore } from '../../src/store/sqlite-store.ts';

/** A recogniser whose one intent is the first word. */
const recognizer: Recognizer = {
  modelId: 'words',
  recognise: (text) =>
    Promise.resolve({
      text,
      locale: /\p{Script=Han}/u.test(text) ? 'zh' : 'en',
      localeReliable: true,
      sentiment: 0,
      segments: [],
      articles: [],
      notes: [],
    }),
};

function say(text: string): Effect {
  return { kind: 'say', utterance: { kind: 'text', text: { '*': text } }, values: {} };
}

function run(state: DialogueState, action: string, value: string, more: Partial<RunEffect> = {}): RunEffect {
  const key = `${state.conversation}/${action}/${value}`;
  return { kind: 'run', action, input: { value }, effect: true, key, timeoutMs: 1000, retry: 0, ...more };
}

type Words = (state: DialogueState, rest: string) => Partial<Advance>;

/** What the small bot does with a message, by its first word. */
const words: Readonly<Record<string, Words>> = {
  pay: (state, value) => ({ effects: [run(state, 'pay', value)], waitsFor: 'outcome' }),
  read: (state, value) => ({ effects: [run(state, 'read', value, { effect: false })], waitsFor: 'outcome' }),
  loop: (state, value) => ({ effects: [run(state, 'loop', value, { effect: false })], waitsFor: 'outcome' }),
  ask: (_, question) => ({
    effects: [{ kind: 'generate', purpose: 'reply', question }],
    waitsFor: 'outcome',
  }),
  person: (state) => ({
    state: { ...state, owner: 'person' },
    effects: [say('A person will come.'), { kind: 'handoff', queue: 'people', slots: state.slots }],
  }),
  back: (state) => ({ state: { ...state, owner: 'bot' }, effects: [say('I am back.')] }),
  nudge: () => ({ effects: [{ kind: 'schedule', timer: 'nudge', delayMs: 1000 }, say('Take your time.')] }),
  calm: () => ({ effects: [say('As you wish.')], events: [{ kind: 'timer_cancelled', timer: 'nudge' }] }),
  remember: (state, value) => ({
    state: { ...state, slots: { ...state.slots, email: value } },
    effects: [say(`Noted ${value}.`)],
  }),
  boom: () => {
    throw new Error('the dialogue broke');
  },
};

/** A dialogue small enough to read, in which each word is a feature of the engine. */
const dialogue: Dialogue = {
  version: 'small',
  start: (conversation, locale) => ({
    conversation,
    locale,
    slots: {},
    user: {},
    owner: 'bot',
    stack: [],
    turns: 0,
  }),
  context: () => ({ requested: [] }),
  interpret: () => ({ commands: [], readings: [] }),
  advance(before, input) {
    const state = { ...before, turns: Number(before['turns']) + 1 };
    return { state, effects: [], events: [], waitsFor: 'person', ...respond(state, input) };
  },
};

function respond(state: DialogueState, input: AdvanceInput): Partial<Advance> {
  if (input.kind === 'outcome') return afterOutcome(state, input);
  const [command] = input.commands;
  if (command?.kind === 'cannot_handle') return { effects: [say(`Sorry: ${command.reason}.`)] };
  const { content } = input.message;
  switch (content.kind) {
    case 'text': {
      const [word = '', ...rest] = content.text.split(' ');
      if (state.owner === 'person' && word !== 'back') return { effects: [say('This must not be heard.')] };
      return words[word]?.(state, rest.join(' ')) ?? { effects: [say(`You said ${content.text}.`)] };
    }
    case 'timer':
      return { effects: [say('Are you still there?')] };
    case 'released':
      return words['back']?.(state, '') ?? {};
    case 'opened':
      return { effects: [say('Hello.')] };
    case 'payload':
    case 'attachment':
      return { effects: [say(`I cannot see ${content.kind}s.`)] };
    default:
      return content satisfies never;
  }
}

function afterOutcome(
  state: DialogueState,
  { outcome }: Extract<AdvanceInput, { kind: 'outcome' }>,
): Partial<Advance> {
  switch (outcome.kind) {
    case 'ran':
      return outcome.set['again'] === true
        ? { effects: [run(state, 'loop', '', { effect: false })], waitsFor: 'outcome' }
        : { effects: [say(`Done: ${JSON.stringify(outcome.set)}.`)] };
    case 'failed':
      return { effects: [say(`Failed: ${outcome.reason}.`)] };
    case 'generated':
      return {};
    case 'silent':
      return { effects: [say('I do not know.')] };
    default:
      return outcome satisfies never;
  }
}

const realiser: Realiser = {
  realise: (sayable, _, { locale }) => ({
    text: sayable.kind === 'text' ? (sayable.text['*'] ?? '') : sayable.response,
    locale,
    source: sayable.kind === 'response' ? sayable.response : undefined,
  }),
};

/** What the small bot's `pay` does in the world: a ledger in which a key stands once, and counts its calls. */
export interface Ledger {
  readonly rows: Map<string, JsonObject>;
  calls: number;
}

export function ledgerActions(ledger: Ledger): Readonly<Record<string, ActionImplementation>> {
  return {
    pay: {
      run({ value }, { key }) {
        ledger.calls += 1;
        if (value === 'nothing') throw new Error('nothing to pay');
        ledger.rows.set(key, { paid: value ?? null });
        return { set: { paid: value ?? null } };
      },
      lookup: (key) => {
        const row = ledger.rows.get(key);
        return row && { set: row };
      },
    },
    read: { run: () => ({ set: { read: true } }) },
    loop: { run: () => ({ set: { again: true } }) },
  };
}

export interface SmallBot extends AsyncDisposable {
  readonly engine: Engine;
  readonly store: SqliteStore;
  readonly clock: { ms: number };
  readonly ledger: Ledger;
  /** Sends a text; resolves to the replies. */
  say(text: string, id?: string, conversation?: string): Promise<readonly string[]>;
}

export interface SmallBotOptions {
  readonly file?: string;
  /** Most pages that the store may grow to. */
  readonly maxPages?: number;
  readonly ports?: Partial<Omit<EnginePorts, 'settings'>>;
  readonly settings?: Partial<EnginePorts['settings']>;
  readonly ledger?: Ledger;
}

export async function openSmallBot(options: SmallBotOptions = {}): Promise<SmallBot> {
  const ledger = options.ledger ?? { rows: new Map(), calls: 0 };
  const store = await openSqliteStore({ file: options.file ?? ':memory:', maxPages: options.maxPages });
  const clock = { ms: 1_000_000 };
  const ids = { last: 0 };
  const engine = createEngine({
    recognizer,
    dialogue,
    realiser,
    writer: { write: () => Promise.resolve(undefined) },
    actions: createActionRunner({
      implementations: ledgerActions(ledger),
      resources: undefined,
      definitions: {},
      logger: silentLogger,
    }),
    store,
    channels: [callerTakesReply],
    clock: { now: () => clock.ms, elapsedMs: () => clock.ms },
    newId: () => `id-${(ids.last += 1)}`,
    random: () => 0.5,
    ...options.ports,
    settings: { locales: ['en', 'zh'], timeZone: 'UTC', ...options.settings },
  });
  return {
    engine,
    store,
    clock,
    ledger,
    async say(text, id = `m-${(ids.last += 1)}`, conversation = 'test:1') {
      const { messages } = await engine.receive(textMessage(text, id, conversation));
      return messages.map((message) => message.text);
    },
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

export const capabilities = {
  buttons: true,
  maxButtons: 10,
  links: true,
  images: true,
  maxTextLength: 10_000,
} as const;

const callerTakesReply: Channel = {
  name: 'test',
  capabilities,
  verify: () => true,
  parse: () => [],
  render: (all) => all,
};

/** A channel that takes everything and keeps nothing. */
export const sendNowhere: Channel = {
  name: 'test',
  capabilities,
  verify: () => true,
  parse: () => [],
  render: (all) => all,
  send: () => Promise.resolve(),
};

export function textMessage(text: string, id: string, conversation = 'test:1'): InboundMessage {
  return message({ kind: 'text', text }, id, conversation);
}

export function message(content: InboundContent, id: string, conversation = 'test:1'): InboundMessage {
  return { channel: 'test', conversation, id, at: 1, content };
}

/** A folder of its own for a store that several bots open, one after the other or at once. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'usher-engine-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
