import type { Kind } from './offers.ts';

/** How the agency's own words are written in the two languages that it speaks. */
type Words = Readonly<Record<string, readonly [english: string, chinese: string]>>;

const areas: Words = {
  centre: ['in the centre', '市中心'],
  station: ['by the station', '车站旁'],
  river: ['by the river', '河边'],
  airport: ['near the airport', '机场附近'],
};

const categories: Words = {
  small: ['small', '小型车'],
  compact: ['compact', '紧凑型'],
  electric: ['electric', '电动车'],
  suv: ['SUV', 'SUV'],
  van: ['seven-seater', '七座车'],
};

const kinds: Words = {
  flight: ['flight', '航班'],
  hotel: ['hotel', '酒店'],
  car: ['car', '租车'],
  excursion: ['excursion', '一日游'],
};

export function inChinese(locale: string): boolean {
  return locale.startsWith('zh');
}

export function areaName(area: string, locale: string): string {
  return wordOf(areas, area, locale);
}

export function categoryName(category: string, locale: string): string {
  return wordOf(categories, category, locale);
}

export function kindName(kind: Kind, locale: string): string {
  return wordOf(kinds, kind, locale);
}

function wordOf(words: Words, key: string, locale: string): string {
  const found = words[key];
  return found?.[inChinese(locale) ? 1 : 0] ?? key;
}

/** The English or the Chinese text. */
export function either(locale: string, english: string, chinese: string): string {
  return inChinese(locale) ? chinese : english;
}

export function euros(amount: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'EUR',
    maximumFractionDigits: 0,
  }).format(amount);
}

export function dayName(day: string, locale: string): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(inChinese(locale) ? 'zh' : 'en-GB', options).format(
    new Date(`${day}T00:00:00Z`),
  );
}

export function durationName(seconds: number, locale: string): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.round((seconds % 3600) / 60);
  const parts = inChinese(locale)
    ? [hours > 0 ? `${hours}小时` : '', minutes > 0 ? `${minutes}分钟` : '']
    : [hours > 0 ? `${hours} h` : '', minutes > 0 ? `${minutes} min` : ''];
  return parts.filter((part) => part !== '').join(inChinese(locale) ? '' : ' ');
}
