import type { TrackerEvent } from '../dialogue/tracker-event.ts';
import type { JsonObject } from '../json.ts';
import type { Message } from '../message.ts';
import type { OpenQuestion } from './coverage/repairs.ts';
import type { GoldenDialogue } from './golden-dialogue.ts';

/** What came of one turn, as a golden dialogue looks at it. */
export interface TestTurn {
  readonly messages: readonly Message[];
  readonly events: readonly TrackerEvent[];
  /** The transitions that flows took, by id. */
  readonly transitions: readonly string[];
  /** The question that was open before the turn. */
  readonly question: OpenQuestion | undefined;
  /** What would stand in the log of this turn; looked through by `not_logged`. */
  readonly logged: string;
  /** What left for a language model in this turn. */
  readonly sentToLlm: string;
}

/** A conversation of its own, on a store and actions of its own. */
export interface TestSession extends AsyncDisposable {
  /** @param text - What the customer types; a `/SetSlots(…)` or `/intent{…}` presses a button. */
  send(text: string, metadata: JsonObject): Promise<TestTurn>;
  /** Lets time pass; the first timer that is due by then goes off. */
  wait(ms: number): Promise<TestTurn>;
}

export type OpenTestSession = (dialogue: GoldenDialogue) => Promise<TestSession>;
