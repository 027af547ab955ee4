import { describe, expect, test } from 'vitest';
import { createTerminalChannel } from '../../src/channels/terminal-channel.ts';
import type { Message } from '../../src/message.ts';
import { channelContract } from '../contracts/channel.ts';

function terminal() {
  const written: string[] = [];
  let ids = 0;
  const channel = createTerminalChannel({
    write: (text) => written.push(text),
    conversation: 'terminal:1',
    newId: () => `m${(ids += 1)}`,
    now: () => 5,
  });
  return { channel, written };
}

channelContract('The terminal', () => ({
  channel: terminal().channel,
  raw: (text: string) => text,
  textOf: (rendered: string) => rendered,
}));

const choice: Message = {
  text: 'Which?',
  locale: 'en',
  buttons: [
    { title: 'Refund', payload: { kind: 'start_flow', flow: 'refund' } },
    { title: 'Return', payload: { kind: 'start_flow', flow: 'return' } },
  ],
};

describe('the terminal', () => {
  test('numbers choices, and takes a number for one of them', () => {
    const { channel } = terminal();
    expect(channel.render([choice])).toEqual(['Which?\n1. Refund\n2. Return']);
    expect(channel.parse(' 2. ')[0]?.content).toEqual({
      kind: 'payload',
      payload: { kind: 'start_flow', flow: 'return' },
      title: 'Return',
    });
  });

  test.each(['１', '1)', '1'])('takes %s for the first choice', (line) => {
    const { channel } = terminal();
    channel.render([choice]);
    expect(channel.parse(line)[0]?.content).toMatchObject({ kind: 'payload', title: 'Refund' });
  });

  test('numbers on over the messages of one turn, and forgets them after the answer', () => {
    const { channel } = terminal();
    channel.render([choice]);
    expect(channel.render([choice])).toEqual(['Which?\n3. Refund\n4. Return']);
    expect(channel.parse('4')[0]?.content).toMatchObject({ title: 'Return' });
    expect(channel.parse('4')[0]?.content).toEqual({ kind: 'text', text: '4' });
  });

  test.each(['0', '3', '12 boxes', 'one'])('takes %s as it was typed', (line) => {
    const { channel } = terminal();
    channel.render([choice]);
    expect(channel.parse(line)[0]?.content).toEqual({ kind: 'text', text: line });
  });

  test('no text can command it', async () => {
    const { channel, written } = terminal();
    const [text = ''] = channel.render([{ text: 'a\u001b[2J\u0007\u009b1m\rb\nc\u202e', locale: 'en' }]);
    await channel.send?.('terminal:1', text, { deliveryId: 'd' });
    expect(written).toEqual(['a[2J1mb\nc\n']);
  });
});
