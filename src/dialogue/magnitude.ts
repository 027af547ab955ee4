import type { Json } from '../json.ts';

/** The number in a number, an amount of money or a duration; `undefined` in anything else. */
export function magnitude(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { amount, seconds } = value as Readonly<Record<string, Json>>;
  const inner = amount ?? seconds;
  return typeof inner === 'number' ? inner : undefined;
}
