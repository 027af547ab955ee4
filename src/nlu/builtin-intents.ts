/**
 * What people say to every bot. The examples ship in `builtin/{en,zh}.yml`; a bot's own data may add to them under
 * the same names, and must not give these names another meaning.
 */
export const builtinIntents = [
  'affirm',
  'deny',
  'cancel',
  'repeat',
  'skip',
  'explain',
  'handoff',
  'greet',
  'thank',
  'goodbye',
  'capabilities',
  'are_you_a_bot',
  'restart',
  'resume',
  'refuse',
  'release',
] as const;

export type BuiltinIntent = (typeof builtinIntents)[number];

const names: ReadonlySet<string> = new Set(builtinIntents);

export function isBuiltinIntent(name: string): name is BuiltinIntent {
  return names.has(name);
}
