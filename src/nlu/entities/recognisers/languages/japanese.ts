import type { Sense } from '../sense.ts';
import { series, words, type Language } from './language.ts';

function quantities(): (readonly [string, Sense])[] {
  return [
    ...words('一緒|一番|一度|一般|一部|十分|万一|千葉|三越|一つ前|日本|本日中', {}),
    ...series(
      '|一つ,ひとつ|二つ,ふたつ|三つ,みっつ|四つ,よっつ|五つ,いつつ|六つ,むっつ|七つ,ななつ|八つ,やっつ|九つ,ここのつ',
      (number) => ({ number }),
    ).slice(1),
    ...words('百', { scale: 100, alone: true }),
    ...words('千', { scale: 1e3, alone: true }),
    ...words('万', { scale: 1e4 }),
    ...words('億', { scale: 1e8 }),
    ...words('半', { share: 0.5 }),
    ...words('第', { ordinalPrefix: true }),
    ...words('最後|最後の', { ordinal: -1 }),
    ...words('最初|最初の|一番目|1番目', { ordinal: 1 }),
    ...series('|一番目|二番目,2番目|三番目,3番目|四番目,4番目|五番目,5番目', (ordinal) => ({
      ordinal,
    })).slice(1),
    ...words('個|件|枚|本|台|冊|着|足|人|回|箱', { counter: true }),
    ...words('パーセント|％', { percent: 'after' }),
    ...words('円', { currency: 'JPY' }),
    ...words('ドル', { currency: 'USD' }),
    ...words('ユーロ', { currency: 'EUR' }),
    ...words('元', { currency: 'CNY' }),
    ...words('ポンド', { currency: 'GBP' }),
  ];
}

function calendar(): (readonly [string, Sense])[] {
  return [
    ...['月', '火', '水', '木', '金', '土', '日'].flatMap((day, weekday) =>
      words(`${day}曜日|${day}曜|(${day}曜日)|(${day})`, { weekday }),
    ),
    ...words('今日|本日|きょう', { relativeDay: 0 }),
    ...words('明日|あした|あす', { relativeDay: 1 }),
    ...words('明後日|あさって', { relativeDay: 2 }),
    ...words('昨日|きのう', { relativeDay: -1 }),
    ...words('一昨日|おととい', { relativeDay: -2 }),
    ...words('今晩|今夜', { relativeDay: 0, dayPart: { hour: 20, pm: true } }),
    ...words('今朝', { relativeDay: 0, dayPart: { hour: 9, pm: false } }),
    ...words('昨晩|昨夜', { relativeDay: -1, dayPart: { hour: 20, pm: true } }),
    ...words('来週', { shift: 1, unit: 'week' }),
    ...words('今週', { shift: 0, unit: 'week' }),
    ...words('先週', { shift: -1, unit: 'week' }),
    ...words('再来週', { shift: 2, unit: 'week' }),
    ...words('週末|今週末', { shift: 0, unit: 'weekend' }),
    ...words('来月', { shift: 1, unit: 'month' }),
    ...words('今月', { shift: 0, unit: 'month' }),
    ...words('先月', { shift: -1, unit: 'month' }),
    ...words('来年', { shift: 1, unit: 'year' }),
    ...words('今年', { shift: 0, unit: 'year' }),
    ...words('去年|昨年', { shift: -1, unit: 'year' }),
    ...words('月末', { boundary: 'end', unit: 'month' }),
    ...words('年末', { boundary: 'end', unit: 'year' }),
    ...words('大晦日', { monthDay: [12, 31] }),
    ...words('数日前', { relativeDay: -3 }),
    ...words('数日後', { relativeDay: 3 }),
    ...words('元日|元旦', { monthDay: [1, 1] }),
    ...words('クリスマス', { monthDay: [12, 25] }),
    ...words('過去|ここ', { recent: -1 }),
    ...words('今後', { recent: 1 }),
    ...words('年', { mark: 'year', unit: 'year' }),
    ...words('月', { mark: 'month' }),
    ...words('日', { mark: 'day', unit: 'day' }),
    ...words('買った|買いました|注文した|注文しました|届いた|届きました|でした|ました', { past: true }),
  ];
}

function clock(): (readonly [string, Sense])[] {
  return [
    ...words('秒|秒間', { unit: 'second' }),
    ...words('分', { mark: 'minute', unit: 'minute' }),
    ...words('分間', { unit: 'minute' }),
    ...words('時間', { unit: 'hour' }),
    ...words('日間', { unit: 'day' }),
    ...words('営業日', { unit: 'workday' }),
    ...words('週間', { unit: 'week' }),
    ...words('か月|ヶ月|カ月|ヵ月|か月間|ヶ月間', { unit: 'month' }),
    ...words('年間', { unit: 'year' }),
    ...words('前', { back: 'after' }),
    ...words('以内|以内に', { ahead: 'after' }),
    ...words('後', { ahead: 'after', then: 'loosely' }),
    ...words('時', { clock: true }),
    ...words('午前|朝|午前中', { dayPart: { hour: 9, pm: false } }),
    ...words('午後', { dayPart: { hour: 15, pm: true } }),
    ...words('夕方', { dayPart: { hour: 18, pm: true } }),
    ...words('夜', { dayPart: { hour: 20, pm: true } }),
    ...words('正午', { namedTime: 720 }),
    ...words('から|〜|～', { until: true }),
    ...words('の', { of: true }),
    ...words('と', { and: true }),
  ];
}

export const japanese: Language = {
  entries: () => [...quantities(), ...calendar(), ...clock()],
  decimalComma: false,
  twelveHours: false,
  monthFirst: true,
  yen: 'JPY',
  region: 'JP',
  ordinalSuffix: /番目|つ目|回目/y,
};
