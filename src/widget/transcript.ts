import type { ChatMessage } from './chat-state.ts';

/** The conversation as a text file to keep. */
export function transcriptOf(
  messages: readonly ChatMessage[],
  bot: string,
  person: string,
  locale: string,
): string {
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const lines = messages.map(({ role, text, at, links }) => {
    const sources = links?.map(({ title, url }) => `\n  ${title}: ${url}`).join('') ?? '';
    return `[${time.format(at)}] ${role === 'user' ? person : bot}: ${text}${sources}`;
  });
  return `${lines.join('\n\n')}\n`;
}
