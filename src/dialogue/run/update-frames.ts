import type { Frame } from '../dialogue-state.ts';
import { sayResponse, scopeOf, settle, type Turn } from './turn.ts';

/**
 * Brings frames that were begun on an older bot to this one.
 *
 * A flow that has not changed goes on; one that has is finished on the older bot, moved over, or begun again, as its
 * `on_update` says; one that is gone is dropped. The person is told of the last two.
 */
export function updateFrames(turn: Turn): void {
  const { program } = turn.bot;
  if (turn.stack.every((frame) => frame.program === program.version)) return;
  let told = false;
  for (const [place, frame] of turn.stack.entries()) {
    if (frame.program === program.version) continue;
    const updated = update(turn, frame);
    told = told || updated === 'restarted';
    if (updated === 'restarted') restart(turn, place, frame);
    else turn.stack[place] = updated;
  }
  if (turn.stack.some((frame) => !turn.bot.forFrame(frame).machine(frame.flow))) {
    for (const frame of turn.stack) turn.events.push({ kind: 'flow_cancelled', flow: frame.flow });
    turn.stack = [];
    told = true;
  }
  if (told) sayResponse(turn, 'utter_bot_updated');
}

function update(turn: Turn, frame: Frame): Frame | 'restarted' {
  const { program } = turn.bot;
  const flow = program.flows[frame.flow];
  const moved: Frame = { ...frame, program: program.version, version: flow?.version ?? frame.version };
  if (flow?.version === frame.version) return moved;
  const older = turn.bot.forFrame(frame);
  if ((flow?.onUpdate ?? 'finish') === 'finish' && older !== turn.bot) return frame;
  const stands = turn.bot.machine(frame.flow)?.flow.config.states[frame.snapshot.value] !== undefined;
  return flow?.onUpdate === 'migrate' && stands ? moved : 'restarted';
}

/** Begins a flow again; what the person has told already is kept. */
function restart(turn: Turn, place: number, frame: Frame): void {
  const { program } = turn.bot;
  const machine = turn.bot.machine(frame.flow);
  const run = machine?.enter(scopeOf(turn, frame));
  if (!run) return;
  const version = program.flows[frame.flow]?.version ?? frame.version;
  turn.stack[place] = { ...frame, program: program.version, version };
  settle(turn, place, run);
  turn.confirmed = null;
}
