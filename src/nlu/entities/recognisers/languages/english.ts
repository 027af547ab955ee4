import type { Sense } from '../sense.ts';
import { series, words, type Language } from './language.ts';

const ones =
  'zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const onesOrdinal =
  '|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth,twelvth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth';
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

function numbers(): (readonly [string, Sense])[] {
  const small = ones.split('|');
  const ordinals = onesOrdinal.split('|');
  return [
    ...series(ones, (number) => (number === 1 ? { number, counter: true } : { number })),
    ...series(onesOrdinal, (ordinal) => ({ ordinal })).filter(([word]) => word !== ''),
    ...words('fourty', { number: 40 }),
    ...tens.flatMap((ten, t): (readonly [string, Sense])[] => [
      [ten, { number: 20 + 10 * t }],
      [`${ten.slice(0, -1)}ieth`, { ordinal: 20 + 10 * t }],
      ...small.slice(1, 10).map((one, i) => [`${ten} ${one}`, { number: 21 + 10 * t + i }] as const),
      ...ordinals.slice(1, 10).map((one, i) => [`${ten} ${one}`, { ordinal: 21 + 10 * t + i }] as const),
    ]),
    ...words('hundred', { scale: 100 }),
    ...words('k|thousand|grand', { scale: 1e3 }),
    ...words('million|mln|mil|mio', { scale: 1e6 }),
    ...words('billion|bn', { scale: 1e9 }),
    ...words('a|an', { article: true }),
    ...words('a couple of|a couple|couple of|couple|a pair of', { vague: 2 }),
    ...words('a few|few', { vague: 3 }),
    ...words('dozen', { scale: 12 }),
    ...words('a dozen', { number: 12 }),
    ...words('half', { share: 0.5 }),
    ...words('quarter', { share: 0.25 }),
    ...words('three quarters', { share: 0.75 }),
    ...words('last one|the last one|last item|last of them', { ordinal: -1 }),
    ...words('no. 1|number one', { ordinal: 1 }),
    ...words('percent|per cent|pct', { percent: 'after' }),
    ...words('minus|negative', { sign: -1 }),
  ];
}

function calendar(): (readonly [string, Sense])[] {
  return [
    ...series(
      'january,jan|february,feb,febuary|march,mar|april,apr|may|june,jun|july,jul|august,aug|september,sept,sep|october,oct|november,nov|december,dec',
      (place) => ({ month: place + 1, ...(place === 4 || place === 2 ? { verb: true } : {}) }),
    ),
    ...words('mar|jan', { verb: true }),
    ...series(
      'monday,mon,mondays|tuesday,tue,tues,tuesdays|wednesday,wed,wensday,wednesdays|thursday,thu,thur,thurs,thursdays|friday,fri,fridays|saturday,saturdays|sunday,sundays',
      (weekday) => ({ weekday }),
    ),
    ...words('sat', { weekday: 5, verb: true }),
    ...words('sun', { weekday: 6, verb: true }),
    ...words("today|todays|today's", { relativeDay: 0 }),
    ...words("tomorrow|tomorow|tommorow|tommorrow|tmrw|tmr|tomorrow's", { relativeDay: 1 }),
    ...words("yesterday|yesterdays|yesterday's", { relativeDay: -1 }),
    ...words('the day after tomorrow|day after tomorrow|overmorrow', { relativeDay: 2 }),
    ...words('the day before yesterday|day before yesterday', { relativeDay: -2 }),
    ...words('the next day|next day|the following day|following day', { relativeDay: 1, then: true }),
    ...words('the day after that|day after that', { relativeDay: 1, then: true }),
    ...words('the same day|that same day|the very same day|same day', { relativeDay: 0, then: true }),
    ...words('the day after|day after', { dayAfter: 1 }),
    ...words('the day before|day before', { dayAfter: -1 }),
    ...words('tonight|tonite|this evening', { relativeDay: 0, dayPart: { hour: 20, pm: true } }),
    ...words('this morning', { relativeDay: 0, dayPart: { hour: 9, pm: false } }),
    ...words('this afternoon', { relativeDay: 0, dayPart: { hour: 15, pm: true } }),
    ...words('last night', { relativeDay: -1, dayPart: { hour: 20, pm: true } }),
    ...words('next|the following|coming|upcoming', { shift: 1 }),
    ...words('this|current', { shift: 0 }),
    ...words('last|previous', { shift: -1, latest: true }),
    ...words('past', { recent: -1, pastHour: 1 }),
    ...words('coming', { recent: 1 }),
    ...words('christmas eve', { monthDay: [12, 24] }),
    ...words('christmas|christmas day|xmas', { monthDay: [12, 25] }),
    ...words("new year's day|new years day|new year", { monthDay: [1, 1] }),
    ...words("new year's eve|new years eve", { monthDay: [12, 31] }),
    ...words("valentine's day|valentines day|valentine's", { monthDay: [2, 14] }),
    ...words('halloween', { monthDay: [10, 31] }),
    ...words('end of|the end of|end', { boundary: 'end' }),
    ...words('beginning of|start of|the beginning of|the start of', { boundary: 'start' }),
    ...words("month end|month's end", { boundary: 'end', unit: 'month' }),
  ];
}

