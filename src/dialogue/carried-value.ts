import type { Json } from '../json.ts';
import type { RunState } from './dialogue-state.ts';
import type { SlotDefinition } from './program.ts';

/**
 * What a slot held before, or what a slot that it may be carried over from holds or held: "the same days as the flight".
 *
 * @returns `null` when nothing was said of it.
 */
export function carriedValue(slot: SlotDefinition, state: Pick<RunState, 'slots' | 'memory'>): Json {
  for (const name of slot.carryFrom) {
    const value = state.slots[name] ?? state.memory[name] ?? null;
    if (value !== null) return value;
  }
  return state.memory[slot.name] ?? null;
}
