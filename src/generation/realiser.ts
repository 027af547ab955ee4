import type { Json, JsonObject } from '../json.ts';
import type { Locale, LocalizedText, Message, Payload } from '../message.ts';

/** A response as the flow files define it; the dialogue's `ResponseDefinition` satisfies it. */
export interface ResponseTemplate {
  readonly name: string;
  readonly variants: readonly ResponseTemplateVariant[];
}

export interface ResponseTemplateVariant {
  /** ICU MessageFormat by locale. */
  readonly text: LocalizedText;
  readonly channel?: string | undefined;
  readonly buttons:
    | readonly { readonly title: LocalizedText; readonly payload: Payload }[]
    /** One button for each item of the list slot `from`; `title` is formatted over the item's fields. */
    | {
        readonly from: string;
        readonly title: LocalizedText;
        readonly set: Readonly<Record<string, string>>;
      };
  readonly image?: string | undefined;
  readonly links: readonly { readonly title: LocalizedText; readonly url: string }[];
  readonly metadata: JsonObject;
  readonly custom: Readonly<Record<string, Json>>;
}

/** What to say: a response by name, or a text in place. The dialogue's `Utterance` satisfies it. */
export type Sayable =
  | {
      readonly kind: 'response';
      readonly response: string;
      /** Variants whose condition holds, by place; absent = all. */
      readonly variants?: readonly number[] | undefined;
      readonly buttons?: readonly { readonly title: LocalizedText; readonly payload: Payload }[] | undefined;
    }
  | {
      readonly kind: 'text';
      readonly text: LocalizedText;
      readonly buttons?: readonly { readonly title: LocalizedText; readonly payload: Payload }[] | undefined;
    };

export interface RealiseOptions {
  readonly locale: Locale;
  /** IANA zone for dates. */
  readonly timeZone: string;
  readonly channel: string;
  /** 0 to 1, for choosing among variants. */
  readonly random: () => number;
}

/** Turns what the dialogue says into messages in the person's locale. Pure, given its randomness. */
export interface Realiser {
  /**
   * @param values - Slots by name at the top, `user` and `context` under their names.
   * @returns One message; a locale that a text lacks falls back to the bot's first locale that it has.
   */
  realise(sayable: Sayable, values: JsonObject, options: RealiseOptions): Message;
}
