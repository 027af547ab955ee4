import type { Json } from '../json.ts';

/**
 * Whether two values are the same to an author: like `===`, and deep, and `5` equals `"5"`, an amount of money equals
 * its number, a day equals any moment of it.
 */
export function equalValues(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  const order = compareValues(left, right);
  if (order !== undefined) return order === 0;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  return equalObjects(left as Readonly<Record<string, Json>>, right as Readonly<Record<string, Json>>);
}

function equalObjects(left: Readonly<Record<string, Json>>, right: Readonly<Record<string, Json>>): boolean {
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equalValues(left[key] ?? null, right[key] ?? null))
  );
}

/**
 * Orders two values: numbers, texts, dates, and amounts of one currency.
 *
 * @returns Negative, 0 or positive; `undefined` when the two have no order.
 */
export function compareValues(left: Json, right: Json): number | undefined {
  const numbers = bothNumbers(left, right);
  if (numbers) return numbers[0] - numbers[1];
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  return isIsoDate(left) && isIsoDate(right) ? compareIsoDates(left, right) : compareTexts(left, right);
}

function bothNumbers(left: Json, right: Json): readonly [number, number] | undefined {
  const currencies = [currencyOf(left), currencyOf(right)];
  if (currencies[0] && currencies[1] && currencies[0] !== currencies[1]) return undefined;
  const first = magnitudeOf(left);
  const second = magnitudeOf(right);
  if (first === undefined || second === undefined) return undefined;
  return typeof left === 'string' && typeof right === 'string' ? undefined : [first, second];
}

/** The number in a number, in a numeral held as text, in money or in a duration. */
export function magnitudeOf(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return /^-?\d+(?:\.\d+)?$/u.test(value.trim()) ? Number(value) : undefined;
  const amount = fieldOf(value, 'amount') ?? fieldOf(value, 'seconds');
  return typeof amount === 'number' ? amount : undefined;
}

/** The ISO 4217 code of an amount of money that says it. */
export function currencyOf(value: Json): string | undefined {
  const currency = fieldOf(value, 'currency');
  return typeof currency === 'string' ? currency : undefined;
}

function fieldOf(value: Json, name: string): Json | undefined {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, Json>>)[name];
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/u;
const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** Whether a text is a date or a moment as the recognisers write them. */
export function isIsoDate(text: string): boolean {
  return ISO_DATE.test(text);
}

/** A day against a moment compares days; two moments with offsets compare as instants; else the text decides. */
function compareIsoDates(left: string, right: string): number {
  if (left.length === DAY_LENGTH || right.length === DAY_LENGTH) {
    return compareTexts(left.slice(0, DAY_LENGTH), right.slice(0, DAY_LENGTH));
  }
  const zoned = ISO_DATE.exec(left)?.[1] && ISO_DATE.exec(right)?.[1];
  return zoned ? Date.parse(left) - Date.parse(right) : compareTexts(left, right);
}

function compareTexts(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
