import type { Json, JsonObject } from '../json.ts';
import { isMoney } from './display-value.ts';

/**
 * Follows a dotted path through plain data; own fields only, so that no path reaches what an object inherits.
 *
 * @returns For the `amount` of money, the money: an amount without its currency says too little. For the `keys` of an
 * object that has no such field, the names of its fields.
 */
export function resolvePath(values: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = values;
  for (const [depth, key] of path.split('.').entries()) {
    if (value === null || typeof value !== 'object') return undefined;
    if (!Object.hasOwn(value, key)) return key === 'keys' ? Object.keys(value) : undefined;
    if (depth > 0 && key === 'amount' && isMoney(value)) return value;
    value = (value as JsonObject)[key];
  }
  return value;
}
