import { describe, expect, test } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import type { Message } from '../../src/message.ts';

/** A channel, with a way to make what it would receive and to read what it would show. */
export interface ChannelUnderTest<Raw, Rendered> {
  readonly channel: Channel<Raw, Rendered>;
  /** A request that a person's text would arrive in. */
  readonly raw: (text: string) => Raw;
  /** The text that a person would read. */
  readonly textOf: (rendered: Rendered) => string;
}

/** What every channel keeps. */
export function channelContract<Raw, Rendered>(
  name: string,
  prepare: () => ChannelUnderTest<Raw, Rendered>,
): void {
  describe(`${name} keeps the channel contract`, () => {
    test('a genuine message is verified and parsed into one of its own conversations', async () => {
      const { channel, raw } = prepare();
      const request = raw('Where is my order? 订单');
      expect(await channel.verify(request)).toBe(true);
      const [message, ...rest] = channel.parse(request);
      expect(rest).toEqual([]);
      expect(message).toMatchObject({
        channel: channel.name,
        content: { kind: 'text', text: 'Where is my order? 订单' },
      });
      expect(message?.conversation.startsWith(`${channel.name}:`)).toBe(true);
      expect(message?.id).not.toBe('');
    });

    test('a message shows its text, and all of its choices and links', () => {
      const { channel, textOf } = prepare();
      const message: Message = {
        text: 'Which one?',
        locale: 'en',
        buttons: ['red', 'green'].map((title) => ({ title, payload: { kind: 'text', text: title } })),
        links: [{ title: 'Returns', url: 'https://shop.example/returns' }],
      };
      const shown = channel.render([message]);
      const everything = shown.map((part) => textOf(part) + JSON.stringify(part)).join('\n');
      for (const part of ['Which one?', 'red', 'green', 'https://shop.example/returns']) {
        expect(everything).toContain(part);
      }
    });

    test('a text too long for it arrives whole, in parts', () => {
      const { channel, textOf } = prepare();
      const words = Array.from({ length: 5000 }, (_, place) => `w${place}`);
      const shown = channel.render([{ text: words.join(' '), locale: 'en' }]).map(textOf);
      expect(shown.every((text) => text.length <= channel.capabilities.maxTextLength)).toBe(true);
      expect(shown.flatMap((text) => text.split(/\s+/))).toEqual(words);
    });
  });
}
