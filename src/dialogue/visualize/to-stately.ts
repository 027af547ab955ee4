import { compileFlow } from '../compile-flow.ts';
import type { MachineConfig } from '../machine-config.ts';
import type { FlowDefinition, Program } from '../program.ts';

/**
 * Gives the machine that a flow runs as, as Stately's editor and other XState tools read it; without the jumps that
 * restore a conversation, which lead from everywhere to everywhere.
 *
 * @see https://stately.ai/docs/machines
 */
export function toStately(flow: FlowDefinition, program: Program): Omit<MachineConfig, 'on'> {
  const { id, initial, states } = compileFlow(flow, program).config;
  return { id, initial, states };
}
