import type { TurnTrace } from './turn-trace.ts';

/** What a turn's line in the log says: what was decided, never what was said. */
export function turnLine({ conversation, turn, commands, timingsMs, effects, notes }: TurnTrace): object {
  const ms = Object.values(timingsMs).reduce((sum, spent) => sum + spent, 0);
  return {
    conversation,
    turn,
    commands: commands.map(({ kind }) => kind),
    effects: effects.map(({ kind }) => kind),
    notes: notes.length,
    ms: Math.round(ms * 10) / 10,
  };
}
