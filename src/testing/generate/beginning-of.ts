import type { Step } from '../../dialogue/program.ts';
import type { ReferenceBot } from './reference-bot.ts';
import type { Expected } from './transcript.ts';

/** What tells that a way was taken, as what did not happen: the first thing said or run on it, on each of its branches. */
export function beginningOf(bot: ReferenceBot, flow: string, from: string): readonly Expected[] {
  const { nodes, outgoing } = bot.graph(flow);
  const places = new Set([from]);
  const found: Expected[] = [];
  for (const id of places) {
    const node = nodes.get(id);
    const telling =
      node?.kind === 'way_out' && node.way.kind === 'response'
        ? notSaid(node.way.response)
        : node?.kind === 'step'
          ? tellingOf(node.step)
          : 'nothing';
    if (telling === 'silent') for (const { to } of outgoing.get(id) ?? []) places.add(to);
    else if (telling !== 'nothing') found.push(telling);
  }
  return found;
}

/** What a step does not do where it is passed by; `silent` when what tells is behind it. */
function tellingOf(step: Step): Expected | 'silent' | 'nothing' {
  switch (step.kind) {
    case 'noop':
    case 'switch':
    case 'set_slots':
      return 'silent';
    case 'say':
      return step.say.kind === 'response' ? notSaid(step.say.response) : 'nothing';
    case 'confirm':
      return notSaid(step.utter);
    case 'action':
      return { kind: 'action_not_executed', action: step.action };
    default:
      return 'nothing';
  }
}

function notSaid(response: string): Expected {
  return { kind: 'not_uttered', response };
}
