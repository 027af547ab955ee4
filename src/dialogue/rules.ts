import type { Diagnostic, Position } from '../errors.ts';

/** Every finding that dialogue files can cause, with what it says about them; each has a section in `docs/checks.md`. */
export const rules = {
  'answer-without-knowledge': 'A flow answers from knowledge, but the bot has no articles.',
  'branch-not-exhaustive': 'A list of branches leaves out a case.',
  'ambiguous-step': 'A step has the keys of two kinds of step.',
  'calm-difference': 'A key of Rasa CALM is read, but means something else here, or nothing.',
  'confusable-intents': 'Held-out examples of one intent are taken for another.',
  'duplicate-definition': 'Two flows, slots, responses, actions or steps have one name.',
  'effect-unguarded': 'An action can be reached without what it requires.',
  'endless-loop': 'A loop in which the person is never asked.',
  'example-in-two-intents': 'One utterance is an example of two intents.',
  'intent-without-examples': 'An intent that starts a flow cannot be recognised.',
  'invalid-expression': 'A condition or a value cannot be read.',
  'invalid-pattern': 'A regular expression is not RE2 syntax.',
  'invalid-payload': "A button's payload cannot be read.",
  'invalid-text': 'A text is not valid ICU MessageFormat.',
  'invalid-value': 'A value is not of the kind its key takes.',
  'loose-comparison': 'Values of two types are compared; it works, but not by type.',
  'missing-key': 'A key that is needed is not there.',
  'missing-translation': "A text is not there in one of the bot's locales.",
  'no-end': 'A path through a flow never comes to an end.',
  'placeholder-may-be-unset': 'A text shows a slot that may have no value yet.',
  'sensitive-exposed': 'A sensitive value would reach a log, a title or a language model.',
  'shared-trigger': 'Two flows are started by the same intent.',
  'similar-descriptions': 'Two flows have nearly the same description.',
  'slot-may-be-unset': 'A slot is read where it may have no value yet.',
  'switch-not-exhaustive': 'A switch leaves out a value.',
  'type-mismatch': 'Values that cannot be compared, or assigned, are.',
  'uncovered-transition': 'No golden dialogue takes this transition.',
  'unfillable-slot': 'Nothing can fill a slot that is needed.',
  'unknown-action': 'An action that does not exist is run.',
  'unknown-choice': "A value that is none of the slot's choices is used.",
  'unknown-entity': 'A slot names an entity that no training data knows.',
  'unknown-flow': 'A flow that does not exist is named.',
  'unknown-intent': 'An intent that no training data knows is named.',
  'unknown-key': 'A key that has no meaning at this place.',
  'unknown-locale': "A text is given in a language that is not among the bot's locales.",
  'unknown-response': 'A response that does not exist is named.',
  'unknown-slot': 'A slot that does not exist is named.',
  'unknown-step': '`next` names a step that the flow does not have.',
  'unreachable-step': 'No path leads to a step.',
  'unsafe-retry': 'An action with effects is retried although nothing says that this is safe.',
  'untested-flow': 'No golden dialogue starts a flow.',
  'yaml-syntax': 'The file is not valid YAML.',
} as const satisfies Readonly<Record<string, string>>;

export type RuleId = keyof typeof rules;

/** A finding that stops the bot from running. */
export function fault(rule: RuleId, position: Position, message: string, fix?: string): Diagnostic {
  return { severity: 'error', rule, message, fix, position };
}

/** A finding that an author should know of; the bot runs. */
export function warning(rule: RuleId, position: Position, message: string, fix?: string): Diagnostic {
  return { severity: 'warning', rule, message, fix, position };
}

/** Findings in the order in which one reads the files: by file, line, column. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    ({ position: a }, { position: b }) =>
      Number(a.file > b.file) - Number(a.file < b.file) || a.line - b.line || a.column - b.column,
  );
}
