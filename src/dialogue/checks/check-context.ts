import type { Diagnostic, Position } from '../../errors.ts';
import type { ProgramAnalysis } from '../analyse-flows.ts';
import type {
  ActionDefinition,
  FlowDefinition,
  Program,
  ResponseDefinition,
  SlotDefinition,
} from '../program.ts';

/** What the checker may be told of the rest of a bot; what is absent is not checked. */
export interface CheckInputs {
  /** The bot's labelled utterances. */
  readonly examples?: readonly CheckedExample[] | undefined;
  /** Intents that the engine brings with examples of its own. */
  readonly reservedIntents?: readonly string[] | undefined;
  /** Entities that the training data or the recognisers know. */
  readonly entities?: readonly string[] | undefined;
  /** Names that the bot's action files export. */
  readonly actions?: readonly string[] | undefined;
  /** The knowledge articles. */
  readonly articles?: readonly string[] | undefined;
  readonly templates?: TemplateReader | undefined;
  /** What golden dialogues name, and where. */
  readonly tests?: readonly TestMention[] | undefined;
  /** Transitions that no golden dialogue took when all were played. */
  readonly uncovered?: readonly UncoveredTransition[] | undefined;
}

export interface CheckedExample {
  readonly text: string;
  /** Absent for data that only labels entities; `oos` is no intent. */
  readonly intent: string | undefined;
  readonly locale: string;
}

/** Reads ICU MessageFormat; the generation layer's functions. */
export interface TemplateReader {
  readonly validate: (
    text: string,
  ) => { readonly message: string; readonly fix: string; readonly offset: number } | undefined;
  readonly arguments: (text: string) => readonly { readonly path: string; readonly kind: string }[];
}

export interface TestMention {
  readonly kind: 'flow' | 'slot' | 'response' | 'action' | 'intent';
  readonly name: string;
  readonly position: Position;
}

export interface UncoveredTransition {
  readonly from: string;
  /** In words: `answered`, `yes`, `if …`. */
  readonly cause: string;
  readonly to: string;
  readonly position: Position;
}

/** What every check works on; looking names up in maps, so that no name can be one of `Object`'s own. */
export interface CheckContext {
  readonly program: Program;
  readonly inputs: CheckInputs;
  readonly analysis: ProgramAnalysis;
  readonly flows: ReadonlyMap<string, FlowDefinition>;
  readonly slots: ReadonlyMap<string, SlotDefinition>;
  readonly responses: ReadonlyMap<string, ResponseDefinition>;
  readonly actions: ReadonlyMap<string, ActionDefinition>;
}

/** One family of rules. */
export type Check = (context: CheckContext) => readonly Diagnostic[];
