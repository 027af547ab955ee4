import type { Json } from '../json.ts';
import type { InboundContent, Message } from '../message.ts';
import type { LoggedEvent } from '../store/conversation-log.ts';
import type { ApiMessage } from './api-schema.ts';

/** What a bot says, as the API shows it; its id is the same in a reply, in the history and in the event stream. */
export function apiMessage(message: Message, turn: number, index: number, at: number): ApiMessage {
  const { text, locale, buttons, links, image } = message;
  return {
    id: `t${turn}.${index}`,
    role: 'bot',
    text,
    locale,
    at,
    ...(buttons?.length ? { buttons: buttons.map(({ title, payload }) => ({ title, payload })) } : {}),
    ...(links?.length ? { links: links.map(({ title, url }) => ({ title, url })) } : {}),
    ...(image === undefined ? {} : { image }),
  };
}

/** One turn of the log, as the API shows it. */
export interface ApiTurn {
  readonly cursor: string;
  readonly messages: readonly ApiMessage[];
}

/** Reads whole turns from the log, in order. */
export function apiTurns(events: readonly LoggedEvent[]): readonly ApiTurn[] {
  const turns = new Map<number, LoggedEvent[]>();
  for (const event of events) {
    const turn = turns.get(event.turn);
    if (turn) turn.push(event);
    else turns.set(event.turn, [event]);
  }
  return [...turns.values()].map(apiTurn);
}

function apiTurn(events: readonly LoggedEvent[]): ApiTurn {
  const messages: ApiMessage[] = [];
  let said = 0;
  for (const { kind, data, turn, at } of events) {
    if (kind === 'user_message') messages.push(...userMessage(data, turn, at));
    if (kind === 'bot_message') {
      messages.push(apiMessage((data as unknown as { message: Message }).message, turn, said, at));
      said += 1;
    }
  }
  return { cursor: String(events.at(-1)?.id ?? 0), messages };
}

function userMessage(data: Json, turn: number, at: number): readonly ApiMessage[] {
  const { messageId } = data as { readonly messageId?: string };
  const text = heardText(data);
  return text === undefined ? [] : [{ id: messageId ?? `t${turn}.u`, role: 'user', text, at }];
}

/** What a person wrote, pressed or sent, from the data of a `user_message`. */
export function heardText(data: Json): string | undefined {
  const { text, content } = data as unknown as { text?: string; content?: InboundContent };
  return text ?? shownContent(content);
}

function shownContent(content: InboundContent | undefined): string | undefined {
  if (content?.kind === 'text') return content.text;
  if (content?.kind === 'payload')
    return content.title ?? (content.payload.kind === 'text' ? content.payload.text : undefined);
  return content?.kind === 'attachment' ? (content.caption ?? `[${content.media}]`) : undefined;
}
