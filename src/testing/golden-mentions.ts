import type { Position } from '../errors.ts';
import type { Expectation, GoldenDialogue } from './golden-dialogue.ts';

/** A name of the bot's that a golden dialogue relies on. */
export interface GoldenMention {
  readonly kind: 'flow' | 'slot' | 'response' | 'action';
  readonly name: string;
  readonly position: Position;
}

/** Every flow, slot, response and action that golden dialogues name, and where. */
export function goldenMentions(dialogues: readonly GoldenDialogue[]): readonly GoldenMention[] {
  return dialogues.flatMap(({ turns, stubs, position }) => [
    ...stubs.map(({ action }) => ({ kind: 'action', name: action, position }) as const),
    ...turns.flatMap(({ expectations }) => expectations.flatMap(mentionOf)),
  ]);
}

function mentionOf(expectation: Expectation): readonly GoldenMention[] {
  const { position } = expectation;
  if ('flow' in expectation) return [{ kind: 'flow', name: expectation.flow, position }];
  if ('slot' in expectation) return [{ kind: 'slot', name: expectation.slot, position }];
  if ('action' in expectation) return [{ kind: 'action', name: expectation.action, position }];
  const response = 'response' in expectation ? expectation.response : undefined;
  return response === undefined ? [] : [{ kind: 'response', name: response, position }];
}