function clock(): (readonly [string, Sense])[] {
  return [
    ...words('second|seconds|sec|secs', { unit: 'second' }),
    ...words('minute|minutes|min|mins', { unit: 'minute' }),
    ...words('hour|hours|hr|hrs|h', { unit: 'hour' }),
    ...words("day|days|days'|day's", { unit: 'day' }),
    ...words('business day|business days|working day|working days|workday|workdays|weekday|weekdays', {
      unit: 'workday',
    }),
    ...words("week|weeks|weeks'|week's|wk|wks", { unit: 'week' }),
    ...words('fortnight', { unit: 'week' }),
    ...words('weekend|weekends', { unit: 'weekend' }),
    ...words("month|months|months'|month's", { unit: 'month' }),
    ...words('quarter|quarters', { unit: 'quarter' }),
    ...words("year|years|years'|yr|yrs|year's", { unit: 'year' }),
    ...words('ago|back', { back: 'after' }),
    ...words('earlier', { back: 'after', then: true }),
    ...words('in|within', { ahead: 'before', in: true }),
    ...words('from now|from today|hence|time', { ahead: 'after' }),
    ...words('later|after that|from then|after then', { ahead: 'after', then: true }),
    ...words('am|a.m.|a.m', { meridiem: 'am' }),
    ...words('pm|p.m.|p.m', { meridiem: 'pm' }),
    ...words("o'clock|oclock|o clock", { clock: true }),
    ...words('noon|midday', { namedTime: 720 }),
    ...words('midnight', { namedTime: 0 }),
    ...words('in the morning|morning|early morning', { dayPart: { hour: 9, pm: false } }),
    ...words('in the afternoon|afternoon', { dayPart: { hour: 15, pm: true } }),
    ...words('in the evening|evening', { dayPart: { hour: 19, pm: true } }),
    ...words('at night', { dayPart: { hour: 21, pm: true } }),
    ...words('night|nights', { dayPart: { hour: 21, pm: true }, unit: 'day' }),
    ...words('after', { pastHour: 1, after: true }),
    ...words('to|till|til|before', { pastHour: -1 }),
    ...words('to|until|till|til|through|thru|up to', { until: true }),
    ...words('from|starting', { from: true }),
    ...words('between', { between: true }),
    ...words('and|&', { and: true }),
    ...words('at|by|around|about', { at: true }),
    ...words('on', { on: true }),
    ...words('for', { lasting: true }),
    ...words('of', { of: true }),
    ...words('the', { the: true }),
    ...words('more|full|whole|or so', { filler: true }),
  ];
}

function money(): (readonly [string, Sense])[] {
  return [
    ...words('dollar|dollars|usd|us$|buck|bucks|us dollars', { currency: 'USD' }),
    ...words('euro|euros|eur', { currency: 'EUR' }),
    ...words('pound|pounds|gbp|quid|pounds sterling|sterling', { currency: 'GBP' }),
    ...words('yuan|rmb|cny|renminbi|kuai', { currency: 'CNY' }),
    ...words('yen|jpy', { currency: 'JPY' }),
    ...words('rupee|rupees|inr|rs', { currency: 'INR' }),
    ...words('franc|francs|chf', { currency: 'CHF' }),
    ...words('aud|a$|au$|australian dollars', { currency: 'AUD' }),
    ...words('cad|c$|ca$|canadian dollars', { currency: 'CAD' }),
    ...words('hkd|hk$|hong kong dollars', { currency: 'HKD' }),
    ...words('sgd|s$|singapore dollars', { currency: 'SGD' }),
    ...words('twd|nt$', { currency: 'TWD' }),
    ...words('krw', { currency: 'KRW' }),
    ...words('sek', { currency: 'SEK' }),
    ...words('cent|cents', { currency: 'USD', minor: 0.01 }),
    ...words('pence|penny', { currency: 'GBP', minor: 0.01 }),
  ];
}

function tenses(): (readonly [string, Sense])[] {
  // "What have you got?" tells of nothing past.
  const present = words("have got|have you got|'ve got|'ve you got|has got|have we got|you got", {});
  return [
    ...present,
    ...words(
      "was|were|did|didn't|ordered|bought|purchased|paid|arrived|received|got|had|since|placed|shipped|delivered|came|happened|charged|sent|returned|cancelled|canceled|made|called|booked|broke|signed|wrote|been",
      { past: true },
    ),
  ];
}

export const english: Language = {
  entries: () => [...numbers(), ...calendar(), ...clock(), ...money(), ...tenses()],
  decimalComma: false,
  twelveHours: true,
  monthFirst: true,
  yen: 'JPY',
  region: 'US',
  ordinalSuffix: /(?:st|nd|rd|th)(?![a-z])/y,
};
