import type { Sense } from '../sense.ts';
import { series, words, type Language } from './language.ts';

const small =
  'zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix sept|dix huit|dix neuf'.split(
    '|',
  );
const tens = [
  'vingt',
  'trente',
  'quarante',
  'cinquante',
  'soixante',
  'soixante',
  'quatre vingt',
  'quatre vingt',
];

function numbers(): (readonly [string, Sense])[] {
  const all = small.map((word, number): readonly [string, Sense] => [word, { number }]);
  for (let n = 20; n < 100; n++) {
    const at = Math.floor(n / 10) - 2;
    const ten = tens[at] ?? '';
    const rest = at === 5 || at === 7 ? (n % 10) + 10 : n % 10;
    const joint = (rest === 1 || rest === 11) && n < 80 ? ' et ' : ' ';
    all.push([rest === 0 ? ten : `${ten}${joint}${small[rest] ?? ''}`, { number: n }]);
  }
  return [...all, ...words('quatre vingts', { number: 80 })];
}

function quantities(): (readonly [string, Sense])[] {
  return [
    ...numbers(),
    ...words('un|une', { number: 1, article: true, counter: true }),
    ...words('quelques', { vague: 3 }),
    ...words('cent', { scale: 100, alone: true }),
    ...words('cents', { scale: 100 }),
    ...words('mille', { scale: 1e3, alone: true }),
    ...words('million|millions', { scale: 1e6 }),
    ...words('demi|demie', { share: 0.5 }),
    ...words('et demi|et demie', { share: 0.5, joined: true }),
    ...words('quart', { share: 0.25 }),
    ...words('et quart', { share: 0.25 }),
    ...words('moins le quart', { share: -0.25 }),
    ...words("quart d'heure", { share: 0.25, unit: 'hour' }),
    ...words('demi heure', { share: 0.5, unit: 'hour' }),
    ...words('demi journée', { share: 0.5, unit: 'day' }),
    ...series(
      '|premier,première,premiere|deuxième,deuxieme,second,seconde|troisième,troisieme|quatrième|cinquième|sixième|septième|huitième|neuvième|dixième',
      (ordinal) => ({ ordinal }),
    ).slice(1),
    ...words('le dernier|la dernière', { ordinal: -1 }),
    ...words('pour cent|pourcent|pourcents', { percent: 'after' }),
    ...words('moins', { sign: -1 }),
    ...words('euro|euros|eur|balles', { currency: 'EUR' }),
    ...words('centime|centimes', { currency: 'EUR', minor: 0.01 }),
    ...words('dollar|dollars|usd', { currency: 'USD' }),
    ...words('livre|livres|gbp', { currency: 'GBP' }),
    ...words('franc suisse|francs suisses|chf', { currency: 'CHF' }),
  ];
}

function calendar(): (readonly [string, Sense])[] {
  return [
    ...series(
      'janvier,janv|février,fevrier,févr|mars|avril|mai|juin|juillet|août,aout|septembre,sept|octobre,oct|novembre,nov|décembre,decembre,déc',
      (place) => ({ month: place + 1 }),
    ),
    ...series('lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche', (weekday) => ({ weekday })),
    ...words("aujourd'hui", { relativeDay: 0 }),
    ...words('demain', { relativeDay: 1 }),
    ...words('après demain|apres demain', { relativeDay: 2 }),
    ...words('hier', { relativeDay: -1 }),
    ...words('avant hier', { relativeDay: -2 }),
    ...words('ce soir', { relativeDay: 0, dayPart: { hour: 20, pm: true } }),
    ...words('ce matin', { relativeDay: 0, dayPart: { hour: 9, pm: false } }),
    ...words('cet après midi|cet apres midi', { relativeDay: 0, dayPart: { hour: 15, pm: true } }),
    ...words('prochain|prochaine|prochains|prochaines|qui vient', { shift: 1 }),
    ...words('ce|cette|cet', { shift: 0 }),
    ...words('dernier|dernière|derniers|dernières|passé|passée', { shift: -1, latest: true }),
    ...words('noël|noel', { monthDay: [12, 25] }),
    ...words('nouvel an', { monthDay: [1, 1] }),
    ...words('fin|la fin', { boundary: 'end' }),
    ...words('début|le début', { boundary: 'start' }),
    ...words('commandé|acheté|reçu|payé|livré|était|depuis|arrivé', { past: true }),
  ];
}

function clock(): (readonly [string, Sense])[] {
  return [
    ...words('seconde|secondes', { unit: 'second' }),
    ...words('minute|minutes|min', { unit: 'minute' }),
    ...words('heure|heures|h', { unit: 'hour', clock: true, hourMark: true }),
    ...words('jour|jours', { unit: 'day' }),
    ...words('jour ouvré|jours ouvrés|jour ouvrable|jours ouvrables', { unit: 'workday' }),
    ...words('semaine|semaines', { unit: 'week' }),
    ...words('week end|weekend', { unit: 'weekend' }),
    ...words('mois', { unit: 'month' }),
    ...words('trimestre|trimestres', { unit: 'quarter' }),
    ...words('an|ans|année|années', { unit: 'year' }),
    ...words('il y a|ça fait', { back: 'before' }),
    ...words("dans|d'ici|en", { ahead: 'before', in: true }),
    ...words('plus tard', { ahead: 'after', then: true }),
    ...words('midi', { namedTime: 720 }),
    ...words('minuit', { namedTime: 0 }),
    ...words('matin|du matin|au matin', { dayPart: { hour: 9, pm: false } }),
    ...words("après midi|de l'après midi|apres midi", { dayPart: { hour: 15, pm: true } }),
    ...words('soir|du soir', { dayPart: { hour: 19, pm: true } }),
    ...words("au|jusqu'à|jusqu'au|jusque", { until: true }),
    ...words('à', { until: true, at: true }),
    ...words('vers', { at: true }),
    ...words('du|de|à partir de|depuis', { from: true, of: true }),
    ...words('entre', { between: true }),
    ...words('et', { and: true }),
    ...words("le|la|les|l'", { the: true }),
    ...words("d'", { of: true }),
  ];
}

export const french: Language = {
  entries: () => [...quantities(), ...calendar(), ...clock()],
  decimalComma: true,
  twelveHours: false,
  monthFirst: false,
  yen: 'JPY',
  region: 'FR',
  ordinalSuffix: /(?:ère|ere|er|re|ème|eme|e)(?![a-zà-ÿ])/y,
};
