import type { Json, JsonObject } from '../json.ts';
import { attributeFields, type Attribute } from './interpret/attribute-words.ts';
import { magnitude } from './magnitude.ts';
import { isSameJson } from './same-json.ts';

/** What a person wants of the thing to be chosen, said before or after they saw what there is. */
export type Wish =
  /** Towards one end of an attribute: beyond what was chosen, or anywhere, that end first. */
  | {
      readonly kind: 'end';
      readonly attribute: Attribute;
      readonly end: 'least' | 'most';
      readonly than: 'chosen' | 'any';
      /** Said as a reason against what was chosen ("too far out"), not as a wish ("nearer"). */
      readonly against?: true;
    }
  /** Below or above an amount, a time of day or a duration. */
  | {
      readonly kind: 'limit';
      readonly attribute: Attribute;
      readonly below: boolean;
      readonly value: number | string;
    }
  /** Has a feature (a column of yes and no of that name), or a text of that value; `count` for a number of it, or so many at least or at most. */
  | {
      readonly kind: 'has';
      readonly value: string;
      readonly not: boolean;
      readonly count?: number | undefined;
      readonly bound?: 'least' | 'most' | undefined;
    }
  /** Anything but what was chosen. */
  | { readonly kind: 'other' };

/** What a list comes to under some wishes. */
export interface Narrowed {
  /** What fits, the best first where a wish orders it. */
  readonly items: readonly Json[];
  /** Wishes that could be applied to these items at all. */
  readonly applied: readonly Wish[];
}

/**
 * Keeps the items that fit, and puts them in the order wished for.
 *
 * A wish about something that the items do not have is left aside: it says nothing about them.
 *
 * @param chosen - The item that the wishes are said against, where one was chosen.
 */
export function narrowChoices(
  items: readonly Json[],
  wishes: readonly Wish[],
  chosen: Json | undefined,
): Narrowed {
  const applied = wishes
    .map((wish) => asReason(wish, items, chosen))
    .filter((wish) => (wish.kind === 'other' ? chosen !== undefined : concerns(wish, items)));
  const fitting = applied.reduce<readonly Json[]>((left, wish) => keep(left, wish, chosen), items);
  const order = applied.find((wish) => wish.kind === 'end');
  return { items: order ? ordered(fitting, order) : fitting, applied };
}

/** A reason against what was chosen that cannot be compared is one for any of the others: "that's too far out". */
function asReason(wish: Wish, items: readonly Json[], chosen: Json | undefined): Wish {
  const isAgainst = wish.kind === 'end' && wish.against === true && chosen !== undefined;
  return isAgainst && !concerns(wish, items) ? { kind: 'other' } : wish;
}

function concerns(wish: Exclude<Wish, { kind: 'other' }>, items: readonly Json[]): boolean {
  if (wish.kind !== 'has') return items.some((item) => valueOf(item, wish.attribute) !== undefined);
  return items.some((item) => {
    const own = columnsOf(item)[wish.value];
    return typeof own === (wish.count === undefined ? 'boolean' : 'number') || hasFeature(item, wish);
  });
}

function keep(items: readonly Json[], wish: Wish, chosen: Json | undefined): readonly Json[] {
  switch (wish.kind) {
    case 'has':
      return items.filter((item) => hasFeature(item, wish) !== wish.not);
    case 'limit':
      return items.filter((item) => isWithin(valueOf(item, wish.attribute), wish));
    case 'end': {
      const than = chosen === undefined ? undefined : valueOf(chosen, wish.attribute);
      if (wish.than === 'any' || than === undefined) return items;
      return items.filter((item) => isBetter(valueOf(item, wish.attribute), than, wish.end));
    }
    case 'other':
      return items.filter((item) => chosen === undefined || !isSameJson(item, chosen));
    default:
      return wish satisfies never;
  }
}

function isWithin(
  value: number | string | undefined,
  { below, value: limit }: Extract<Wish, { kind: 'limit' }>,
): boolean {
  if (value === undefined || typeof value !== typeof limit) return false;
  return below ? value <= limit : value >= limit;
}

function isBetter(value: number | string | undefined, than: number | string, end: 'least' | 'most'): boolean {
  if (value === undefined) return false;
  return end === 'least' ? value < than : value > than;
}

function ordered(
  items: readonly Json[],
  { attribute, end }: Extract<Wish, { kind: 'end' }>,
): readonly Json[] {
  const sign = end === 'least' ? 1 : -1;
  const compare = (left: Json, right: Json): number => {
    const [one, other] = [valueOf(left, attribute), valueOf(right, attribute)];
    if (one === undefined || other === undefined || one === other) return 0;
    return one < other ? -sign : sign;
  };
  return [...items].sort(compare);
}

/** An item's value of an attribute: the first column whose name is about it. */
export function valueOf(item: Json, attribute: Attribute): number | string | undefined {
  const columns = columnsOf(item);
  const name = Object.keys(columns).find((key) => attributeFields[attribute].test(key));
  const value = name === undefined ? null : (columns[name] ?? null);
  return magnitude(value) ?? (typeof value === 'string' ? value : undefined);
}

function hasFeature(item: Json, { value, count, bound }: Extract<Wish, { kind: 'has' }>): boolean {
  const columns = columnsOf(item);
  const own = columns[value];
  if (count !== undefined) {
    if (bound === undefined || typeof own !== 'number') return own === count;
    return bound === 'least' ? own >= count : own <= count;
  }
  if (typeof own === 'boolean') return own;
  return Object.values(columns).some(
    (text) => typeof text === 'string' && text.toLowerCase() === value.toLowerCase(),
  );
}

function columnsOf(item: Json): JsonObject {
  return typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as JsonObject) : {};
}
