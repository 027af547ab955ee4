import type { Diagnostic } from '../errors.ts';
import type { Expression } from './expression.ts';
import type { Continuation, Next, SlotDefinition, Step, Target } from './program.ts';
import type { SourcePlace } from './source-place.ts';

/** What the parts of the loader share while they read one bot's files. */
export interface FileReader {
  readonly locales: readonly string[];
  /** Known before responses and flows are read, so that payloads and constants can take their type. */
  readonly slots: Readonly<Record<string, SlotDefinition>>;
  readonly responseNames: ReadonlySet<string>;
  readonly actionNames: ReadonlySet<string>;
  readonly flowIds: ReadonlySet<string>;
  report(diagnostic: Diagnostic): void;
}

/** What the readers of the kinds of step ask of the reader of their flow: the language is recursive. */
export interface FlowReader extends FileReader {
  readonly flowId: string;
  /** Slots that steps of the flow keep beyond its end. */
  readonly keptSlots: Set<string>;
  steps(raw: unknown, place: SourcePlace): readonly Step[];
  next(raw: unknown, outcome: string | undefined, place: SourcePlace): Next;
  target(raw: unknown, outcome: string | undefined, place: SourcePlace): Target;
  continuation(raw: unknown, place: SourcePlace): Continuation;
  condition(raw: unknown, place: SourcePlace): Expression;
}
