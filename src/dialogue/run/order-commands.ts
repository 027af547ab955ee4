import type { Command } from '../command.ts';
import { ownedByTask } from './owned-slots.ts';
import type { Turn } from './turn.ts';

/**
 * Commands up to the second `start_flow`, up to the third, …; what follows a cancelling comes after it, and a task that
 * is named beside the answer to a confirmation comes after what was confirmed.
 */
export function byTask(turn: Turn, commands: readonly Command[]): readonly (readonly Command[])[] {
  const groups: Command[][] = [[]];
  for (const command of commands) {
    const kinds = groups.at(-1)?.map(({ kind }) => kind) ?? [];
    const over = kinds.includes('cancel') || kinds.includes('restart');
    const answered = kinds.includes('affirm') || kinds.includes('deny');
    const starts = command.kind === 'start_flow' && kinds.includes('start_flow');
    const follows = (over && keepsTalking(command)) || (answered && beginsAfterAnswer(turn, command));
    if (starts || follows) groups.push([]);
    groups.at(-1)?.push(command);
  }
  return groups;
}

/** "Yes, and I need a car": what was asked is done first. "Yes, but is there parking?" asks before anything is done. */
function beginsAfterAnswer({ bot, before, heard }: Turn, command: Command): boolean {
  if (before.question?.kind !== 'confirm' || command.kind !== 'start_flow') return false;
  if (comesFirst.test(heard)) return false;
  return bot.program.flows[command.flow]?.announcesEnd !== false;
}

/** "Yes, but show me the hotels first": what is named comes before what was asked. */
const comesFirst = /\b(?:first|before)\b|先|之前/iu;

/** Who is offered what they told before ("in Lisbon?") and goes on to tell more of the task has taken it. */
export function withImpliedYes(turn: Turn, commands: readonly Command[]): readonly Command[] {
  const { question } = turn.before;
  const offer = question?.kind === 'collect' ? question.offer : undefined;
  if (!offer || commands.length === 0) return commands;
  const tellsMore = commands.every(
    (command) =>
      (command.kind === 'set_slot' || command.kind === 'narrow_choice') &&
      !(command.slot in offer) &&
      ownedByTask(turn, command.slot),
  );
  return tellsMore ? [{ kind: 'affirm' }, ...commands] : commands;
}

/** Whether a command leads to a question, or to a person: what stands below it on the stack would wait for the answer. */
function keepsTalking({ kind }: Command): boolean {
  return kind === 'start_flow' || kind === 'clarify' || kind === 'cannot_handle' || kind === 'handoff';
}

/**
 * Tasks and values first, then a yes ("yes, but make it two" is not a yes to what was shown), then what is said in
 * between: a pattern that is put on the stack last speaks first.
 */
export function inOrder(commands: readonly Command[]): readonly Command[] {
  return [...commands].sort((left, right) => rank(left) - rank(right));
}

function rank({ kind }: Command): number {
  if (kind === 'start_flow' || kind === 'resume') return 0;
  if (kind === 'set_slot' || kind === 'correct_slot' || kind === 'narrow_choice' || kind === 'choose')
    return 1;
  return kind === 'affirm' || kind === 'deny' ? 2 : 3;
}
