import type { Json, JsonObject } from '../json.ts';
import type { Message } from '../message.ts';
import type { Command } from './command.ts';

/** One fact of a conversation's append-only log. */
export type TrackerEvent =
  | {
      readonly kind: 'user_message';
      /** The channel's id of the message. */
      readonly messageId: string;
      readonly text?: string | undefined;
      readonly content: Json;
      readonly commands: readonly Command[];
    }
  | { readonly kind: 'bot_message'; readonly message: Message }
  | { readonly kind: 'slot_set'; readonly slot: string; readonly value: Json }
  | { readonly kind: 'user_fact_set'; readonly fact: string; readonly value: Json }
  | {
      readonly kind: 'flow_started';
      readonly flow: string;
      readonly by: 'person' | 'call' | 'link' | 'engine';
    }
  | {
      readonly kind: 'flow_resumed' | 'flow_interrupted' | 'flow_cancelled';
      readonly flow: string;
      readonly step?: string | undefined;
    }
  | { readonly kind: 'flow_completed'; readonly flow: string; readonly outcome?: string | undefined }
  | { readonly kind: 'state_entered'; readonly flow: string; readonly step: string }
  | { readonly kind: 'asked'; readonly slots: readonly string[]; readonly attempt: number }
  | { readonly kind: 'confirmed' | 'confirmation_voided'; readonly values: JsonObject }
  | {
      readonly kind: 'action_started';
      readonly action: string;
      readonly key: string;
      readonly input: JsonObject;
    }
  | {
      readonly kind: 'action_finished';
      readonly action: string;
      readonly key: string;
      readonly outcome: 'ran' | 'error' | 'timeout' | 'unknown_outcome';
    }
  /** The dialogue could not go on (a circle of flows) and gave up what was active. */
  | { readonly kind: 'dialogue_failed'; readonly message: string }
  | { readonly kind: 'handed_off'; readonly queue: string }
  | { readonly kind: 'released'; readonly by: string }
  | { readonly kind: 'timer_set' | 'timer_fired' | 'timer_cancelled'; readonly timer: string };
