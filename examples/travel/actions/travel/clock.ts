const DAY_MS = 86_400_000;

/** When somebody who leaves then is there: the time of day, and how many days later. */
export function arrival(departs: string, minutes: number): { readonly time: string; readonly days: number } {
  const [hour = 0, minute = 0] = departs.split(':').map(Number);
  const total = hour * 60 + minute + minutes;
  const time = [Math.floor(total / 60) % 24, total % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return { time, days: Math.floor(total / 1440) };
}

/** Nights from one day to another. */
export function nightsBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
