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
  /** Only for this channel, and there before those for any. */
  readonly channel?: string | undefined;
  readonly buttons:
    | readonly { readonly title: LocalizedText; readonly payload: Payload }[]
    /** One button for each item of the list slot `from`; `title` is formatted over the item's fields, or its `value`. */
    | {
        readonly from: string;
        readonly title: LocalizedText;
        readonly set: Readonly<Record<string, string>>;
      };
  /** Addresses take plain placeholders, whose values are percent-encoded. */
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
      /** The response itself, where it is none of the bot's present ones. */
      readonly definition?: ResponseTemplate | undefined;
      /** After the response's own; their titles are shown as they stand. */
      readonly buttons?: readonly { readonly title: LocalizedText; readonly payload: Payload }[] | undefined;
    }
  | {
      readonly kind: 'text';
      /** ICU MessageFormat by locale, unless it is literal. */
      readonly text: LocalizedText;
      /** Whether the text is data, such as an action's, in which braces are braces. */
      readonly literal?: boolean | undefined;
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
   * @returns One message; a locale that a text lacks falls back to the bot's first locale that it has. Its text is
   * empty when no variant is eligible: there is nothing to say then.
   * @throws EngineError `FLOW_INVALID` for a response that does not exist; a missing value shows as nothing.
   */
  realise(sayable: Sayable, values: JsonObject, options: RealiseOptions): Message;
}
