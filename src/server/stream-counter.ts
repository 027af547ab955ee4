import type { ServerLimits } from './server-options.ts';

/** How many event streams are open: of all, from one address, and on one conversation. */
export interface StreamCounter {
  /** @returns What gives the place back; `undefined` when there is none. */
  take(address: string, conversation: string): (() => void) | undefined;
}

/** @param onChange - Told how many are open. */
export function createStreamCounter(limits: ServerLimits, onChange: (open: number) => void): StreamCounter {
  const addresses = new Map<string, number>();
  const conversations = new Map<string, number>();
  let open = 0;
  return {
    take: (address, conversation) => {
      if (
        open >= limits.streams ||
        (addresses.get(address) ?? 0) >= limits.streamsPerAddress ||
        (conversations.get(conversation) ?? 0) >= limits.streamsPerConversation
      )
        return undefined;
      const change = (by: 1 | -1): void => {
        open += by;
        add(addresses, address, by);
        add(conversations, conversation, by);
        onChange(open);
      };
      change(1);
      return () => change(-1);
    },
  };
}

function add(counts: Map<string, number>, key: string, by: number): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
