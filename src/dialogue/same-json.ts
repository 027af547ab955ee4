import type { Json } from '../json.ts';

/** Structural equality of two JSON values. */
export function isSameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return false;
  if (isList(left) || isList(right)) {
    return (
      isList(left) &&
      isList(right) &&
      left.length === right.length &&
      left.every((item, at) => isSameJson(item, right[at]))
    );
  }
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => key in right && isSameJson(left[key], right[key]))
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
