import type { Command } from '../dialogue/command.ts';
import type { DialogueState, Reading } from '../dialogue/dialogue.ts';
import type { Outcome } from '../dialogue/effect.ts';
import type { TrackerEvent } from '../dialogue/tracker-event.ts';
import type { Json } from '../json.ts';
import type { InboundMessage, Message } from '../message.ts';
import type { Understanding } from '../nlu/recognizer.ts';
import type { HandoverChange, StoredConversation } from '../store/conversation-store.ts';
import type { Clock } from './engine-ports.ts';
import type { EffectTrace, Stage } from './turn-trace.ts';

/** What a turn gathers on its way to the commit; the only thing in the engine that is written to. */
export interface TurnRecord {
  readonly message: InboundMessage;
  /** The conversation's before the turn. */
  readonly version: number;
  /** The turn's moment, epoch milliseconds: everything in it happens then. */
  readonly at: number;
  readonly before: DialogueState;
  understanding: Understanding | undefined;
  readings: readonly Reading[];
  commands: readonly Command[];
  readonly events: TrackerEvent[];
  readonly messages: Message[];
  readonly actionRuns: { readonly key: string; readonly outcome: Outcome }[];
  readonly timersSet: { readonly name: string; readonly dueAt: number }[];
  handover: HandoverChange | undefined;
  readonly effects: EffectTrace[];
  readonly timingsMs: Record<Stage, number>;
  readonly tokens: { prompt: number; completion: number };
  readonly notes: string[];
}

export function createTurnRecord(
  { version }: StoredConversation,
  message: InboundMessage,
  before: DialogueState,
  at: number,
): TurnRecord {
  return {
    message,
    version,
    at,
    before,
    understanding: undefined,
    readings: [],
    commands: [],
    events: [],
    messages: [],
    actionRuns: [],
    timersSet: [],
    handover: undefined,
    effects: [],
    timingsMs: { load: 0, recognise: 0, interpret: 0, advance: 0, perform: 0, realise: 0 },
    tokens: { prompt: 0, completion: 0 },
    notes: [],
  };
}

/** Runs a stage's work, adding what it takes to the stage's time. */
export function timed<T>(record: TurnRecord, clock: Clock, stage: Stage, work: () => T): T {
  const startedAt = clock.elapsedMs();
  const end = (): void => {
    record.timingsMs[stage] += clock.elapsedMs() - startedAt;
  };
  const result = work();
  if (!(result instanceof Promise)) {
    end();
    return result;
  }
  return result.finally(end) as T;
}

/** A value that the dialogue or a stage made, which is JSON by its contract. */
export function asJson(value: object): Json {
  return value as unknown as Json;
}
