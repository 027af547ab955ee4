import { createHash } from 'node:crypto';

/** A hash of what a value says, not of where it was written: positions do not count, nor the order of keys. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 16);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    const entries = Object.entries(inner).filter(([, part]) => !isPosition(part));
    return Object.fromEntries(entries.sort(([a], [b]) => Number(a > b) - Number(a < b)));
  });
}

function isPosition(part: unknown): boolean {
  return (
    typeof part === 'object' &&
    part !== null &&
    Object.keys(part).length === 3 &&
    'file' in part &&
    'line' in part &&
    'column' in part
  );
}
