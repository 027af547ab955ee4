import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bot } from '../bot/load-bot.ts';
import { openBot, openUnderstanding, type BotUnderstanding, type RunningBot } from '../compose.ts';
import type { Environment } from '../config.ts';
import type { RunState } from '../dialogue/dialogue-state.ts';
import type { TrackerEvent } from '../dialogue/tracker-event.ts';
import type { Program } from '../dialogue/program.ts';
import { parsePayload } from '../dialogue/parse-payload.ts';
import { EngineError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import type { InboundContent } from '../message.ts';
import type { Recognizer } from '../nlu/recognizer.ts';
import type { GoldenDialogue } from './golden-dialogue.ts';
import type { OpenQuestion } from './coverage/repairs.ts';
import { transitionId } from './coverage/transitions.ts';
import { rememberRecognition } from './remember-recognition.ts';
import { stubActions } from './stub-actions.ts';
import type { OpenTestSession, TestSession, TestTurn } from './test-session.ts';

export interface TestSessions extends AsyncDisposable {
  readonly open: OpenTestSession;
  /** Opens sessions of the bot with other flows; what it understands stays the same. */
  readonly with: (program: Program) => OpenTestSession;
  readonly recognizer: Recognizer;
}

export interface TestSessionOptions {
  readonly environment: Environment;
  /** The clock of dialogues that set none; epoch milliseconds. */
  readonly now: () => number;
}

/** Opens a bot for golden dialogues: one model for all, everything else afresh for each. */
export async function createTestSessions(bot: Bot, options: TestSessionOptions): Promise<TestSessions> {
  const understanding = rememberRecognition(await openUnderstanding(bot));
  return {
    open: (dialogue) => openSession(bot, dialogue, understanding, options),
    with: (program) => (dialogue) => openSession({ ...bot, program }, dialogue, understanding, options),
    recognizer: understanding.recognizer,
    [Symbol.asyncDispose]: () => understanding[Symbol.asyncDispose](),
  };
}

async function openSession(
  bot: Bot,
  dialogue: GoldenDialogue,
  understanding: BotUnderstanding,
  { environment, now }: TestSessionOptions,
): Promise<TestSession> {
  const stateDir = await mkdtemp(join(tmpdir(), 'usher-test-'));
  let clock = dialogue.now ?? now();
  const taken = new Set<string>();
  const running = await openBot(bot, {
    environment,
    stateDir,
    storeFile: ':memory:',
    understanding,
    now: () => clock,
    random: () => 0,
    wrapActions: (runner) => stubActions(runner, dialogue.stubs),
    observe: (transition) => taken.add(transitionId(transition)),
  });
  let turns = 0;
  const send = async (content: InboundContent, metadata: JsonObject): Promise<TestTurn> => {
    turns += 1;
    taken.clear();
    const turn = await takeTurn(running, {
      ...{ content, metadata, id: String(turns), at: clock, locale: dialogue.locale },
    });
    return { ...turn, transitions: [...taken] };
  };
  if (Object.keys(dialogue.slots).length > 0) {
    await send({ kind: 'payload', payload: { kind: 'set_slots', slots: dialogue.slots } }, {});
  }
  return {
    send: (text, metadata) => send(contentOf(text, bot), metadata),
    async wait(ms) {
      clock += ms;
      const due = await running.store.dueTimers({ channels: [channel], at: clock, limit: 1 });
      const timer = due[0];
      if (timer) return await send({ kind: 'timer', timer: timer.name }, {});
      return { messages: [], events: [], transitions: [], question: undefined, logged: '', sentToLlm: '' };
    },
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

const channel = 'test';
const conversation = 'test:1';

interface Turn {
  readonly content: InboundContent;
  readonly metadata: JsonObject;
  readonly id: string;
  readonly at: number;
  readonly locale: string | undefined;
}

async function takeTurn(
  { engine, store }: RunningBot,
  { content, metadata, id, at, locale }: Turn,
): Promise<Omit<TestTurn, 'transitions'>> {
  const question = openQuestion(await store.state(conversation));
  const result = await engine.receive({ channel, conversation, id, at, content, locale, context: metadata });
  const events = await store.events(conversation, { last: 500 });
  return {
    messages: result.messages,
    events: events
      .filter((event) => event.turn === result.turn)
      .map(({ kind, data }) => ({ kind, ...(data as object) }) as TrackerEvent),
    question,
    logged: JSON.stringify(result.trace),
    sentToLlm: '',
  };
}

function openQuestion(state: unknown): OpenQuestion | undefined {
  const { question } = (state ?? {}) as Partial<RunState>;
  return question && question.kind !== 'listen' ? { flow: question.flow, step: question.step } : undefined;
}

/** A step that starts with a slash presses a button. */
function contentOf(text: string, { program }: Bot): InboundContent {
  if (!text.startsWith('/')) return { kind: 'text', text };
  const parsed = parsePayload(text, program.slots);
  if (parsed.kind === 'parsed') return { kind: 'payload', payload: parsed.payload };
  throw new EngineError('DATA_INVALID', parsed.message, { fix: parsed.fix });
}
