import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';

export const chat: Command = {
  name: 'chat',
  summary: 'Talk to the bot in the terminal, or over a pipe.',
  description:
    'Trains first when the files changed. On a terminal it is a chat; from a pipe it reads one message a line and prints replies only, a blank line between turns, and exits with 0 at the end.',
  options: [
    botOption,
    { flags: '--conversation <name>', description: 'Go on with this conversation instead of a new one.' },
    { flags: '--locale <locale>', description: "The conversation's language before anything is said." },
    {
      flags: '--serve',
      description: 'Serve the page and the API too; the end of input ends the chat, not the server.',
    },
    { flags: '--watch', description: 'Train and reload when a file of the bot changes.' },
  ],
  examples: [
    { line: 'usher chat', does: 'Opens a chat; /help lists what can be typed besides messages.' },
    { line: "printf 'where is my order\\n' | usher chat", does: 'Sends one message and prints the reply.' },
  ],

  async run(invocation, context) {
    const { runChat } = await import('../run-chat.ts');
    await runChat(invocation, filesOf(invocation, context), context);
    return ExitCode.ok;
  },
};
