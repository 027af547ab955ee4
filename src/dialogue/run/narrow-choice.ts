import type { Json, JsonObject } from '../../json.ts';
import { choicesOf } from '../choices.ts';
import type { Command } from '../command.ts';
import type { Frame } from '../dialogue-state.ts';
import { narrowChoices, type Wish } from '../narrow-choices.ts';
import type { CollectStep } from '../program.ts';
import { isSameJson } from '../same-json.ts';
import { lastTold } from '../told-choice.ts';
import { wholeList } from '../whole-list.ts';
import { correctSlots } from './correct-slots.ts';
import { listOfSlot, listPlace, showOnly } from './offered-list.ts';
import { pushPattern, taskStart } from './stack.ts';
import { sayResponse, type Turn } from './turn.ts';

/**
 * Takes in what the thing to be chosen should be like.
 *
 * What was shown is shown again, those that fit, and a choice that was made is open again; a wish about what was not
 * looked for yet is kept until it was.
 *
 * @returns Whether it says anything about the task at hand.
 */
export function narrowChoice(
  turn: Turn,
  { slot, wishes, against: named = null }: Extract<Command, { kind: 'narrow_choice' }>,
): boolean {
  const place = listPlace(turn, slot);
  const frame = turn.stack[place];
  const list = listOfSlot(turn, slot);
  if (!frame || list === undefined) return false;
  const chosen = turn.slots[slot] ?? null;
  const items = turn.slots[list] ?? null;
  if (!Array.isArray(items) || !isOnTheTable(turn, frame, slot)) {
    remember(turn, place, slot, wishes);
    return turn.begun || pushPattern(turn, 'pattern_narrow_choice', { noted: true, found: false });
  }
  const against = chosen ?? named ?? told(turn, slot, list);
  const fitting = fittingSomewhere(turn, slot, list, wishes, against);
  if (!fitting) return false;
  if (fitting.length === 0 || isSameJson(fitting, items)) {
    const all = fitting.length > 0 && chosen === null;
    const found = all && wishes.every(({ kind }) => kind === 'end');
    return pushPattern(turn, 'pattern_narrow_choice', { noted: false, found, all });
  }
  // What is not shown any more fits none of the wishes before.
  if (!isAmong(fitting, items as readonly Json[])) turn.stack[place] = withWishes(frame, slot, []);
  remember(
    turn,
    place,
    slot,
    wishes.filter(({ kind }) => kind !== 'end' && kind !== 'other'),
  );
  showOnly(turn, place, slot, list, fitting);
  if (chosen !== null) correctSlots(turn, { [slot]: null });
  return pushPattern(turn, 'pattern_narrow_choice', { noted: false, found: true });
}

function isAmong(some: readonly Json[], items: readonly Json[]): boolean {
  return some.every((one) => items.some((item) => isSameJson(item, one)));
}

/** Of what is shown, or where nothing of it fits, of all that was on offer. */
function fittingSomewhere(
  turn: Turn,
  slot: string,
  list: string,
  wishes: readonly Wish[],
  chosen: Json,
): readonly Json[] | undefined {
  const fitting = fittingItems(turn, slot, list, wishes, chosen);
  const all = wholeList(turn.stack, slot, turn.slots[list] ?? null);
  if (!all || (fitting && fitting.length > 0)) return fitting;
  return fittingItems(turn, slot, list, wishes, chosen, { ...turn.slots, [list]: all }) ?? fitting;
}

/** What was asked about last is what a reason speaks against, where nothing was chosen. */
function told(turn: Turn, slot: string, list: string): Json {
  const definition = turn.bot.program.slots[slot];
  const choices = definition ? choicesOf(definition, list, turn.slots) : [];
  return lastTold(turn.bot, turn.memory, choices) ?? null;
}

/** Applies what was wished before there was anything to choose from, once there is. */
export function applyWishes(turn: Turn, frame: Frame, { slots, choicesFrom }: CollectStep): void {
  const [slot] = slots;
  const start = taskStart(turn, turn.stack.lastIndexOf(frame));
  const place = turn.stack.findIndex((each, at) => at >= start && wishesOf(each, slot ?? '').length > 0);
  const holder = turn.stack[place];
  if (slot === undefined || choicesFrom === undefined || !holder) return;
  const items = turn.slots[choicesFrom] ?? null;
  const fitting = fittingItems(turn, slot, choicesFrom, wishesOf(holder, slot), null);
  if (!Array.isArray(items) || !fitting || isSameJson(items, fitting)) return;
  if (fitting.length > 0) showOnly(turn, place, slot, choicesFrom, fitting);
  else turn.stack[place] = withWishes(holder, slot, []);
  if (fitting.length < items.length)
    sayResponse(turn, fitting.length > 0 ? 'utter_choice_narrowed' : 'utter_choice_not_narrowed');
}

/** The items that fit, as the choices know them; `undefined` when no wish concerns them. */
function fittingItems(
  turn: Turn,
  slot: string,
  list: string,
  wishes: readonly Wish[],
  chosen: Json,
  slots: JsonObject = turn.slots,
): readonly Json[] | undefined {
  const definition = turn.bot.program.slots[slot];
  const choices = definition ? choicesOf(definition, list, slots) : [];
  const against = choices.find(({ value }) => isSameJson(value, chosen))?.attributes;
  const { items, applied } = narrowChoices(
    choices.map(({ attributes }) => attributes),
    wishes,
    against,
  );
  return applied.length === 0 ? undefined : items;
}

/** Whether the choice was put to the person: asked now, or answered. */
function isOnTheTable(turn: Turn, frame: Frame, slot: string): boolean {
  if ((turn.slots[slot] ?? null) !== null) return true;
  const { question } = turn.before;
  return (
    !turn.begun && question?.kind === 'collect' && question.slots.includes(slot) && frame.by !== 'engine'
  );
}

function remember(turn: Turn, place: number, slot: string, wishes: readonly Wish[]): void {
  const frame = turn.stack[place];
  if (frame) turn.stack[place] = withWishes(frame, slot, [...wishesOf(frame, slot), ...wishes]);
}

function wishesOf({ params }: Frame, slot: string): readonly Wish[] {
  const wishes = (params['wishes'] ?? {}) as JsonObject;
  return (wishes[slot] ?? []) as unknown as readonly Wish[];
}

function withWishes(frame: Frame, slot: string, wishes: readonly Wish[]): Frame {
  const all = { ...((frame.params['wishes'] ?? {}) as JsonObject), [slot]: wishes as unknown as Json };
  return { ...frame, params: { ...frame.params, wishes: all } };
}
