import type { Program } from '../dialogue/program.ts';
import type { TrackerEvent } from '../dialogue/tracker-event.ts';
import type { Json, JsonObject } from '../json.ts';
import type { InboundContent, Payload } from '../message.ts';
import { yamlText } from '../yaml-text.ts';

export interface RealConversation {
  readonly id: string;
  readonly locale: string;
  /** Epoch milliseconds of its first turn. */
  readonly startedAt: number;
  /** In order. */
  readonly events: readonly TrackerEvent[];
}

const heading = `# Made of a real conversation by \`usher test --from\`. What the customer wrote stands here as it was: look through it for
# personal data before you keep it.
`;

/**
 * Writes a conversation down as a golden dialogue: what was said on both sides, the answers and the actions.
 *
 * What actions found out then is scripted, so that the test does not depend on what they would find out now.
 */
export function fromConversation(conversation: RealConversation, program: Program): string {
  const { id, locale, startedAt, events } = conversation;
  const steps = turnsOf(events).flatMap(stepsOf);
  const actions = resultsOf(events, program);
  const testCase = {
    test_case: `from ${id}`,
    locale,
    mocked_datetime: new Date(startedAt).toISOString(),
    ...(Object.keys(actions).length > 0 ? { actions } : {}),
    steps,
  };
  return `${heading}${yamlText({ version: '3.1', test_cases: [testCase] })}`;
}

type Turn = readonly [Extract<TrackerEvent, { kind: 'user_message' }>, ...TrackerEvent[]];

function turnsOf(events: readonly TrackerEvent[]): readonly Turn[] {
  const turns: [Turn[0], ...TrackerEvent[]][] = [];
  for (const event of events) {
    if (event.kind === 'user_message') turns.push([event]);
    else turns.at(-1)?.push(event);
  }
  return turns;
}

function stepsOf([message, ...events]: Turn): readonly object[] {
  const user = wordsOf(message);
  if (user === undefined) return [];
  const assertions = events.flatMap(assertionsOf);
  const said = events.flatMap((event) =>
    event.kind === 'bot_message' && event.message.source?.startsWith('utter_')
      ? [{ utter: event.message.source }]
      : [],
  );
  return [{ user, ...(assertions.length > 0 ? { assertions } : {}) }, ...said];
}

/** What was typed, or the button that was pressed; `undefined` for what no test can send. */
function wordsOf({ text, content }: Turn[0]): string | undefined {
  if (text !== undefined) return text;
  const { kind, payload } = content as unknown as { kind: InboundContent['kind']; payload: Payload };
  if (kind !== 'payload') return undefined;
  switch (payload.kind) {
    case 'text':
      return payload.text;
    case 'set_slots': {
      const values = Object.entries(payload.slots).map(([slot, value]) => `${slot}=${JSON.stringify(value)}`);
      return `/SetSlots(${values.join(', ')})`;
    }
    case 'intent':
      return `/${payload.intent}${JSON.stringify(payload.entities)}`;
    case 'start_flow':
      return `/${payload.flow}`;
    case 'command':
      return `/${payload.command}`;
    default:
      return payload satisfies never;
  }
}

function assertionsOf(event: TrackerEvent): readonly object[] {
  switch (event.kind) {
    case 'flow_started':
      return event.by === 'engine' ? [] : [{ flow_started: event.flow }];
    case 'flow_completed':
      return event.flow.startsWith('pattern_') ? [] : [{ flow_completed: { flow_id: event.flow } }];
    case 'flow_cancelled':
      return [{ flow_cancelled: { flow_id: event.flow } }];
    case 'slot_set':
      return event.value === null ? [] : [{ slot_was_set: [{ name: event.slot, value: event.value }] }];
    case 'action_started':
      return [{ action_executed: { name: event.action, with: event.input } }];
    case 'handed_off':
      return [{ handed_off: event.queue }];
    default:
      return [];
  }
}

/** What each action set, call by call: the writes between its end and the next step. */
function resultsOf(events: readonly TrackerEvent[], { actions }: Program): Record<string, object[]> {
  const results: Record<string, object[]> = {};
  events.forEach((event, at) => {
    if (event.kind !== 'action_finished') return;
    const sets = actions[event.action]?.sets ?? [];
    const set: Record<string, Json> = {};
    const user: Record<string, Json> = {};
    for (const after of events.slice(at + 1)) {
      if (after.kind === 'slot_set' && sets.includes(after.slot)) set[after.slot] = after.value;
      else if (after.kind === 'user_fact_set' && sets.includes(`user.${after.fact}`))
        user[after.fact] = after.value;
      else if (after.kind === 'state_entered' || after.kind === 'user_message') break;
    }
    const result: JsonObject = { set, ...(Object.keys(user).length > 0 ? { user } : {}) };
    results[event.action] = [
      ...(results[event.action] ?? []),
      event.outcome === 'ran' ? result : { fail: event.outcome },
    ];
  });
  return results;
}
