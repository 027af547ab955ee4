export type TimeUnit =
  'second' | 'minute' | 'hour' | 'day' | 'workday' | 'weekend' | 'week' | 'month' | 'quarter' | 'year';

/** What a word may mean to the recognisers; a word may mean several things, and the grammar takes what fits. */
export interface Sense {
  /** A cardinal below 100, or any number in digits. */
  readonly number?: number;
  /** "a", "an": one, but only before a unit. */
  readonly article?: boolean;
  /** "a couple of": a number that is rarely meant exactly. */
  readonly vague?: number;
  /** What the number before it is multiplied by: hundred, thousand, k. */
  readonly scale?: number;
  /** A scale that needs no number before it: mille, 百. */
  readonly alone?: boolean;
  /** 1-based; -1 for the last. */
  readonly ordinal?: number;
  readonly month?: number;
  /** Is also a common word ("may", "march"): a month only where something else says so. */
  readonly verb?: boolean;
  /** "the past", 最近, 未来: the days up to now, or from now on. */
  readonly recent?: 1 | -1;
  /** 0 for Monday. */
  readonly weekday?: number;
  readonly unit?: TimeUnit;
  /** Days from today. */
  readonly relativeDay?: number;
  /** -1 last, 0 this, 1 next. */
  readonly shift?: number;
  /** "last Monday" is the latest Monday, not that of the last week. */
  readonly latest?: boolean;
  /** Stands before ("in", "vor") or after ("ago", "later", 前) an amount of time: -1 back, 1 ahead. */
  readonly back?: 'before' | 'after';
  readonly ahead?: 'before' | 'after';
  /** Stands between an amount of time and the day that it is counted from. */
  readonly after?: boolean;
  /** "For", before a length of time. */
  readonly lasting?: boolean;
  /** What it moves a day by is counted from a day told of before: "later", "after that"; perhaps, 三周后. */
  readonly then?: true | 'loosely';
  /** 早一天, 晚两天: before or after an amount of days, how they move a day told of before. */
  readonly sooner?: -1 | 1;
  /** "The day after" some day: how many days. */
  readonly dayAfter?: number;
  /** A part of the day: the hour it stands for, and what is added to a clock time of twelve hours in it. */
  readonly dayPart?: DayPart;
  /** A time with a name, in minutes. */
  readonly namedTime?: number;
  /** A day of the year with a name. */
  readonly monthDay?: readonly [month: number, day: number];
  readonly meridiem?: 'am' | 'pm';
  /** Half, quarter, as a share. */
  readonly share?: number;
  /** Says "and" itself: et demie, y media. */
  readonly joined?: boolean;
  /** "past" and "to" in "ten past three", "ten to three". */
  readonly pastHour?: 1 | -1;
  /** o'clock, 点, Uhr. */
  readonly clock?: boolean;
  /** Minutes may follow it after a space: 15 Uhr 30. */
  readonly hourMark?: boolean;
  /** Marks of Chinese and Japanese dates. */
  readonly mark?: 'year' | 'month' | 'day' | 'minute';
  readonly currency?: string;
  /** A share of the currency before it: cents, 毛. */
  readonly minor?: number;
  /** 'to', 'until', a dash. */
  readonly until?: boolean;
  readonly from?: boolean;
  readonly between?: boolean;
  readonly and?: boolean;
  readonly at?: boolean;
  readonly on?: boolean;
  readonly of?: boolean;
  readonly the?: boolean;
  readonly in?: boolean;
  /** "or so", "about": carries no meaning inside an amount. */
  readonly filler?: boolean;
  readonly percent?: 'before' | 'after';
  /** Chinese and Japanese 第; English "number" is none. */
  readonly ordinalPrefix?: boolean;
  /** Words that follow an ordinal and belong to it: 个, "one". */
  readonly counter?: boolean;
  /** Start or end of a span of time: 月初, "end of". */
  readonly boundary?: 'start' | 'end';
  /** The word tells of what was, so that a day without a year lies behind. */
  readonly past?: boolean;
  readonly sign?: -1;
  readonly comma?: boolean;
}

export interface DayPart {
  readonly hour: number;
  readonly pm: boolean;
}
