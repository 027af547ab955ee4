import type { Channel } from '../channels/channel.ts';

/** The channel of the page and the API: its callers take the replies themselves, and render them themselves. */
export const webChannel: Channel<never, never> = {
  name: 'web',
  capabilities: { buttons: true, maxButtons: 20, links: true, images: true, maxTextLength: 100_000 },
  verify: () => false,
  parse: () => [],
  render: () => [],
};

/** The engine's id of a conversation of the API. */
export function webConversation(id: string): string {
  return `${webChannel.name}:${id}`;
}
