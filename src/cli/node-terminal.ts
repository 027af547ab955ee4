import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import pc from 'picocolors';
import type { Colours, Progress, Terminal } from './terminal.ts';

interface Ends {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly error: Writable & { readonly isTTY?: boolean };
  readonly colour: boolean;
  readonly clock: () => number;
}

/** The terminal over a process's three streams. */
export function createNodeTerminal({ input, output, error, colour, clock }: Ends): Terminal {
  const interactive = input.isTTY === true && output.isTTY === true;
  return {
    out: (text) => void output.write(`${text}\n`),
    err: (text) => void error.write(`${text}\n`),
    write: (text) => void output.write(text),
    lines: ({ prompt = '' } = {}) => (interactive ? typedLines(input, output, prompt) : pipedLines(input)),
    interactive,
    width: output.columns ?? 100,
    colours: createColours(colour),
    progress: (title) => (error.isTTY === true ? drawnBar(error, title, clock) : plainProgress(error, title)),
  };
}

function createColours(enabled: boolean): Colours {
  const { bold, dim, red, green, yellow, blue, cyan } = pc.createColors(enabled);
  return { bold, dim, red, green, yellow, blue, cyan };
}

async function* typedLines(input: Readable, output: Writable, prompt: string): AsyncIterable<string> {
  const reader = createInterface({ input, output, prompt, historySize: 200 });
  reader.prompt();
  for await (const line of reader) {
    yield line;
    reader.prompt();
  }
}

/** Only `\n` ends a line here (readline would also split at U+2028), so that a message arrives as it was written. */
async function* pipedLines(input: Readable): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: false });
  let rest = '';
  for await (const chunk of input as AsyncIterable<Uint8Array | string>) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  rest += decoder.decode();
  if (rest !== '') yield rest.replace(/\r$/, '');
}

const barWidth = 24;

function drawnBar(error: Writable, title: string, clock: () => number): Progress {
  const startedAt = clock();
  let drawnAt = 0;
  return {
    update(fraction, detail = '') {
      const now = clock();
      if (now - drawnAt < 80 && fraction < 1) return;
      drawnAt = now;
      const filled = Math.round(Math.min(Math.max(fraction, 0), 1) * barWidth);
      const left =
        fraction > 0.02
          ? `${Math.ceil((((now - startedAt) / fraction) * (1 - fraction)) / 1000)} s left`
          : '';
      const percent = `${Math.floor(fraction * 100)} %`.padStart(5);
      error.write(
        `\r\u001b[K${title} ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}${percent}  ${left}  ${detail}`,
      );
    },
    done: (message) => void error.write(`\r\u001b[K${message}\n`),
  };
}

function plainProgress(error: Writable, title: string): Progress {
  let tenth = -1;
  return {
    update(fraction, detail = '') {
      const reached = Math.floor(fraction * 10);
      if (reached <= tenth) return;
      tenth = reached;
      error.write(`${title} ${reached * 10} % ${detail}`.trimEnd() + '\n');
    },
    done: (message) => void error.write(`${message}\n`),
  };
}
