import type { Locale } from '../message.ts';
import { compileBot, type BotOptions } from './run/bot.ts';
import { advance } from './run/advance.ts';
import type { Dialogue, DialogueState } from './dialogue.ts';
import type { RunState } from './dialogue-state.ts';
import { interpret } from './interpret/interpret.ts';
import { recognitionContext } from './recognition-context.ts';
import type { Program } from './program.ts';

export type DialogueOptions = BotOptions;

/** Compiles a bot's program into the two pure functions that the engine calls. */
export function createDialogue(program: Program, options: DialogueOptions = {}): Dialogue {
  const bot = compileBot(program, options);
  const initialSlots = Object.fromEntries(
    Object.values(program.slots).flatMap(({ name, initialValue }) =>
      initialValue === null ? [] : [[name, initialValue]],
    ),
  );
  return {
    version: program.version,
    start: (conversation: string, locale: Locale): RunState => ({
      conversation,
      locale,
      slots: initialSlots,
      user: {},
      owner: 'bot',
      stack: [],
      page: {},
      question: null,
      options: [],
      confirmed: null,
      awaited: null,
      deferred: [],
      misses: 0,
      said: [],
      heard: '',
      memory: {},
      lastFlow: null,
    }),
    context: (state) => recognitionContext(bot, asRunState(state)),
    interpret: (state, message, understanding) => interpret(bot, asRunState(state), message, understanding),
    advance: (state, input, { now }) => advance(bot, asRunState(state), input, now),
  };
}

/** States come from `start` and `advance` alone, through a store that keeps JSON as it is. */
function asRunState(state: DialogueState): RunState {
  return state as RunState;
}
