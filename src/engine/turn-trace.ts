import type { Command } from '../dialogue/command.ts';
import type { Reading } from '../dialogue/dialogue.ts';
import type { JsonObject } from '../json.ts';
import type { InboundContent } from '../message.ts';
import type { Understanding } from '../nlu/recognizer.ts';

/** Why a turn went as it did: read by the inspector, the logs and the tests. Sensitive values are masked. */
export interface TurnTrace {
  readonly conversation: string;
  readonly turn: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly message: { readonly id: string; readonly kind: InboundContent['kind'] };
  /** Content hashes of what answered. */
  readonly dialogue: string;
  readonly model: string;
  /** Absent for messages without text. */
  readonly understanding?: Understanding | undefined;
  /** Best first; the commands of the first were advanced with. */
  readonly readings: readonly Reading[];
  readonly commands: readonly Command[];
  readonly states: readonly { readonly flow: string; readonly step: string }[];
  readonly effects: readonly EffectTrace[];
  readonly timingsMs: Readonly<Record<Stage, number>>;
  readonly tokens: { readonly prompt: number; readonly completion: number };
  /** What went wrong or was left out. */
  readonly notes: readonly string[];
}

export type Stage = 'load' | 'recognise' | 'interpret' | 'advance' | 'perform' | 'realise';

export type EffectTrace =
  | { readonly kind: 'said'; readonly source: string | undefined }
  | {
      readonly kind: 'asked';
      readonly source: string | undefined;
      readonly slots: readonly string[];
      readonly attempt: number;
    }
  | {
      readonly kind: 'ran';
      readonly action: string;
      readonly key: string;
      readonly input: JsonObject;
      /** Whether it was called in this turn, or its result known from another turn or by asking its `lookup`. */
      readonly how: 'called' | 'remembered' | 'looked_up';
      readonly outcome: 'ran' | 'error' | 'timeout' | 'unknown_outcome';
      readonly message?: string | undefined;
      readonly ms: number;
    }
  | {
      readonly kind: 'generated';
      readonly purpose: 'answer' | 'reply' | 'prompt';
      readonly outcome: 'generated' | 'silent';
      readonly model?: string | undefined;
      readonly ms: number;
    }
  | { readonly kind: 'handed_off'; readonly queue: string; readonly number: string }
  | { readonly kind: 'scheduled'; readonly timer: string; readonly dueAt: number }
  | { readonly kind: 'ended'; readonly outcome?: string | undefined };
