import type { RecognitionContext } from './recognizer.ts';

/**
 * P(intent | context) over a uniform prior, as a natural logarithm, from what any conversation knows: a question makes
 * the words that answer it or get around it likelier, and a greeting in the middle of a task less so.
 *
 * Only the kind of question counts here; what a flow accepts is weighed by the interpreter.
 */
export function structuralLogOdds(intent: string, { requested, activeFlow }: RecognitionContext): number {
  const asked = requested[0];
  if (asked !== undefined) {
    if (intent === 'affirm' || intent === 'deny') return asked.type === 'boolean' ? 1.5 : 0;
    return asking[intent] ?? 0;
  }
  return activeFlow === undefined ? (idle[intent] ?? 0) : 0;
}

/** While a question is open. */
const asking: Readonly<Record<string, number>> = {
  skip: 0.7,
  refuse: 0.7,
  explain: 0.7,
  repeat: 0.5,
  cancel: 0.3,
  greet: -1,
  goodbye: -0.5,
  capabilities: -0.5,
};

/** While nothing is going on, there is nothing to say yes to, to skip or to continue. */
const idle: Readonly<Record<string, number>> = {
  greet: 0.5,
  skip: -1,
  refuse: -0.7,
  explain: -0.7,
  resume: -0.7,
  repeat: -0.3,
};
