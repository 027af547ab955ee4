import type { Json, JsonObject } from './json.ts';

/** A BCP 47 language tag as the bot's `locales` spell it, e.g. `en`, `zh`, `zh-TW`. */
export type Locale = string;

/** Text in several locales; the key `*` holds a text that serves every locale. */
export type LocalizedText = Readonly<Record<Locale, string>>;

/** What a person (or a button they pressed) sent, once a channel has parsed and verified it. */
export interface InboundMessage {
  /** The channel's name, e.g. `terminal`, `web`, `telegram`. */
  readonly channel: string;
  /** The conversation, unique over all channels: `<channel>:<the channel's own id>`. */
  readonly conversation: string;
  /** The channel's id for this message; the same id is processed once. */
  readonly id: string;
  /** When the channel says it was sent; epoch milliseconds. */
  readonly at: number;
  readonly content: InboundContent;
  /** The language the channel claims for the person, if it does; a hint, never a fact. */
  readonly locale?: Locale | undefined;
  /** Facts from a signed token; the only thing besides actions that may fill `user.*`. */
  readonly user?: JsonObject | undefined;
  /** Untrusted facts from the page the chat sits on; read by flows as `context.*`. */
  readonly context?: JsonObject | undefined;
}

export type InboundContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'payload'; readonly payload: Payload; readonly title?: string | undefined }
  | { readonly kind: 'attachment'; readonly media: Media; readonly caption?: string | undefined }
  /** The conversation was opened: the bot may greet. */
  | { readonly kind: 'opened' }
  /** A timer that the bot set has gone off. */
  | { readonly kind: 'timer'; readonly timer: string }
  /** An operator, a timeout or the customer gave the conversation back to the bot. */
  | { readonly kind: 'released'; readonly by: 'operator' | 'timeout' | 'customer' };

export type Media = 'image' | 'audio' | 'video' | 'file' | 'sticker' | 'location' | 'contact';

/** What a button means when it is pressed; parsed and allowed like everything else a person says. */
export type Payload =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'set_slots'; readonly slots: JsonObject }
  | { readonly kind: 'intent'; readonly intent: string; readonly entities: JsonObject }
  | { readonly kind: 'start_flow'; readonly flow: string }
  | {
      readonly kind: 'command';
      readonly command: 'affirm' | 'deny' | 'cancel' | 'handoff' | 'resume' | 'skip';
    };

/** One message to the person, already in their locale, as plain text: channels escape, nothing here is markup. */
export interface Message {
  readonly text: string;
  readonly locale: Locale;
  readonly buttons?: readonly Button[] | undefined;
  /** Articles or pages that the text rests on. */
  readonly links?: readonly Link[] | undefined;
  readonly image?: string | undefined;
  /** The response's name or the effect it came from, for traces and tests; channels ignore it. */
  readonly source?: string | undefined;
  /** Channel-specific extras by channel name. */
  readonly custom?: Readonly<Record<string, Json>> | undefined;
}

export interface Button {
  readonly title: string;
  readonly payload: Payload;
}

export interface Link {
  readonly title: string;
  readonly url: string;
}
