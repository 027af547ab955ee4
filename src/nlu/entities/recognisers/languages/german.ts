import type { Sense } from '../sense.ts';
import { series, words, type Language } from './language.ts';

const small =
  'null|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn'.split(
    '|',
  );
const tens = ['zwanzig', 'dreißig', 'vierzig', 'fünfzig', 'sechzig', 'siebzig', 'achtzig', 'neunzig'];

function below100(n: number): string {
  if (n < 20) return small[n] ?? '';
  const ten = tens[Math.floor(n / 10) - 2] ?? '';
  return n % 10 === 0 ? ten : `${small[n % 10] ?? ''}und${ten}`;
}

/** Numbers are one word up to 999. */
function numbers(): (readonly [string, Sense])[] {
  const all: (readonly [string, Sense])[] = [];
  for (let n = 2; n < 1000; n++) {
    const hundreds = Math.floor(n / 100);
    const rest = n % 100;
    const prefix = hundreds === 0 ? '' : `${hundreds === 1 ? '' : (small[hundreds] ?? '')}hundert`;
    const word = prefix + (rest === 0 ? '' : rest === 1 ? 'eins' : below100(rest));
    all.push([word, { number: n }]);
    if (word.includes('ß')) all.push([word.replace('ß', 'ss'), { number: n }]);
  }
  return [...all, ...thousands()];
}

/** Thousands with round hundreds are one word too. */
function thousands(): (readonly [string, Sense])[] {
  const all: (readonly [string, Sense])[] = [];
  for (let n = 1; n < 100; n++) {
    for (let hundreds = 0; hundreds < 10; hundreds++) {
      const rest = hundreds === 0 ? '' : `${hundreds === 1 ? 'ein' : (small[hundreds] ?? '')}hundert`;
      all.push([`${below100(n)}tausend${rest}`, { number: 1000 * n + 100 * hundreds }]);
    }
  }
  return all;
}

function quantities(): (readonly [string, Sense])[] {
  return [
    ...numbers(),
    ...words('eins', { number: 1 }),
    ...words('ein|eine|einen|einem|einer', { number: 1, article: true, counter: true }),
    ...words('ein paar|paar', { vague: 3 }),
    ...words('anderthalb|eineinhalb', { number: 1.5 }),
    ...words('zweieinhalb', { number: 2.5 }),
    ...words('tausend', { scale: 1e3, alone: true }),
    ...words('million|millionen|mio', { scale: 1e6 }),
    ...words('milliarde|milliarden|mrd', { scale: 1e9 }),
    ...words('halbe|halben|halber', { share: 0.5 }),
    ...words('halb', { share: 0.5, pastHour: -1 }),
    ...words('viertel', { share: 0.25 }),
    ...words('dreiviertel', { share: 0.75 }),
    ...words('viertelstunde', { share: 0.25, unit: 'hour' }),
    ...words('dreiviertelstunde', { share: 0.75, unit: 'hour' }),
    ...series(
      '|erste,ersten,erster,erstes|zweite,zweiten,zweiter,zweites|dritte,dritten,dritter|vierte,vierten|fünfte,fünften|sechste,sechsten|siebte,siebten|achte,achten|neunte,neunten|zehnte,zehnten',
      (ordinal) => ({ ordinal }),
    ).slice(1),
    ...words('letztes mal|das letzte|der letzte|die letzte', { ordinal: -1 }),
    ...words('prozent', { percent: 'after' }),
    ...words('minus', { sign: -1 }),
    ...words('euro|eur', { currency: 'EUR' }),
    ...words('cent', { currency: 'EUR', minor: 0.01 }),
    ...words('franken|chf|sfr', { currency: 'CHF' }),
    ...words('dollar|usd', { currency: 'USD' }),
    ...words('pfund|gbp', { currency: 'GBP' }),
  ];
}

