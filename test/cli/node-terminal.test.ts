import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createNodeTerminal } from '../../src/cli/node-terminal.ts';

function terminalOver(chunks: readonly Uint8Array[]) {
  const output = new PassThrough();
  const error = new PassThrough();
  return createNodeTerminal({ input: Readable.from(chunks), output, error, colour: false, clock: () => 0 });
}

async function linesOf(chunks: readonly Uint8Array[]): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of terminalOver(chunks).lines()) lines.push(line);
  return lines;
}

describe('lines from a pipe', () => {
  test.each<[string, Uint8Array[], string[]]>([
    ['end with or without a line break', [Buffer.from('a\nb')], ['a', 'b']],
    ['may be cut inside a character', [Buffer.from([0xe4, 0xbd]), Buffer.from([0xa0, 0x0a])], ['你']],
    ['are not split at U+2028', [Buffer.from('a\u2028b\n')], ['a\u2028b']],
    ['lose a carriage return', [Buffer.from('a\r\nb\r\n')], ['a', 'b']],
    ['show invalid UTF-8 as U+FFFD', [Buffer.from([0x61, 0xff, 0x62, 0x0a])], ['a\ufffdb']],
    ['may be empty', [Buffer.from('\n\na\n')], ['', '', 'a']],
    ['may be none', [], []],
  ])('%s', async (_, chunks, lines) => {
    expect(await linesOf(chunks)).toEqual(lines);
  });
});

test('a pipe is no person', () => {
  expect(terminalOver([]).interactive).toBe(false);
});
