/** A calendar day as the number of days since 1970-01-01. */
export type CivilDay = number;

export interface YearMonthDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

/** @see Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil. */
export function toCivilDay(year: number, month: number, day: number): CivilDay {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** @see Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days. */
export function fromCivilDay(civilDay: CivilDay): YearMonthDay {
  const z = civilDay + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}

export function daysInMonth(year: number, month: number): number {
  return toCivilDay(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - toCivilDay(year, month, 1);
}

export function isCivilDate(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** @returns 0 for Monday to 6 for Sunday. */
export function weekdayOf(civilDay: CivilDay): number {
  return (((civilDay + 3) % 7) + 7) % 7;
}

/** Keeps the day of the month where the target month has it, else takes the month's last day. */
export function addMonths(civilDay: CivilDay, months: number): CivilDay {
  const { year, month, day } = fromCivilDay(civilDay);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = index - targetYear * 12 + 1;
  return toCivilDay(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)));
}

export function formatCivilDay(civilDay: CivilDay): string {
  const { year, month, day } = fromCivilDay(civilDay);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

export function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
