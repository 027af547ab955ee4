import type { JsonObject } from '../../json.ts';
import { type ExpressionScope, holds } from '../evaluate-expression.ts';
import type { SayEffect, Utterance } from '../effect.ts';
import type { Program } from '../program.ts';

/** A response as something to say now: the variants whose conditions hold, where any has one. */
export function respond({ program, isOlder }: Voice, response: string, scope: ExpressionScope): SayEffect {
  const definition = program.responses[response];
  const named = { kind: 'response', response, ...(isOlder && definition ? { definition } : {}) } as const;
  const variants = definition?.variants ?? [];
  const conditional = variants.some(({ condition }) => condition);
  if (!conditional) return say(named, scope);
  const places = variants.flatMap(({ condition }, at) => (condition && holds(condition, scope) ? [at] : []));
  const plain = variants.flatMap(({ condition }, at) => (condition ? [] : [at]));
  return say({ ...named, variants: places.length > 0 ? places : plain }, scope);
}

/** Whose responses are said. */
export interface Voice {
  readonly program: Program;
  /** Whether it is an older bot's, whose responses the realiser has not. */
  readonly isOlder: boolean;
}

export function say(utterance: Utterance, scope: ExpressionScope): SayEffect {
  return { kind: 'say', utterance, values: placeholders(scope) };
}

/** What a text's placeholders may read: slots by name, and the other roots under theirs. */
export function placeholders({ slots, user, context }: ExpressionScope): JsonObject {
  const { shown } = context;
  const isTold = typeof shown === 'object' && shown !== null;
  return { ...slots, user, context: isTold ? { ...context, ...(shown as JsonObject) } : context };
}
