import type { Question, RunState } from './dialogue-state.ts';
import type { Bot } from './run/bot.ts';

/** What the person may be answering: the question asked last, or the one that a listening pattern was put over. */
export function openQuestion(bot: Bot, state: RunState): Question | null {
  if (state.question?.kind !== 'listen') return state.question;
  const below = state.stack.findLast((frame) => frame.flow !== state.question?.flow);
  const stop = below && bot.forFrame(below).machine(below.flow)?.flow.stops.get(below.snapshot.value);
  if (!below || stop?.kind !== 'collect') return state.question;
  const slots = stop.step.slots.filter((slot) => (state.slots[slot] ?? null) === null);
  const { attempt } = below.snapshot.context;
  return { kind: 'collect', flow: below.flow, step: below.snapshot.value, slots, attempt };
}
