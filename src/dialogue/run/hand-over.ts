import type { Json } from '../../json.ts';
import type { Frame } from '../dialogue-state.ts';
import type { HandoffStep } from '../program.ts';
import { topTask } from './stack.ts';
import { sayResponse, send, stopOf, type Turn } from './turn.ts';

/** Gives the conversation to a person, with what is known so far; the bot is silent from then on. */
export function handOver(turn: Turn, frame: Frame, step: HandoffStep): false {
  const known = Object.entries(turn.slots).filter((entry): entry is [string, Json] => entry[1] !== null);
  const task = turn.stack[topTask(turn)]?.flow ?? frame.inherits.at(-1) ?? turn.lastFlow;
  turn.effects.push({
    kind: 'handoff',
    queue: step.queue,
    priority: step.priority,
    slots: Object.fromEntries(known),
    flow: task ?? undefined,
  });
  turn.owner = 'person';
  sayResponse(turn, 'utter_handed_over');
  return false;
}

/** Takes the conversation back; the flow that handed it over goes on. */
export function takeBack(turn: Turn): void {
  turn.owner = 'bot';
  for (const [place, frame] of turn.stack.entries()) {
    if (stopOf(turn, frame)?.kind === 'handoff') send(turn, place, 'DONE');
  }
  sayResponse(turn, 'utter_taken_back');
}
