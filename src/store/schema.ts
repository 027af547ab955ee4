import type { Generated } from 'kysely';

/** The tables, as the newest migration leaves them. Each is keyed by conversation, so that they shard. JSON is kept as text. */
export interface Schema {
  readonly conversations: {
    readonly id: string;
    readonly channel: string;
    readonly version: number;
    readonly state: string | null;
    /** The process in the middle of a turn with effects. */
    readonly claimed_by: string | null;
    readonly created_at: number;
    readonly updated_at: number;
  };
  readonly events: {
    readonly id: Generated<number>;
    readonly conversation: string;
    readonly turn: number;
    readonly kind: string;
    readonly at: number;
    readonly data: string;
  };
  readonly inbound: {
    readonly seq: Generated<number>;
    readonly conversation: string;
    readonly id: string;
    /** Kept until it is answered. */
    readonly message: string | null;
    readonly received_at: number;
    readonly claimed_by: string | null;
    /** The turn that answered it. */
    readonly turn: number | null;
  };
  readonly outbox: {
    readonly conversation: string;
    readonly turn: number;
    readonly position: number;
    readonly channel: string;
    readonly message: string;
    readonly attempts: number;
    readonly due_at: number;
    readonly claimed_by: string | null;
    readonly last_error: string | null;
    readonly failed_at: number | null;
  };
  readonly action_runs: {
    readonly conversation: string;
    readonly key: string;
    readonly action: string;
    readonly started_at: number;
    readonly finished_at: number | null;
    readonly outcome: string | null;
  };
  readonly timers: {
    readonly conversation: string;
    readonly name: string;
    readonly channel: string;
    readonly due_at: number;
  };
  readonly traces: {
    readonly conversation: string;
    readonly turn: number;
    readonly at: number;
    readonly trace: string;
  };
  readonly handovers: {
    readonly conversation: string;
    readonly number: string;
    readonly queue: string;
    readonly priority: number | null;
    readonly slots: string;
    readonly opened_at: number;
    readonly released_at: number | null;
    readonly released_by: string | null;
  };
  readonly flow_versions: {
    readonly version: string;
    readonly program: string;
    readonly saved_at: number;
  };
  /** One row. */
  readonly forgotten: {
    /** How many conversations were forgotten since the store was made. */
    readonly count: number;
  };
}

/** The tables that hold rows of a conversation under its id, the conversation's own last. */
export const conversationTables = [
  'events',
  'inbound',
  'outbox',
  'action_runs',
  'timers',
  'traces',
  'handovers',
] as const satisfies readonly (keyof Schema)[];
