import type { CallOptions } from '../call-options.ts';

export interface TurnOptions extends CallOptions {
  /** Called with each checked sentence of a written reply before the turn is committed. */
  readonly onDraft?: ((text: string) => void) | undefined;
  /** Refuses a message to a conversation that there is not, or not any more, with `CONVERSATION_NOT_FOUND`. */
  readonly mustExist?: boolean | undefined;
}
