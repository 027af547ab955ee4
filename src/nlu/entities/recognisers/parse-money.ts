import { parseAmount } from './parse-amount.ts';
import { senseAt, type Parsed, type Senses } from './senses.ts';

export interface Money {
  readonly amount: number;
  /** ISO 4217, or null when unsaid. */
  readonly currency: string | null;
}

/** Reads $1,200.50, "fifty quid", USD 50, 五块八, "3 dollars and 20 cents". */
export function parseMoney(s: Senses, i: number): Parsed<Money> | undefined {
  const { currency, minor } = senseAt(s, i);
  if (currency !== undefined && minor === undefined) {
    const amount = parseAmount(s, i + 1);
    if (amount)
      return {
        value: { amount: amount.value, currency: codeOf(s, currency) },
        end: skipName(s, amount.end, currency),
      };
  }
  const amount = parseAmount(s, i);
  if (!amount) return undefined;
  const after = senseAt(s, amount.end);
  if (after.currency === undefined) {
    return s.asked.has('money')
      ? { value: { amount: amount.value, currency: null }, end: amount.end }
      : undefined;
  }
  const whole = { amount: round(amount.value * (after.minor ?? 1)), currency: codeOf(s, after.currency) };
  return after.minor === undefined
    ? withMinor(s, amount.end + 1, whole)
    : { value: whole, end: amount.end + 1 };
}

/** "$50 USD" is said once. */
function skipName(s: Senses, i: number, currency: string): number {
  const next = senseAt(s, i);
  return next.currency === currency && next.minor === undefined ? i + 1 : i;
}

function withMinor(s: Senses, i: number, whole: Money): Parsed<Money> {
  const from = senseAt(s, i).and ? i + 1 : i;
  const amount = parseAmount(s, from);
  const after = amount && senseAt(s, amount.end);
  if (amount && after?.minor !== undefined && amount.value < 100) {
    return {
      value: { ...whole, amount: round(whole.amount + amount.value * after.minor) },
      end: amount.end + 1,
    };
  }
  // 3 Euro 50: the hundredths without their name.
  const written = s.tokens[i]?.numeral;
  if (from === i && written?.digits === 2 && written.integer && isMoneyEnd(s, i + 1))
    return { value: { ...whole, amount: round(whole.amount + written.value / 100) }, end: i + 1 };
  // 五块八: the tenths without their name.
  const digit = s.tokens[from];
  const tenths =
    digit?.han === true &&
    whole.currency === 'CNY' &&
    from === i &&
    amount &&
    amount.value > 0 &&
    amount.value < 10;
  if (tenths && amount.end === i + 1 && isMoneyEnd(s, i + 1))
    return { value: { ...whole, amount: round(whole.amount + amount.value / 10) }, end: i + 1 };
  return { value: whole, end: i };
}

/** Not 五块八个: the digit must not count something else. */
function isMoneyEnd(s: Senses, i: number): boolean {
  const { unit, counter, clock, mark, scale } = senseAt(s, i);
  return (
    unit === undefined &&
    counter === undefined &&
    clock === undefined &&
    mark === undefined &&
    scale === undefined
  );
}

function codeOf(s: Senses, currency: string): string {
  return currency === '¥' ? s.yen : currency;
}

/** Drops what binary fractions add: 8 × 0.1. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
