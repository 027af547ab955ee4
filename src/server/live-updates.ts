/** What happens in a conversation while somebody watches; nothing of it is kept. */
export type LiveUpdate =
  | { readonly kind: 'typing'; readonly typing: boolean }
  | { readonly kind: 'draft'; readonly text: string }
  /** A turn was committed: the log has more. */
  | { readonly kind: 'committed' };

/** Tells the open event streams of this process what happens in their conversations. */
export interface LiveUpdates {
  publish(conversation: string, update: LiveUpdate): void;
  publishToAll(update: LiveUpdate): void;
  /** @returns What ends the subscription. */
  subscribe(conversation: string, listener: (update: LiveUpdate) => void): () => void;
}

export function createLiveUpdates(): LiveUpdates {
  const listeners = new Map<string, Set<(update: LiveUpdate) => void>>();
  return {
    publish: (conversation, update) => {
      for (const listener of listeners.get(conversation) ?? []) listener(update);
    },
    publishToAll: (update) => {
      for (const all of listeners.values()) for (const listener of all) listener(update);
    },
    subscribe: (conversation, listener) => {
      const all = listeners.get(conversation) ?? new Set();
      listeners.set(conversation, all.add(listener));
      return () => {
        all.delete(listener);
        if (all.size === 0 && listeners.get(conversation) === all) listeners.delete(conversation);
      };
    },
  };
}
