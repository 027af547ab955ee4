import type { CallOptions } from '../call-options.ts';
import type { ChatTurn } from '../generation/generator.ts';
import type { Locale, LocalizedText, Message } from '../message.ts';

/** A text to be written, not looked up. */
export type WriteRequest =
  | {
      readonly purpose: 'answer';
      readonly question: string;
      readonly articles: readonly string[];
      readonly locale: Locale;
    }
  | {
      readonly purpose: 'reply';
      readonly question: string;
      readonly history: readonly ChatTurn[];
      readonly locale: Locale;
      readonly personal: readonly PersonalText[];
    }
  | {
      readonly purpose: 'prompt';
      readonly prompt: LocalizedText;
      readonly values: Readonly<Record<string, unknown>>;
      readonly history: readonly ChatTurn[];
      readonly locale: Locale;
      readonly personal: readonly PersonalText[];
    };

/** A text of this conversation that must not leave the process, and what it is: `order`, `address`, … */
export interface PersonalText {
  readonly text: string;
  readonly class: string;
}

export interface Written {
  readonly message: Message;
  readonly model?: string | undefined;
  readonly usage?: { readonly promptTokens: number; readonly completionTokens: number } | undefined;
}

/** Answers from knowledge and free replies, whatever they are made by. */
export interface Writer {
  /**
   * @param options.onDraft - Called with each checked sentence before the whole is there.
   * @returns `undefined` for silence: nothing known, nothing allowed, or nobody there to write.
   */
  write(
    request: WriteRequest,
    options?: CallOptions & { readonly onDraft?: ((text: string) => void) | undefined },
  ): Promise<Written | undefined>;
}
