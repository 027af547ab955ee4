import type { Json, JsonObject } from '../../json.ts';
import { isWaiting, knownValue, type WaitingValue } from '../waiting-value.ts';
import { taskStart, topTask } from './stack.ts';
import { setSlot, type Turn } from './turn.ts';

/** Keeps what is said against a value that is not known yet, until it is. */
export function keepWaiting(turn: Turn, slot: string, value: WaitingValue): void {
  const place = topTask(turn);
  const frame = turn.stack[place];
  if (!frame) return;
  const waiting: JsonObject = { ...waitingIn(frame.params), [slot]: value as WaitingValue & Json };
  turn.stack[place] = { ...frame, params: { ...frame.params, waiting } };
}

/** Fills what waited for a value that is now known, where nothing else was said of it. */
export function fillWaiting(turn: Turn): void {
  const top = topTask(turn);
  for (const { params } of turn.stack.slice(top < 0 ? 0 : taskStart(turn, top), top + 1)) {
    for (const [slot, waiting] of Object.entries(waitingIn(params))) {
      const value = isWaiting(waiting) ? knownValue(waiting, turn.slots) : undefined;
      if (value !== undefined && (turn.slots[slot] ?? null) === null) setSlot(turn, slot, value);
    }
  }
}

function waitingIn(params: JsonObject): JsonObject {
  const waiting: Json = params['waiting'] ?? {};
  return waiting as JsonObject;
}
