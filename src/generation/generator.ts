import type { CallOptions } from '../call-options.ts';

export interface ChatTurn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

export interface GenerateRequest {
  readonly turns: readonly ChatTurn[];
  readonly maxTokens: number;
  /** 0 to 2. */
  readonly temperature: number;
  readonly seed?: number | undefined;
  /** Called with each piece of text as it arrives; pieces concatenate to the final text. */
  readonly onDelta?: ((delta: string) => void) | undefined;
}

export interface Generation {
  readonly text: string;
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number };
  readonly model: string;
  readonly finished: 'stop' | 'length' | 'filtered';
}

/** Writes text from a prompt; an LLM behind a wire. */
export interface Generator {
  readonly name: string;
  /**
   * @throws EngineError `GENERATOR_UNAVAILABLE` when the server is down, slow, rate-limited or answers nonsense,
   * after the configured retries; never with a key or a prompt in its message.
   */
  generate(request: GenerateRequest, options?: CallOptions): Promise<Generation>;
}
