import type { DialogueState } from '../dialogue/dialogue.ts';
import type { TrackerEvent } from '../dialogue/tracker-event.ts';
import type { Message } from '../message.ts';
import type { HandoverChange, TurnCommit } from '../store/conversation-store.ts';
import type { EnginePorts } from './engine-ports.ts';
import { handoverTimer } from './handover-timer.ts';
import { maskSensitive } from './mask-sensitive.ts';
import { asJson, type TurnRecord } from './turn-record.ts';
import type { TurnTrace } from './turn-trace.ts';

/** A turn that is over: what it changes in the store, what it says, and why. */
export interface Turn {
  readonly commit: TurnCommit;
  readonly messages: readonly Message[];
  readonly trace: TurnTrace;
}

export function finishTurn(ports: EnginePorts, record: TurnRecord, after: DialogueState): Turn {
  const { message, before, at } = record;
  // Whoever is silent stays silent: while a person owns the conversation, the bot says nothing.
  const isSilent = before.owner === 'person' && after.owner === 'person';
  const messages = isSilent ? [] : record.messages;
  const events: readonly TrackerEvent[] = [
    ...record.events,
    ...messages.map((said) => ({ kind: 'bot_message', message: said }) as const),
  ];
  const release = released(record, after);
  const trace = traceOf(ports, record, after);
  const commit: TurnCommit = {
    conversation: message.conversation,
    expectedVersion: record.version,
    state: asJson(after),
    at,
    inbound: message,
    events: events.map((event) => ({ kind: event.kind, data: asJson(event) })),
    outbox: isPushed(ports, message.channel) ? messages : [],
    actionRuns: record.actionRuns.map(({ key, outcome }) => ({ key, outcome: asJson(outcome) })),
    timers: { set: record.timersSet, cancelled: cancelledTimers(record, release !== undefined) },
    handover: record.handover ?? release,
    trace: asJson(trace),
  };
  return { commit, messages, trace };
}

function isPushed({ channels }: EnginePorts, name: string): boolean {
  return channels.some((channel) => channel.name === name && channel.send !== undefined);
}

function released(
  { before, message: { content } }: TurnRecord,
  after: DialogueState,
): HandoverChange | undefined {
  if (before.owner !== 'person' || after.owner !== 'bot') return undefined;
  return { kind: 'released', by: content.kind === 'released' ? content.by : 'customer' };
}

function cancelledTimers(
  { message: { content }, events }: TurnRecord,
  isReleased: boolean,
): readonly string[] {
  return [
    ...(content.kind === 'timer' ? [content.timer] : []),
    ...(isReleased || content.kind === 'released' ? [handoverTimer] : []),
    ...events.flatMap((event) => (event.kind === 'timer_cancelled' ? [event.timer] : [])),
  ];
}

function traceOf(ports: EnginePorts, record: TurnRecord, after: DialogueState): TurnTrace {
  const { message, before, understanding, commands, readings } = record;
  const trace: TurnTrace = {
    conversation: message.conversation,
    turn: record.version + 1,
    at: record.at,
    message: { id: message.id, kind: message.content.kind },
    dialogue: ports.dialogue.version,
    model: ports.recognizer.modelId,
    understanding,
    readings,
    commands,
    states: record.events.flatMap((event) =>
      event.kind === 'state_entered' ? [{ flow: event.flow, step: event.step }] : [],
    ),
    effects: record.effects,
    timingsMs: record.timingsMs,
    tokens: record.tokens,
    notes: record.notes,
  };
  const { sensitive } = ports.settings;
  if (!sensitive) return trace;
  const sources = { slots: [before.slots, after.slots], commands, understanding };
  return maskSensitive(asJson(trace), sensitive, sources) as unknown as TurnTrace;
}
