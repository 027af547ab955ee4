import type { Json, JsonObject } from '../../json.ts';
import { choicesOf, namedValues, wordsOf } from '../choices.ts';
import { isSameJson } from '../same-json.ts';
import { wholeList } from '../whole-list.ts';
import { localized, slotLabel } from './bot.ts';
import { listOfSlot } from './offered-list.ts';
import { pushPattern } from './stack.ts';
import type { Turn } from './turn.ts';

/** What stands between a name and its value, and between two of them. */
const narrowMarks = { colon: ': ', comma: ', ' };
const wideMarks = { colon: '：', comma: '，' };

/** Says what is changed, changes it, and goes on from there. */
export function beginCorrection(turn: Turn, corrections: JsonObject): void {
  const marks = /^(?:zh|ja)\b/.test(turn.locale) ? wideMarks : narrowMarks;
  const changed = Object.entries(corrections).filter(([, value]) => value !== null);
  const changes = changed.map(
    ([slot, value]) => `${slotLabel(turn.bot, slot, turn.locale)}${marks.colon}${display(turn, slot, value)}`,
  );
  pushPattern(turn, 'pattern_correction', {
    corrected_slots: corrections,
    changes: changes.join(marks.comma),
    new_slot_values: Object.values(corrections),
    is_reset_only: changed.length === 0,
  });
}

function display(turn: Turn, slot: string, value: Json): string {
  const definition = turn.bot.program.slots[slot];
  const choices = definition ? choicesOf(definition, listOfSlot(turn, slot), withWholeList(turn, slot)) : [];
  const named = definition ? namedValues(definition, turn.bot.program.slots) : [];
  const choice = [...choices, ...named].find((each) => isSameJson(each.value, value));
  const label = localized(choice?.label, turn.locale);
  if (label !== undefined) return label;
  if (definition?.type === 'date' && typeof value === 'string') return dayName(value, turn.locale);
  if (typeof value !== 'object' || value === null || !('amount' in value)) return wordsOf(value);
  const { amount, currency } = value as JsonObject;
  return [amount, currency]
    .map((part) => (part ? wordsOf(part) : ''))
    .join(' ')
    .trim();
}

/** Slots in which the list that one is chosen from is what it was before it was narrowed down. */
function withWholeList(turn: Turn, slot: string): JsonObject {
  const list = listOfSlot(turn, slot);
  const all = list === undefined ? undefined : wholeList(turn.stack, slot, turn.slots[list] ?? null);
  return list === undefined || !all ? turn.slots : { ...turn.slots, [list]: all };
}

/** A day as people write it. */
function dayName(day: string, locale: string): string {
  const at = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return day;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(at);
}
