import type { Entity, Segment } from '../../nlu/recognizer.ts';

/** A number that is said to be more or fewer than there are: "one more", 少一位. */
export interface MoreOrFewer extends Entity {
  readonly more: 1 | -1;
}

export function isMoreOrFewer(entity: Entity): entity is MoreOrFewer {
  return 'more' in entity;
}

const people =
  'adults?|grown-?ups?|kids?|child(?:ren)?|infants?|bab(?:y|ies)|toddlers?|teen(?:ager)?s?|people|persons?|travell?ers?|passengers?|guests?|friends?|men|women|boys?|girls?|大人|成人|老人|小孩子?|孩子|小朋友|儿童|婴儿|宝宝|朋友|同事|人|位|大|小';

/** "2 adults and a child", 两大一小: nothing but the people counted, and a word that joins, between two numbers. */
const between = new RegExp(
  `^\\s*[个名位口]?\\s*(?:${people})\\s*(?:,|，|、|and|&|\\+|plus|with|和|加|带|跟)?\\s*$`,
  'iu',
);
const isCounted = new RegExp(`(?:${people})\\s*$`, 'iu');
const joined = /^\s*(?:,|，|、|and|&|\+|plus|with|和|加|带|跟)\s*$/iu;
/** One of them without its number: "and a baby". */
const single = new RegExp(
  `^\\s*(?:${people})\\s*(?:,|and|&|\\+|plus|with)\\s*(?:a|an|my|our)\\s+(?:${people})\\b`,
  'iu',
);
const oneself =
  /(?:\b(?:me|myself|i)\s*(?:,|and|&|\+|plus|with)\s*(?:my\s+|our\s+)?|我(?:和|跟|带|加|与)(?:着|上)?)$/iu;
const andOneself = new RegExp(`^\\s*(?:${people})\\s*(?:and|&|\\+|plus)\\s*(?:me|myself|i)\\b`, 'iu');

const moreBefore =
  /(?:\b(?:another|extra|additional|add|plus|extend\b.{0,20}\bby)|增加|另加|又多|延长|续|加|再|(?<![最至])多)\s*(?:了|上|住|待|玩|租|用|留|订)?\s*$/iu;
const moreAfter = new RegExp(`^\\s*(?:(?:${people})\\s+)?(?:more|extra|additional|longer)\\b`, 'iu');
const fewerBefore = /(?:减少|减|少|去掉|缩短)\s*(?:了|住|待|玩|租|用)?\s*$/iu;
const fewerAfter = new RegExp(`^\\s*(?:(?:${people})\\s+)?(?:less|fewer|shorter)\\b`, 'iu');
const another = new RegExp(
  `\\b(?:another|an extra|an additional) (?:(${people})|(day|night)|(week))\\b`,
  'iu',
);

/**
 * Puts numbers of people together that are said apart, and marks those that are said against a number told before.
 *
 * "2 adults and 1 child" are three, "me and two friends" too; "one more" is what it is more than, and one.
 */
export function countTogether(segment: Segment): readonly Entity[] {
  const marked = sum(segment).map((entity) => markMore(segment, entity));
  const extra = marked.some(isMoreOrFewer) ? [] : anotherOne(segment);
  return [...marked, ...extra].sort((left, right) => left.start - right.start);
}

function sum(segment: Segment): readonly Entity[] {
  const { text, start, entities } = segment;
  const found: Entity[] = [];
  for (const entity of entities) {
    const last = found.at(-1);
    const [one, other] = [last && count(last), count(entity)];
    const joint = last ? text.slice(last.end - start, entity.start - start) : '';
    if (last && one !== undefined && other !== undefined && isJoined(last.text, joint))
      found.splice(-1, 1, { ...join(segment, last, entity), value: one + other });
    else found.push(entity);
  }
  return found.map((entity) => withSpeaker(segment, entity));
}

function isJoined(before: string, joint: string): boolean {
  return between.test(joint) || (isCounted.test(before) && joined.test(joint));
}

function join({ text, start }: Segment, first: Entity, last: Entity): Entity {
  // What an author's list or the tagger knows by name stays known by it.
  const named = first.source === 'recogniser' ? last : first;
  const score = Math.min(first.score, last.score);
  const words = text.slice(first.start - start, last.end - start);
  return { ...named, start: first.start, end: last.end, text: words, score };
}

function withSpeaker({ text, start }: Segment, entity: Entity): Entity {
  const number = count(entity);
  if (number === undefined) return entity;
  const [before, after] = [text.slice(0, entity.start - start), text.slice(entity.end - start)];
  const more = (oneself.test(before) || andOneself.test(after) ? 1 : 0) + (single.test(after) ? 1 : 0);
  return more === 0 ? entity : { ...entity, value: number + more };
}

function markMore({ text, start }: Segment, entity: Entity): Entity {
  if (count(entity) === undefined && entity.entity !== 'duration') return entity;
  const [before, after] = [text.slice(0, entity.start - start), text.slice(entity.end - start)];
  const isMore = moreBefore.test(before) || moreAfter.test(after) || /\bmore\b/iu.test(entity.text);
  const isFewer = fewerBefore.test(before) || fewerAfter.test(after);
  if (!isMore && !isFewer) return entity;
  const marked: MoreOrFewer = { ...entity, more: isMore ? 1 : -1 };
  return marked;
}

/** "Another person", "an extra night": one more, with no number in it. */
function anotherOne({ text, start, entities }: Segment): readonly Entity[] {
  const said = another.exec(text);
  if (!said) return [];
  const span = { start: start + said.index, end: start + said.index + said[0].length };
  if (entities.some((other) => other.start < span.end && span.start < other.end)) return [];
  const common = { ...span, text: said[0], score: 1, source: 'recogniser', more: 1 } as const;
  const [, person, , week] = said;
  const one: MoreOrFewer = person
    ? { entity: 'number', value: 1, ...common }
    : { entity: 'duration', value: { seconds: (week ? 7 : 1) * 86_400 }, ...common };
  return [one];
}

/** What an entity counts, where it is a small whole number and nothing else. */
function count({ entity, value }: Entity): number | undefined {
  if (entity === 'ordinal' || entity === 'percentage') return undefined;
  const number = typeof value === 'string' && /^\d{1,2}$/u.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 100
    ? number
    : undefined;
}
