import type { CallOptions } from '../call-options.ts';
import type { InboundMessage, Message } from '../message.ts';

/** What a channel can show; `render` degrades to it. */
export interface ChannelCapabilities {
  readonly buttons: boolean;
  /** Most buttons a message; more become a numbered list. */
  readonly maxButtons: number;
  readonly links: boolean;
  readonly images: boolean;
  /** Longest text, in UTF-16 code units; longer ones are split between sentences. */
  readonly maxTextLength: number;
}

/** One way to reach people. `Raw` is what arrives, `Rendered` what is sent; both are the channel's own shapes. */
export interface Channel<Raw = unknown, Rendered = unknown> {
  readonly name: string;
  readonly capabilities: ChannelCapabilities;
  /** Whether the raw request really comes from the channel; `false` is answered 401 and logged without its body. */
  verify(raw: Raw): boolean | Promise<boolean>;
  /** The messages in a verified request, in order; empty for what is not for the bot (receipts, its own echoes). */
  parse(raw: Raw): readonly InboundMessage[];
  render(messages: readonly Message[]): readonly Rendered[];
  /**
   * Delivers one rendered message; may be called again for the same `deliveryId` after a crash. Absent for a channel
   * whose callers take the reply themselves.
   *
   * @throws what makes the outbox try again later; `EngineError` `INPUT_INVALID` when trying again is useless.
   */
  send?(
    conversation: string,
    rendered: Rendered,
    options: CallOptions & { readonly deliveryId: string },
  ): Promise<void>;
}
