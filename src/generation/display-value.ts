import type { Json } from '../json.ts';
import type { Locale } from '../message.ts';
import type { TemplateStyle } from './icu-template.ts';
import { memoize } from './memoize.ts';

export interface DisplayOptions {
  readonly locale: Locale;
  /** IANA zone in which moments are shown; plain dates are the same everywhere. */
  readonly timeZone: string;
}

/** `undefined` where a value has no display in the wanted form. */
type Displayed = string | undefined;

interface Money {
  readonly amount: number;
  readonly currency: string | null;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

const DATE_STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  short: { year: '2-digit', month: 'numeric', day: 'numeric' },
  medium: { year: 'numeric', month: 'short', day: 'numeric' },
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
};
const TIME_STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  short: { hour: 'numeric', minute: '2-digit' },
  medium: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  long: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
  full: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'long' },
};
const SECONDS_IN: readonly (readonly [string, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

const numberFormat = memoize(
  (locale: string, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
);
const dateFormat = memoize(
  (locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);
const listFormat = memoize(
  (locale: string, options: Intl.ListFormatOptions) => new Intl.ListFormat(locale, options),
);

/** Shows a slot's value as a person in the locale writes it: money, dates, ranges, durations and lists included. */
export function displayValue(value: Json, options: DisplayOptions): Displayed {
  if (value === null) return undefined;
  if (typeof value === 'string') return displayMoment(value, options) ?? value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isList(value)) return displayList(value, options);
  if (isMoney(value)) return displayMoney(value, options.locale);
  if (typeof value['seconds'] === 'number') return displayDuration(value['seconds'], options.locale);
  const { from, to } = value;
  if (typeof from === 'string' && typeof to === 'string') return displayDateRange(from, to, options);
  return undefined;
}

/** Shows a number, or money, in the style given. */
export function displayNumber(
  value: Json,
  style: TemplateStyle | undefined,
  { locale }: DisplayOptions,
): Displayed {
  if (!style && isMoney(value)) return displayMoney(value, locale);
  const number = numberOf(value);
  if (number === undefined) return undefined;
  if (style?.kind !== 'skeleton') {
    const named = style?.name === 'percent' ? { style: 'percent' as const } : {};
    const options = style?.name === 'integer' ? { maximumFractionDigits: 0 } : named;
    return numberFormat(locale, options).format(number);
  }
  const { scale = 1, ...options } = style.options;
  return attempt(() => numberFormat(locale, options).format(number * scale)) ?? String(number);
}

/** Shows the day of an ISO date, of an ISO date and time, or of epoch milliseconds. */
export function displayDate(
  value: Json,
  style: TemplateStyle | undefined,
  options: DisplayOptions,
): Displayed {
  return show(momentOf(value, options.timeZone), optionsOf(style, DATE_STYLES, 'medium'), options);
}

/** Shows the time of day of an ISO date and time, of epoch milliseconds or of `HH:MM`. */
export function displayTime(
  value: Json,
  style: TemplateStyle | undefined,
  options: DisplayOptions,
): Displayed {
  const iso = typeof value === 'string' && /^\d{2}:\d{2}$/.test(value) ? `1970-01-01T${value}` : value;
  return show(momentOf(iso, options.timeZone), optionsOf(style, TIME_STYLES, 'short'), options);
}

/** The number a value stands for where a number is wanted: a list's is its length, money's its amount. */
export function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value);
  if (value === undefined || value === null || typeof value !== 'object') return undefined;
  if (isList(value)) return value.length;
  return isMoney(value) ? value.amount : undefined;
}

export function isMoney(value: Json): value is Json & Money {
  if (value === null || typeof value !== 'object' || isList(value)) return false;
  const { amount, currency } = value;
  return typeof amount === 'number' && (typeof currency === 'string' || currency === null);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function displayMoney({ amount, currency }: Money, locale: Locale): string {
  if (currency === null) return numberFormat(locale, {}).format(amount);
  return (
    attempt(() => numberFormat(locale, { style: 'currency', currency }).format(amount)) ??
    `${numberFormat(locale, {}).format(amount)} ${currency}`
  );
}

function displayList(values: readonly Json[], options: DisplayOptions): Displayed {
  if (values.length === 0) return undefined;
  const shown = values.map((value) => displayValue(value, options)).filter((text) => text !== undefined);
  return shown.length === 0 ? undefined : listFormat(options.locale, { type: 'conjunction' }).format(shown);
}

function displayDuration(seconds: number, locale: Locale): string {
  let rest = Math.round(seconds);
  const parts: string[] = [];
  for (const [unit, size] of SECONDS_IN) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 || (unit === 'second' && parts.length === 0))
      parts.push(numberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count));
  }
  return listFormat(locale, { type: 'unit' }).format(parts);
}

function displayMoment(value: string, options: DisplayOptions): Displayed {
  const moment = momentOf(value, options.timeZone);
  return show(
    moment,
    { ...DATE_STYLES['medium'], ...(moment?.hasTime ? TIME_STYLES['short'] : {}) },
    options,
  );
}

function displayDateRange(from: string, to: string, { locale, timeZone }: DisplayOptions): Displayed {
  const [first, last] = [momentOf(from, timeZone), momentOf(to, timeZone)];
  if (!first || !last || first.at > last.at) return undefined;
  const style = {
    ...DATE_STYLES['long'],
    ...(first.hasTime ? TIME_STYLES['short'] : {}),
    timeZone: first.zone,
  };
  return attempt(() => dateFormat(locale, style).formatRange(first.at, last.at));
}

function show(
  moment: Moment | undefined,
  style: Intl.DateTimeFormatOptions,
  { locale }: DisplayOptions,
): Displayed {
  if (!moment) return undefined;
  return attempt(() => dateFormat(locale, { ...style, timeZone: moment.zone }).format(moment.at));
}

interface Moment {
  readonly at: number;
  readonly zone: string;
  readonly hasTime: boolean;
}

/** A date, and a time without an offset, are what the wall shows: they are read and shown in UTC, so that nothing shifts. */
function momentOf(value: Json, timeZone: string): Moment | undefined {
  if (typeof value === 'number') return { at: value, zone: timeZone, hasTime: true };
  if (typeof value !== 'string') return undefined;
  const hasTime = !DATE.test(value);
  const match = hasTime ? DATE_TIME.exec(value) : undefined;
  if (match === null) return undefined;
  const hasOffset = match?.[1] !== undefined;
  const at = Date.parse(hasTime && !hasOffset ? `${value}Z` : value);
  return Number.isNaN(at) ? undefined : { at, zone: hasOffset ? timeZone : 'UTC', hasTime };
}

function optionsOf(
  style: TemplateStyle | undefined,
  named: Readonly<Record<string, Intl.DateTimeFormatOptions>>,
  usual: string,
): Intl.DateTimeFormatOptions {
  if (style?.kind === 'skeleton') return style.options;
  return named[style?.name ?? usual] ?? {};
}

/** An author's options or a hostile currency may be what `Intl` refuses; showing a message must not fail on it. */
function attempt(format: () => string): Displayed {
  try {
    return format();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
