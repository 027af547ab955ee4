import type { Json } from '../json.ts';
import type { Wish } from './narrow-choices.ts';

/**
 * The closed set of things a message can ask of the dialogue. A person's words, a button and a language model all
 * end up here, and the machine decides whether the command is allowed.
 */
export type Command =
  | { readonly kind: 'start_flow'; readonly flow: string }
  | {
      readonly kind: 'set_slot';
      readonly slot: string;
      readonly value: Json;
      readonly text?: string | undefined;
    }
  | {
      readonly kind: 'correct_slot';
      readonly slot: string;
      readonly value: Json;
      readonly text?: string | undefined;
    }
  /** Says what the thing to be chosen for a slot should be like: of those on offer, or against the one chosen. */
  | {
      readonly kind: 'narrow_choice';
      readonly slot: string;
      readonly wishes: readonly Wish[];
      /** The one that the words speak against, where none was chosen: "6:40 is too early". */
      readonly against?: Json | undefined;
    }
  | { readonly kind: 'affirm' }
  | { readonly kind: 'deny' }
  /** Answers a clarification or a "which shall we resume?" by the option's place, from 0. */
  | { readonly kind: 'choose'; readonly option: number }
  | { readonly kind: 'cancel'; readonly flow?: string | undefined }
  | { readonly kind: 'resume'; readonly flow?: string | undefined }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'explain' }
  | { readonly kind: 'answer'; readonly question: string; readonly articles: readonly string[] }
  | { readonly kind: 'chitchat'; readonly intent: string }
  | {
      readonly kind: 'clarify';
      readonly flows: readonly string[];
      /** By flow: what the message told it, for when it is the one that was meant. */
      readonly told?: Readonly<Record<string, readonly Command[]>> | undefined;
    }
  | { readonly kind: 'handoff' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'silence'; readonly timer: string }
  | {
      readonly kind: 'cannot_handle';
      readonly reason: CannotHandleReason;
      /** Flows that the message resembled, the likeliest first: what may be suggested. */
      readonly near?: readonly string[] | undefined;
    };

export type CannotHandleReason =
  | 'out_of_scope'
  | 'invalid_input'
  | 'attachment'
  | 'too_long'
  | 'not_allowed'
  | 'generator_failed'
  /** A yes to several things on offer. */
  | 'which';
