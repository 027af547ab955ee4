import type { Button, InboundContent } from '../message.ts';
import type { Channel } from './channel.ts';
import { renderFor } from './render-for.ts';

export interface TerminalChannelOptions {
  /** Shows text to the person. */
  readonly write: (text: string) => void;
  readonly conversation: string;
  readonly newId: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * A chat on a terminal: a line is a message, and a number picks one of the choices just shown.
 *
 * What is shown is plain text: control characters are left out, so that no text can command the terminal.
 */
export function createTerminalChannel(options: TerminalChannelOptions): Channel<string, string> {
  const { write, conversation, newId, now } = options;
  const shown: Button[] = [];

  return {
    name: 'terminal',
    capabilities: {
      buttons: false,
      maxButtons: 0,
      links: false,
      images: false,
      maxTextLength: Number.MAX_SAFE_INTEGER,
    },
    verify: () => true,
    parse(line) {
      const content = contentOf(line, shown);
      shown.length = 0;
      return [{ channel: 'terminal', conversation, id: newId(), at: now(), content }];
    },
    render(messages) {
      const texts = renderFor(this.capabilities, messages, shown.length + 1).map(({ text }) => plain(text));
      shown.push(...messages.flatMap(({ buttons = [] }) => buttons));
      return texts;
    },
    send(_, text) {
      write(`${text}\n`);
      return Promise.resolve();
    },
  };
}

function contentOf(line: string, shown: readonly Button[]): InboundContent {
  const [, digits] = /^\s*(\d{1,3})\s*[.)。]?\s*$/u.exec(line.normalize('NFKC')) ?? [];
  const button = digits === undefined ? undefined : shown[Number(digits) - 1];
  if (!button) return { kind: 'text', text: line };
  return { kind: 'payload', payload: button.payload, title: button.title };
}

function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\n' || character === '\t' ? character : '',
  );
}
