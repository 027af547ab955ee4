/** A value that survives `JSON.parse(JSON.stringify(x))` unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type JsonObject = Readonly<Record<string, Json>>;

/** How deep what comes from outside may be nested. */
export const maxJsonDepth = 8;

/** Whether a parsed body is nested at most so deep. Iterative: a hostile one is deeper than the call stack. */
export function isJsonWithin(maxDepth: number, value: unknown): boolean {
  const open: [unknown, number][] = [[value, 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next;
    if (depth > maxDepth) return false;
    if (typeof node === 'object' && node !== null)
      for (const child of Object.values(node)) open.push([child, depth + 1]);
  }
  return true;
}
