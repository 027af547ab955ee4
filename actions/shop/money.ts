/** A money slot's value. */
export interface Euros {
  readonly [field: string]: number | string;
  readonly amount: number;
  readonly currency: 'EUR';
}

export function euros(cents: number): Euros {
  return { amount: cents / 100, currency: 'EUR' };
}
