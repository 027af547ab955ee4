import type { Json } from '../../json.ts';
import type { Frame } from '../dialogue-state.ts';
import { formatInstant } from '../format-instant.ts';
import { opensAt } from '../opening-hours.ts';
import type { HandoffStep } from '../program.ts';
import { topTask } from './stack.ts';
import { sayResponse, send, stopOf, type Turn } from './turn.ts';

/** Gives the conversation to a person, with what is known so far; the bot is silent from then on. */
export function handOver(turn: Turn, frame: Frame, step: HandoffStep): false {
  const known = Object.entries(turn.slots).filter((entry): entry is [string, Json] => entry[1] !== null);
  const task = turn.stack[topTask(turn)]?.flow ?? frame.inherits.at(-1) ?? turn.lastFlow;
  const { handoverHours: hours, timeZone } = turn.bot;
  const opens = hours ? opensAt(hours, turn.now, timeZone) : turn.now;
  turn.effects.push({
    kind: 'handoff',
    opensAt: opens,
    queue: step.queue,
    priority: step.priority,
    slots: Object.fromEntries(known),
    flow: task ?? undefined,
  });
  turn.owner = 'person';
  if (opens === turn.now) sayResponse(turn, 'utter_handed_over');
  else
    sayResponse(turn, 'utter_handed_over_closed', {
      opens: opens === undefined ? null : formatInstant(opens, timeZone),
    });
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
