import type { Command } from '../../src/dialogue/command.ts';
import type { InboundContent } from '../../src/message.ts';

/** A message as the dialogue gets it: what it is, and what it was understood as. */
export interface Heard {
  readonly content: InboundContent;
  readonly commands: readonly Command[];
}

/** Words that were understood as some commands. */
export function said(...commands: readonly Command[]): Heard {
  return { content: { kind: 'text', text: 'words' }, commands };
}

export function timerFired(timer: string): Heard {
  return { content: { kind: 'timer', timer }, commands: [{ kind: 'silence', timer }] };
}

export const released: Heard = { content: { kind: 'released', by: 'operator' }, commands: [] };
