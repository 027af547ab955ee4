import { factsOf, taskStart, topTask } from './stack.ts';
import type { Turn } from './turn.ts';

/** Whether the running task, or a flow that it calls, asks for a slot. */
export function ownedByTask(turn: Turn, slot: string): boolean {
  const place = topTask(turn);
  if (place < 0) return false;
  const frames = turn.stack.slice(taskStart(turn, place), place + 1);
  return frames.some((frame) => factsOf(turn, frame).collects.has(slot));
}
