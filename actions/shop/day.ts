const DAY_MS = 86_400_000;

/** The day, as `YYYY-MM-DD`, so many days after a moment; where the shop is, midnight comes with UTC's. */
export function dayAfter(moment: number, days: number): string {
  return new Date(moment + days * DAY_MS).toISOString().slice(0, 10);
}

/** The day so many days after another. */
export function addDays(day: string, days: number): string {
  return dayAfter(Date.parse(day), days);
}
