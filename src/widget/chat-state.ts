/** A button's meaning: sent back as it came. */
export type Payload = Readonly<Record<string, unknown>>;

export interface ChatMessage {
  readonly id: string;
  readonly role: 'bot' | 'user';
  readonly text: string;
  readonly locale?: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly buttons?: readonly { readonly title: string; readonly payload: Payload }[] | undefined;
  readonly links?: readonly { readonly title: string; readonly url: string }[] | undefined;
  readonly image?: string | undefined;
}

export interface ShownMessage extends ChatMessage {
  /** Of the person's own messages: whether the bot has it. */
  readonly delivery?: 'sending' | 'failed' | 'too_long' | undefined;
  /** Of a pressed button, until it has arrived. */
  readonly payload?: Payload | undefined;
}

/** All that the chat shows. */
export interface ChatState {
  readonly messages: readonly ShownMessage[];
  /** Sentences of a reply that is being written. */
  readonly draft: string;
  readonly isTyping: boolean;
  readonly status: 'bot' | 'person';
  /** `refused`: the server does not open a conversation. */
  readonly connection: 'connecting' | 'online' | 'offline' | 'refused';
  /** The conversation is over: it was forgotten, or silent for too long. */
  readonly isEnded: boolean;
  /** How many messages of the bot came while nobody looked. */
  readonly unread: number;
}

export const emptyChat: ChatState = {
  messages: [],
  draft: '',
  isTyping: false,
  status: 'bot',
  connection: 'connecting',
  isEnded: false,
  unread: 0,
};

/**
 * Adds messages, each once: the same one comes in a reply, in the history and in the event stream.
 *
 * What is still being sent stands last; what has arrived, after all that had: as the conversation has it.
 */
export function withMessages(state: ChatState, incoming: readonly ShownMessage[]): ChatState {
  const messages = [...state.messages];
  let draft = state.draft;
  for (const message of incoming) {
    if (message.role === 'bot') draft = '';
    const known = messages.findIndex(({ id }) => id === message.id);
    const hasArrived = messages[known]?.delivery === 'sending' && message.delivery !== 'sending';
    if (known >= 0 && !hasArrived) messages[known] = message;
    else messages.push(message);
    if (hasArrived) messages.splice(known, 1);
  }
  const isWaiting = ({ delivery }: ShownMessage): boolean => delivery === 'sending';
  const inOrder = [...messages.filter((message) => !isWaiting(message)), ...messages.filter(isWaiting)];
  return { ...state, messages: inOrder, draft };
}

/** @param seen - The id of the bot's last message that was in view; without one, none was. */
export function withUnread(state: ChatState, seen: string | undefined): ChatState {
  const after = seen === undefined ? -1 : state.messages.findLastIndex(({ id }) => id === seen);
  const unread = state.messages.slice(after + 1).filter(({ role }) => role === 'bot').length;
  return { ...state, unread };
}
