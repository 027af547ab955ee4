const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Reads `500ms`, `5s`, `10m`, `2h`, `1d`; `undefined` for anything else, a bare number included. */
export function parseDuration(text: string | number): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/u.exec(String(text).trim());
  return match ? Math.round(Number(match[1]) * (UNITS_MS[match[2] ?? ''] ?? 0)) : undefined;
}
