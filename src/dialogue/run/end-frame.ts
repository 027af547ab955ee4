import type { Json } from '../../json.ts';
import type { Stop } from '../compiled-flow.ts';
import type { Frame } from '../dialogue-state.ts';
import {
  dropFrames,
  flowOf,
  isTask,
  namesAs,
  pushFlow,
  restoreTask,
  taskFlows,
  tasks,
  taskStart,
} from './stack.ts';
import { send, setSlot, stopOf, topFrame, type Turn } from './turn.ts';

export interface EndedTask {
  readonly outcome: string | undefined;
  /** Whether the person is asked what else there is. */
  readonly announced: boolean;
}

/**
 * Takes the frame on top off the stack.
 *
 * @returns The outcome when a task of the person's has ended with it; `undefined` for a called flow or a pattern.
 */
export function endFrame(turn: Turn, end: Extract<Stop, { kind: 'end' }> | undefined): EndedTask | undefined {
  const place = turn.stack.length - 1;
  const frame = turn.stack[place];
  if (!frame) return undefined;
  const outcome = end?.outcome;
  turn.events.push({ kind: 'flow_completed', flow: frame.flow, outcome });
  if (frame.by === 'call' && !end?.abandons) {
    returnToCaller(turn, frame);
    return undefined;
  }
  const start = taskStart(turn, place);
  for (const caller of turn.stack.slice(start, place).reverse()) {
    turn.events.push({ kind: 'flow_cancelled', flow: caller.flow, step: caller.snapshot.value });
  }
  const wasTask = isTask(turn, frame);
  dropFrames(turn, start);
  if (!wasTask) return undefined;
  turn.confirmed = null;
  const announced = flowOf(turn, frame)?.announcesEnd ?? true;
  turn.ended = { outcome, announced };
  if (announced) turn.lastFlow = frame.flow;
  return { outcome, announced };
}

/** Gives a called flow's results back; its slots live on until the task ends. */
function returnToCaller(turn: Turn, frame: Frame): void {
  turn.stack.pop();
  const place = turn.stack.length - 1;
  const caller = topFrame(turn);
  if (!caller) return;
  turn.stack[place] = {
    ...caller,
    inherits: [...new Set([...caller.inherits, frame.flow, ...frame.inherits])],
  };
  const stop = stopOf(turn, caller);
  if (stop?.kind === 'call') {
    for (const [slot, from] of Object.entries(stop.returns))
      setSlot(turn, slot, turn.slots[from] ?? (null satisfies Json));
  }
  send(turn, place, 'RETURNED');
}

/** Goes back to the task that was interrupted; when several wait, the person says which. */
export function offerInterrupted(turn: Turn): void {
  const waiting = tasks(turn);
  if (waiting.length === 0) return;
  restoreTask(turn);
  // A question that was answered in passing: nobody has left the task.
  if (turn.ended && !turn.ended.announced) return;
  const several = waiting.length > 1;
  const names = namesAs(turn, taskFlows(turn, waiting), (told) => ({
    names: told,
    flow_name: told[0] ?? '',
    interrupted_flow_name: told[0] ?? '',
    previous_flow_name: told[0] ?? '',
    interrupted_flow_options: told.join(', '),
  }));
  pushFlow(turn, 'pattern_continue_interrupted', 'engine', {
    params: { ...names, several, multiple_flows_interrupted: several },
  });
}
