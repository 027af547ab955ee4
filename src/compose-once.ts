import type { Bot } from './bot/load-bot.ts';
import { openUnderstanding, type UnderstandingOptions } from './compose.ts';
import { createDialogue } from './dialogue/create-dialogue.ts';
import type { Reading } from './dialogue/dialogue.ts';
import { defaultLocale } from './config.ts';
import type { Understanding } from './nlu/recognizer.ts';

/** What a text is understood as when it opens a conversation, and how it would be taken. */
export async function understandOnce(
  bot: Bot,
  text: string,
  now: number,
  options: UnderstandingOptions = {},
): Promise<{ readonly understanding: Understanding; readonly readings: readonly Reading[] }> {
  await using opened = await openUnderstanding(bot, options);
  const { time_zone: timeZone } = bot.config;
  const dialogue = createDialogue(bot.program, { timeZone });
  const state = dialogue.start('say:1', defaultLocale(bot.config));
  const understanding = await opened.recognizer.recognise(text, {
    ...dialogue.context(state),
    now,
    timeZone,
  });
  const message = {
    channel: 'say',
    conversation: 'say:1',
    id: '1',
    at: now,
    content: { kind: 'text', text },
  } as const;
  return { understanding, readings: dialogue.interpret(state, message, understanding).readings };
}
