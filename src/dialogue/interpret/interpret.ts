import type { InboundMessage } from '../../message.ts';
import type { Understanding } from '../../nlu/recognizer.ts';
import type { Interpretation } from '../dialogue.ts';
import type { RunState } from '../dialogue-state.ts';
import type { Bot } from '../run/bot.ts';

export function interpret(
  _bot: Bot,
  _state: RunState,
  _message: InboundMessage,
  _understanding: Understanding | undefined,
): Interpretation {
  return { commands: [], readings: [] };
}
