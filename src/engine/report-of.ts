import type { DialogueState } from '../dialogue/dialogue.ts';
import type { ConversationLog, ConversationSummary, LoggedEvent } from '../store/conversation-log.ts';
import type { TurnTrace } from './turn-trace.ts';

/** All that is known of a conversation, for a person to look at. */
export interface ConversationReport extends ConversationSummary {
  /** `undefined` while its first turn is under way. */
  readonly state: DialogueState | undefined;
  /** The last 1,000, in order. */
  readonly events: readonly LoggedEvent[];
  /** Of the last 100 turns, in order. */
  readonly traces: readonly TurnTrace[];
}

export async function reportOf(
  store: ConversationLog,
  summary: ConversationSummary,
): Promise<ConversationReport> {
  const { id } = summary;
  const [state, events, turns] = await Promise.all([
    store.state(id),
    store.events(id, { last: 1000 }),
    store.traces(id, { limit: 100 }),
  ]);
  return {
    ...summary,
    state: state as DialogueState | undefined,
    events,
    traces: turns.map(({ trace }) => trace as unknown as TurnTrace),
  };
}
