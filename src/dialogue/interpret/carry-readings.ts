import type { Json } from '../../json.ts';
import { carriedValue } from '../carried-value.ts';
import type { SlotDefinition } from '../program.ts';
import { beginningOf } from './date-pairs.ts';
import type { Situation } from './situation.ts';
import type { Value } from './value.ts';

/** How people mean what was said before: "the same days", "like last time", 和上次一样. */
const carryWords =
  /\b(?:(?:the |those |that )?(?:very )?same(?! day\b)(?: \w+)?(?: again)?|as before|like (?:before|last time)|as last time|those (?:days|dates|nights)|that (?:city|place|address)(?: again)?|(?:whole|entire|full) (?:trip|stay|time|holiday|journey)|same as (?:for )?(?:the|my|our) \w+)\b|同样(?:的)?|相同|(?<!不|不太)一样|一致|上次|之前那|还是那|[这那]几天|期间|整个行程|全程/iu;

/** Words that say which kind of thing is the same. */
const dayWords =
  /\b(?:days?|dates?|nights?|(?<!last )time|trip|stay|holiday|journey)\b|日期|时间|天|日子|期间|行程|全程/iu;
const placeWords = /\b(?:city|place|town|address|there)\b|城市|地方|地址/iu;

/** The words of a text that mean something said before; `undefined` when it says nothing of the kind. */
function carriedWords(text: string): string | undefined {
  return carryWords.exec(text)?.[0];
}

/** Values that slots held before, where the text means them. */
export function carriedValues(
  situation: Situation,
  text: string,
  slots: readonly SlotDefinition[],
): readonly Value[] {
  const words = carriedWords(text);
  return words === undefined
    ? dayOfBeginning(situation, text, slots)
    : slots.filter((slot) => isMeant(slot, text)).flatMap((slot) => carried(situation, slot, words) ?? []);
}

/** "Just that day", 那天就还: what is asked for ends on the day that it began. */
function dayOfBeginning(
  { bot, slots: told, taskSlots }: Situation,
  text: string,
  slots: readonly SlotDefinition[],
): readonly Value[] {
  const [words] = /\bthat (?:very )?day\b|那一?天/iu.exec(text) ?? [];
  if (words === undefined) return [];
  const order = [...taskSlots].flatMap((name) => bot.program.slots[name] ?? []);
  return slots.flatMap((slot) => {
    const beginning = beginningOf(slot, order);
    return valueCarried(slot, (beginning && told[beginning.name]) ?? null, words) ?? [];
  });
}

/** The values that a slot held before, whatever the text says: for a task that is asked for again. */
export function lastValues(situation: Situation, slots: readonly SlotDefinition[]): readonly Value[] {
  const { memory } = situation.state;
  return slots.flatMap(
    (slot) => valueCarried(slot, memory[slot.name] ?? carriedValue(slot, situation.state), '') ?? [],
  );
}

function carried({ state }: Situation, slot: SlotDefinition, text: string): Value | undefined {
  return valueCarried(slot, carriedValue(slot, state), text);
}

function valueCarried({ name }: SlotDefinition, value: Json, text: string): Value | undefined {
  return value === null ? undefined : { slot: name, value, fit: carriedFit, text, entities: [] };
}

/** "The same days" means days, "the same city" no days; "the same again" means everything. */
function isMeant({ type }: SlotDefinition, text: string): boolean {
  const isDay = type === 'date' || type === 'datetime' || type === 'time';
  const [days, places] = [dayWords.test(text), placeWords.test(text)];
  return days === places || (days ? isDay : !isDay);
}

/** P(what was said before is still meant), once somebody says that it is. */
const carriedFit = 0.9;