function calendar(): (readonly [string, Sense])[] {
  return [
    ...series(
      'januar,jan,jänner|februar,feb|märz,maerz|april,apr|mai|juni,jun|juli,jul|august,aug|september,sept,sep|oktober,okt|november,nov|dezember,dez',
      (place) => ({ month: place + 1 }),
    ),
    ...series(
      'montag,mo|dienstag,di|mittwoch,mi|donnerstag,do|freitag,fr|samstag,sonnabend,sa|sonntag',
      (weekday) => ({ weekday }),
    ).filter(([word]) => word.length > 2),
    ...words('guten morgen|guten abend', {}),
    ...words('heute', { relativeDay: 0 }),
    ...words('morgen', { relativeDay: 1 }),
    ...words('übermorgen', { relativeDay: 2 }),
    ...words('gestern', { relativeDay: -1 }),
    ...words('vorgestern', { relativeDay: -2 }),
    ...words('heute abend', { relativeDay: 0, dayPart: { hour: 20, pm: true } }),
    ...words('morgen früh', { relativeDay: 1, dayPart: { hour: 9, pm: false } }),
    ...words('nächste|nächsten|nächster|nächstes|kommende|kommenden|kommender|kommendes', { shift: 1 }),
    ...words('diese|diesen|dieser|dieses', { shift: 0 }),
    ...words('letzte|letzten|letzter|letztes|vergangene|vergangenen|vorige|vorigen', {
      shift: -1,
      latest: true,
    }),
    ...words('weihnachten', { monthDay: [12, 25] }),
    ...words('heiligabend', { monthDay: [12, 24] }),
    ...words('silvester', { monthDay: [12, 31] }),
    ...words('neujahr', { monthDay: [1, 1] }),
    ...words('ende', { boundary: 'end' }),
    ...words('anfang', { boundary: 'start' }),
    ...words('monatsende', { boundary: 'end', unit: 'month' }),
    ...words('bestellt|gekauft|bekommen|erhalten|war|hatte|bezahlt|geliefert|seit|ankam', { past: true }),
  ];
}

function clock(): (readonly [string, Sense])[] {
  return [
    ...words('sekunde|sekunden', { unit: 'second' }),
    ...words('minute|minuten|min', { unit: 'minute' }),
    ...words('stunde|stunden|std|h', { unit: 'hour' }),
    ...words('tag|tage|tagen', { unit: 'day' }),
    ...words('werktag|werktage|werktagen|arbeitstag|arbeitstage|arbeitstagen', { unit: 'workday' }),
    ...words('woche|wochen', { unit: 'week' }),
    ...words('wochenende', { unit: 'weekend' }),
    ...words('monat|monate|monaten|monats', { unit: 'month' }),
    ...words('quartal|quartale', { unit: 'quarter' }),
    ...words('jahr|jahre|jahren|jahres', { unit: 'year' }),
    ...words('vor', { back: 'before', pastHour: -1 }),
    ...words('in|innerhalb von', { ahead: 'before', in: true }),
    ...words('nach', { pastHour: 1 }),
    ...words('uhr', { clock: true, hourMark: true }),
    ...words('mittag|mittags', { namedTime: 720 }),
    ...words('mitternacht', { namedTime: 0 }),
    ...words('vormittag|vormittags|morgens|am morgen|früh', { dayPart: { hour: 9, pm: false } }),
    ...words('nachmittag|nachmittags|am nachmittag', { dayPart: { hour: 15, pm: true } }),
    ...words('abend|abends|am abend', { dayPart: { hour: 19, pm: true } }),
    ...words('nachts|in der nacht', { dayPart: { hour: 21, pm: true } }),
    ...words('bis|bis zum|bis zur', { until: true }),
    ...words('von|vom|ab', { from: true }),
    ...words('zwischen', { between: true }),
    ...words('und', { and: true }),
    ...words('um|gegen', { at: true }),
    ...words('am', { on: true, the: true }),
    ...words('der|die|das|den|dem|des', { the: true }),
  ];
}

export const german: Language = {
  entries: () => [...quantities(), ...calendar(), ...clock()],
  decimalComma: true,
  twelveHours: false,
  monthFirst: false,
  yen: 'JPY',
  region: 'DE',
  ordinalSuffix: /\.(?=\s*[a-zäöü])/y,
};
