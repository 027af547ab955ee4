import type { Offer } from './offers.ts';
import { either, euros, durationName } from './words.ts';

/** What people ask about an offer: its columns, of which each kind has some. */
export type Detail = keyof typeof tell;

/** One column of an offer in words; `undefined` where the offer has no such column. */
type Teller = (offer: Offer, locale: string) => string | undefined;

const tellGears = yesNo('automatic', ['automatic', '自动挡'], ['manual', '手动挡']);

// People ask for food in the same words, whatever it comes with.
const tellMeal = yesNo('meal', ['a meal included', '含餐食'], ['no meal', '不含餐食']);
const tellFood = yesNo('lunch', ['food included', '含餐'], ['no food included', '不含餐']);

const tell = {
  price: (offer, locale) => {
    const price = euros(offer.price.amount, locale);
    const per = {
      flight: either(locale, 'a person each way', '每人单程'),
      hotel: either(locale, 'a night', '每晚'),
      car: either(locale, 'a day', '每天'),
      excursion: either(locale, 'a person', '每人'),
    }[offer.kind];
    return either(locale, `${price} ${per}`, `${per}${price}`);
  },
  times: ({ departs, arrives }, locale) => {
    if (departs === undefined) return undefined;
    if (arrives === undefined) return either(locale, `starts at ${text(departs)}`, `${text(departs)}开始`);
    return either(
      locale,
      `leaves at ${text(departs)} and lands at ${text(arrives)}`,
      `${text(departs)}起飞，${text(arrives)}到达`,
    );
  },
  duration: ({ duration }, locale) => {
    if (typeof duration !== 'object' || duration === null || !('seconds' in duration)) return undefined;
    const time = durationName(Number(duration['seconds']), locale);
    return either(locale, `takes ${time}`, `需要${time}`);
  },
  direct: tellStops,
  stopover: tellStops,
  airline: ({ airline }, locale) =>
    airline === undefined ? undefined : either(locale, `flown by ${text(airline)}`, `由${text(airline)}执飞`),
  baggage: yesNo(
    'baggage',
    ['a checked bag included', '含托运行李'],
    ['no checked bag included', '不含托运行李'],
  ),
  meal: (offer, locale) => tellMeal(offer, locale) ?? tellFood(offer, locale),
  address: ({ address, area_name: area }, locale) => {
    if (address === undefined) return undefined;
    const where = area === undefined ? '' : either(locale, ` (${text(area)})`, `（${text(area)}）`);
    return either(locale, `at ${text(address)}${where}`, `地址：${text(address)}${where}`);
  },
  phone: ({ phone }, locale) =>
    phone === undefined ? undefined : either(locale, `phone ${text(phone)}`, `电话 ${text(phone)}`),
  stars: ({ stars }, locale) =>
    stars === undefined ? undefined : either(locale, `${text(stars)} stars`, `${text(stars)}星级`),
  breakfast: yesNo('breakfast', ['breakfast included', '含早餐'], ['no breakfast', '不含早餐']),
  parking: yesNo('parking', ['free parking', '有免费停车位'], ['no parking', '没有停车位']),
  pool: yesNo('pool', ['a pool', '有泳池'], ['no pool', '没有泳池']),
  wifi: yesNo('wifi', ['free wifi', '有免费无线网络'], ['no wifi', '没有无线网络']),
  seats: ({ seats }, locale) =>
    seats === undefined ? undefined : either(locale, `${text(seats)} seats`, `${text(seats)}座`),
  category: ({ category_name: category }) => (category === undefined ? undefined : text(category)),
  automatic: tellGears,
  manual: tellGears,
  electric: yesNo('electric', ['electric', '电动车'], ['runs on petrol', '汽油车']),
  lunch: (offer, locale) => tellFood(offer, locale) ?? tellMeal(offer, locale),
  guide: yesNo('guide', ['with a guide', '有导游'], ['without a guide', '没有导游']),
} satisfies Readonly<Record<string, Teller>>;

/** An offer in one line: the detail asked for, or all that is known of it. */
export function describe(offer: Offer, detail: Detail | null, locale: string): string {
  const tellers: readonly Teller[] = detail === null ? Object.values(tell) : [tell[detail]];
  const facts = [...new Set(tellers.flatMap((teller) => teller(offer, locale) ?? []))];
  const said = facts.length > 0 ? facts.join(either(locale, ', ', '，')) : unknown(locale);
  return sentence(either(locale, `${offer.name}: ${said}`, `${offer.name}：${said}`), locale);
}

export function sentence(text: string, locale: string): string {
  return either(locale, `${text}.`, `${text}。`);
}

/** Whether there is anything to say of that detail; of an offer as a whole there is. */
export function knows(offer: Offer, detail: Detail | null, locale: string): boolean {
  return detail === null || tell[detail](offer, locale) !== undefined;
}

/** What is said of a detail that the data does not have. */
export function unknown(locale: string): string {
  return either(locale, "I have nothing on that in the provider's data", '资料里没有这一项');
}

function yesNo(column: string, yes: readonly [string, string], no: readonly [string, string]): Teller {
  return (offer, locale) => {
    const value = offer[column];
    if (typeof value !== 'boolean') return undefined;
    return value ? either(locale, ...yes) : either(locale, ...no);
  };
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function tellStops({ stops }: Offer, locale: string): string | undefined {
  if (stops === undefined) return undefined;
  return stops === 0 ? either(locale, 'non-stop', '直飞') : either(locale, 'one stop', '经停一次');
}
