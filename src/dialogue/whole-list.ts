import type { Json, JsonObject } from '../json.ts';
import type { Frame } from './dialogue-state.ts';
import { isSameJson } from './same-json.ts';

/** The frame's parameter that keeps what was on offer before it was narrowed down, by slot. */
const kept = 'offered';

/** Keeps all that was on offer for a slot, beside what is left of it; what was kept of the same list stays. */
export function keepWhole(frame: Frame, slot: string, items: readonly Json[], left: readonly Json[]): Frame {
  const all = wholeOf(frame, slot, items) ?? items;
  const offered = { ...keptBy(frame), [slot]: { all, left } };
  return { ...frame, params: { ...frame.params, [kept]: offered } };
}

/**
 * All that was on offer for a slot before it was narrowed down.
 *
 * @param left - What is on offer now: once a list was looked up anew, what was kept of the old one says nothing.
 */
export function wholeList(frames: readonly Frame[], slot: string, left: Json): readonly Json[] | undefined {
  return frames.map((frame) => wholeOf(frame, slot, left)).find((all) => all !== undefined);
}

function wholeOf(frame: Frame, slot: string, left: Json): readonly Json[] | undefined {
  const own = keptBy(frame)[slot] as { readonly all: readonly Json[]; readonly left: Json } | undefined;
  return own && isSameJson(own.left, left) ? own.all : undefined;
}

function keptBy({ params }: Frame): JsonObject {
  return (params[kept] ?? {}) as JsonObject;
}
