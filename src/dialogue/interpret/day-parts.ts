import type { Entity, Segment } from '../../nlu/recognizer.ts';

/** A day that the words beside it say to begin or to end something: "back on Sunday", 周五走. */
export interface PlacedDay extends Entity {
  readonly part: 'start' | 'end';
}

/** Which part of a stretch of time a day is said to be; `undefined` when nothing says so. */
export function partOfDay(entity: Entity): 'start' | 'end' | undefined {
  return 'part' in entity ? (entity as PlacedDay).part : undefined;
}

/** What may stand between such a word and its day. */
const small =
  '(?:[\\s,:=]+(?:(?:of|from|to|in|for|at) [\\p{L}-]+|on|by|at|the|a|is|for|to|it|be|should|would|will|flight|car|date|day|leg|trip|again|home|then|of|me|us))*[\\s,:=]*$';
const end = new RegExp(
  `\\b(?:back|return(?:s|ing)?|homeward|home|inbound|until|till?|check(?:ing)?[- ]?out|drop(?:ping)?(?: it| the car)?[- ]?off|end(?:s|ing)?)${small}`,
  'iu',
);
const start = new RegExp(
  `\\b(?:outbound|depart(?:s|ing|ure)?|set(?:ting)? off|check(?:ing)?[- ]?in|arriv(?:e|es|ing|al)|pick(?:ing)?(?: it| the car)?(?: up)?|collect(?:ing)?|start(?:s|ing)?|begin(?:s|ning)?|from|fly(?:ing)?(?: out)?)${small}`,
  'iu',
);
/** Out of the house begins a journey, out of the hotel ends a stay. */
const away = new RegExp(`\\b(?:out|leav(?:e|es|ing)|go(?:ing)?)${small}`, 'iu');

/** After the day: "thursday back", "friday for the return". */
const endAfterDay = /^\s*(?:for )?(?:the )?(?:way )?(?:back|home|return(?: flight)?)\b/iu;
const between = '(?:就|再|才|要|会|想|[早晚]上|[上下中]午)*';
const endAfter = new RegExp(`^\\s*${between}(?:回|返|退房|离店|离开|还(?![是有没想要得])|结束)`, 'u');
const startAfter = new RegExp(`^\\s*${between}(?:出发|启程|动身|去|飞|起飞|入住|住进|到店|取)`, 'u');
const awayAfter = new RegExp(`^\\s*${between}走`, 'u');
const link = '(?:的?(?:日期|时间|日子|航班|机票|票))?(?:是|在|为|改[成到为]|换[成到]|：|:|,|，)*\\s*$';
const endBefore = new RegExp(`(?:回来|回程|返程|返回|回去|退房|还车|(?<![改挪换推迟前])到|至)${link}`, 'u');
const startBefore = new RegExp(`(?:去程|出发|入住|取车|从|自)${link}`, 'u');
const stay = /\b(?:check(?:ing)?[- ]?in|arriv\w+|stay\w*|hotel|room)\b|住|酒店|房/iu;

/** "Before Christmas", 周五之前: until then, and on no day that is said. */
export function isDeadline({ text, start: offset }: Segment, entity: Entity): boolean {
  const [before, after] = [text.slice(0, entity.start - offset), text.slice(entity.end - offset)];
  return isDay(entity) && (/\b(?:before|prior to)\s*$/iu.test(before) || /^\s*(?:之前|以前)/u.test(after));
}

/** Marks the days of a message by the words around them. */
export function placeDays({ text, start: offset }: Segment, entities: readonly Entity[]): readonly Entity[] {
  const days = entities.filter(isDay);
  return entities.map((entity) => {
    const at = days.indexOf(entity);
    if (at < 0) return entity;
    const from = (days[at - 1]?.end ?? offset) - offset;
    const before = text.slice(from, entity.start - offset);
    const after = text.slice(entity.end - offset, (days[at + 1]?.start ?? Infinity) - offset);
    const part = partIn(before, after, text);
    return part === undefined ? entity : ({ ...entity, part } satisfies PlacedDay as Entity);
  });
}

function isDay({ entity }: Entity): boolean {
  return entity === 'date' || entity === 'datetime';
}

function partIn(before: string, after: string, text: string): PlacedDay['part'] | undefined {
  if (end.test(before) || endAfterDay.test(after) || endAfter.test(after)) return 'end';
  if (start.test(before) || startAfter.test(after)) return 'start';
  if (away.test(before) || awayAfter.test(after)) return stay.test(text) ? 'end' : 'start';
  if (endBefore.test(before)) return 'end';
  return startBefore.test(before) ? 'start' : undefined;
}
