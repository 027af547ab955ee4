import type { Sense } from '../sense.ts';
import { series, words, type Language } from './language.ts';

const small =
  'cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciséis|diecisiete|dieciocho|diecinueve|veinte|veintiuno|veintidós|veintitrés|veinticuatro|veinticinco|veintiséis|veintisiete|veintiocho|veintinueve'.split(
    '|',
  );
const tens = ['treinta', 'cuarenta', 'cincuenta', 'sesenta', 'setenta', 'ochenta', 'noventa'];
const hundreds = [
  'ciento',
  'doscientos',
  'trescientos',
  'cuatrocientos',
  'quinientos',
  'seiscientos',
  'setecientos',
  'ochocientos',
  'novecientos',
];

function numbers(): (readonly [string, Sense])[] {
  const below100 = [
    ...small,
    ...tens.flatMap((ten) => [ten, ...small.slice(1, 10).map((one) => `${ten} y ${one}`)]),
  ];
  const all = below100.map((word, number): readonly [string, Sense] => [word, { number }]);
  hundreds.forEach((hundred, h) => {
    below100.forEach((word, n) =>
      all.push([n === 0 ? hundred : `${hundred} ${word}`, { number: 100 * (h + 1) + n }]),
    );
  });
  return [...all, ...words('cien', { number: 100 }), ...words('veintiun|veintiún', { number: 21 })];
}

function quantities(): (readonly [string, Sense])[] {
  return [
    ...numbers(),
    ...words('un|una|unos', { number: 1, article: true, counter: true }),
    ...words('un par de', { vague: 2 }),
    ...words('unos pocos|unas|algunos', { vague: 3 }),
    ...words('mil', { scale: 1e3, alone: true }),
    ...words('mil gracias', {}),
    ...words('millón|millon|millones', { scale: 1e6 }),
    ...words('media|medio', { share: 0.5 }),
    ...words('y media', { share: 0.5, clock: true, joined: true }),
    ...words('y cuarto', { share: 0.25, clock: true }),
    ...words('menos cuarto', { share: -0.25, clock: true }),
    ...series('|cinco|diez||veinte|veinticinco', (fives) => ({ share: fives / 12, clock: true })).flatMap(
      ([minutes, sense]): (readonly [string, Sense])[] =>
        minutes === ''
          ? []
          : [
              [`y ${minutes}`, sense],
              [`menos ${minutes}`, { ...sense, share: -(sense.share ?? 0) }],
            ],
    ),
    ...words('cuarto de hora', { share: 0.25, unit: 'hour' }),
    ...series(
      '|primero,primera,primer|segundo,segunda|tercero,tercera,tercer|cuarto,cuarta|quinto,quinta|sexto,sexta|séptimo,séptima|octavo,octava|noveno,novena|décimo,décima',
      (ordinal) => (ordinal === 2 ? { ordinal, unit: 'second' } : { ordinal }),
    ).slice(1),
    ...words('el último|la última', { ordinal: -1 }),
    ...words('por ciento', { percent: 'after' }),
    ...words('menos', { sign: -1 }),
    ...words('euro|euros|eur', { currency: 'EUR' }),
    ...words('céntimo|céntimos|centimos', { currency: 'EUR', minor: 0.01 }),
    ...words('dólar|dólares|dolares|usd', { currency: 'USD' }),
    ...words('peso|pesos|mxn', { currency: 'MXN' }),
    ...words('libra|libras|gbp', { currency: 'GBP' }),
  ];
}

function calendar(): (readonly [string, Sense])[] {
  return [
    ...series(
      'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre,setiembre|octubre|noviembre|diciembre',
      (place) => ({ month: place + 1 }),
    ),
    ...series('lunes|martes|miércoles,miercoles|jueves|viernes|sábado,sabado|domingo', (weekday) => ({
      weekday,
    })),
    ...words('hoy', { relativeDay: 0 }),
    ...words('mañana', { relativeDay: 1 }),
    ...words('pasado mañana', { relativeDay: 2 }),
    ...words('ayer', { relativeDay: -1 }),
    ...words('anteayer|antier', { relativeDay: -2 }),
    ...words('anoche', { relativeDay: -1, dayPart: { hour: 20, pm: true } }),
    ...words('esta noche', { relativeDay: 0, dayPart: { hour: 20, pm: true } }),
    ...words('esta mañana', { relativeDay: 0, dayPart: { hour: 9, pm: false } }),
    ...words('esta tarde', { relativeDay: 0, dayPart: { hour: 15, pm: true } }),
    ...words('próximo|próxima|próximos|próximas|proximo|proxima|que viene', { shift: 1 }),
    ...words('este|esta', { shift: 0 }),
    ...words('pasado|pasada|último|última|últimos|últimas', { shift: -1, latest: true }),
    ...words('navidad', { monthDay: [12, 25] }),
    ...words('nochebuena', { monthDay: [12, 24] }),
    ...words('año nuevo', { monthDay: [1, 1] }),
    ...words('fin|final|finales', { boundary: 'end' }),
    ...words('principio|principios', { boundary: 'start' }),
    ...words('compré|pedí|recibí|pagué|llegó|era|desde hace|fue', { past: true }),
  ];
}

function clock(): (readonly [string, Sense])[] {
  return [
    ...words('segundos', { unit: 'second' }),
    ...words('minuto|minutos|min', { unit: 'minute' }),
    ...words('hora|horas|h', { unit: 'hour', clock: true }),
    ...words('día|días|dia|dias', { unit: 'day' }),
    ...words('día laborable|días laborables|días hábiles', { unit: 'workday' }),
    ...words('semana|semanas', { unit: 'week' }),
    ...words('fin de semana', { unit: 'weekend' }),
    ...words('mes|meses', { unit: 'month' }),
    ...words('trimestre|trimestres', { unit: 'quarter' }),
    ...words('año|años', { unit: 'year' }),
    ...words('hace', { back: 'before' }),
    ...words('en|dentro de', { ahead: 'before', in: true }),
    ...words('después|más tarde', { ahead: 'after', then: true }),
    ...words('am|a.m.|a. m.', { meridiem: 'am' }),
    ...words('pm|p.m.|p. m.', { meridiem: 'pm' }),
    ...words('mediodía', { namedTime: 720 }),
    ...words('medianoche', { namedTime: 0 }),
    ...words('de la mañana|por la mañana', { dayPart: { hour: 9, pm: false } }),
    ...words('de la tarde|por la tarde', { dayPart: { hour: 15, pm: true } }),
    ...words('de la noche|por la noche', { dayPart: { hour: 20, pm: true } }),
    ...words('hasta|al', { until: true }),
    ...words('a', { until: true }),
    ...words('a las|a la|las|sobre las', { at: true }),
    ...words('del|desde|desde el', { from: true, of: true }),
    ...words('entre', { between: true }),
    ...words('y|con', { and: true }),
    ...words('el|la|los', { the: true }),
    ...words('de', { of: true, from: true }),
  ];
}

export const spanish: Language = {
  entries: () => [...quantities(), ...calendar(), ...clock()],
  decimalComma: true,
  twelveHours: true,
  monthFirst: false,
  yen: 'JPY',
  region: 'ES',
  ordinalSuffix: /(?:º|ª|\.º|er[oa]?|[oa])(?![a-zà-ÿ])/y,
};
