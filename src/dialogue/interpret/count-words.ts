import type { Entity, Segment } from '../../nlu/recognizer.ts';

/** A number that is said to be more or fewer than there are: "one more", 少一位. */
export interface MoreOrFewer extends Entity {
  readonly more: 1 | -1;
}

export function isMoreOrFewer(entity: Entity): entity is MoreOrFewer {
  return 'more' in entity;
}

const people =
  'adults?|grown-?ups?|kids?|child(?:ren)?|infants?|bab(?:y|ies)|toddlers?|teen(?:ager)?s?|people|persons?|travell?ers?|passengers?|guests?|friends?|colleagues?|co-?workers?|mates?|pals?|buddies|sons?|daughters?|brothers?|sisters?|cousins?|men|women|boys?|girls?|ppl|大人|成人|老人|小孩子?|孩子|小朋友|儿童|婴儿|宝宝|朋友|同事|人|位|大|小';

/** "2 adults and a child", 两大一小: nothing but the people counted, and a word that joins, between two numbers. */
const between = new RegExp(
  `^\\s*[个名位口]?\\s*(?:${people})\\s*(?:,|，|、|and|&|\\+|plus|with|和|加|带|跟)?\\s*$`,
  'iu',
);
const isCounted = new RegExp(`(?:${people})\\s*$`, 'iu');
const joined = /^\s*(?:,|，|、|and|&|\+|plus|with|和|加|带|跟)\s*$/iu;
/** One of them without its number: "and a baby". */
const single = new RegExp(
  `^\\s*(?:${people})\\s*(?:,|and|&|\\+|plus|with)\\s*(?:a|an|one|my|our)\\s+(?:${people})\\b`,
  'iu',
);
const oneself =
  /(?:\b(?:me|myself|i)\s*(?:,|and|&|\+|plus|with)\s*(?:my\s+|our\s+)?|我(?:和|跟|带|加|与)(?:着|上)?)$/iu;
const andOneself = new RegExp(`^\\s*(?:${people})\\s*(?:and|&|\\+|plus)\\s*(?:me|myself|i)\\b`, 'iu');

const moreBefore =
  /(?:\b(?:another|extra|additional|add|plus|extend\b.{0,20}\bby)|增加|另加|又多|延长|续|加|再|(?<![最至])多)\s*(?:了|上|住|待|玩|租|用|留|订)?\s*$/iu;
const moreAfter = new RegExp(`^\\s*(?:(?:${people})\\s+)?(?:more|extra|additional|longer)\\b`, 'iu');
const fewerBefore =
  /(?:\b(?:drop|remove|minus|take (?:off|out)|leave out)|减少|减|少|去掉|缩短)\s*(?:了|住|待|玩|租|用)?\s*$/iu;
/** Those who were counted and will not come. */
const stayAway =
  "dropped out|pulled out|bailed|cancelled|had to cancel|(?:can(?:['’]?t|not| not)|won['’]?t|will not) (?:be )?(?:come|coming|make it|join)|(?:isn['’]?t|aren['’]?t|is not|are not) coming";
const fewerAfter = new RegExp(
  `^\\s*(?:(?:${people})\\s+)?(?:of (?:us|them)\\s+)?(?:(?:less|fewer|shorter)\\b|(?:has |have )?(?:${stayAway})\\b)|^\\s*[个位名]?(?:人|朋友|同事)?(?:不去了|不来了|去不了|来不了|去不成|来不成)`,
  'iu',
);
/** One of them who is given no number: "one of us can't come". */
const oneAway = new RegExp(
  `\\bone (?:of (?:us|them|the \\p{L}+|my \\p{L}+) |person )?(?:less|fewer|(?:has |have )?(?:${stayAway}))\\b`,
  'iu',
);
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
  const counts = sum(segment)
    .map((entity) => markMore(segment, entity))
    .map((entity) => withCounted(segment, entity));
  const marked = withoutCovered([...counts, ...pair(segment)]);
  const extra = marked.some(isMoreOrFewer) ? [] : [...anotherOne(segment), ...oneFewer(segment)];
  return [...marked, ...extra].sort((left, right) => left.start - right.start);
}

function sum(segment: Segment): readonly Entity[] {
  const { text, start } = segment;
  const found: Entity[] = [];
  for (const entity of segment.entities.filter((each) => !isHousehold(segment, each))) {
    const last = found.at(-1);
    const [one, other] = [last && count(last), count(entity)];
    const joint = last ? text.slice(last.end - start, entity.start - start) : '';
    if (last && one !== undefined && other !== undefined && isJoined(last.text, joint))
      found.splice(-1, 1, { ...join(segment, last, entity), value: one + other });
    else found.push(entity);
  }
  return found.map((entity) => withSpeaker(segment, entity));
}

/** 一家四口: the family is one, and its people are counted after it. */
function isHousehold({ text, start, entities }: Segment, { text: words, end }: Entity): boolean {
  const after = text.slice(end - start);
  return words === '一' && /^家/u.test(after) && entities.some((other) => other.start === end + 1);
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
  // "Me plus two" counts oneself, and adds nothing to a number told before.
  if (oneself.test(before)) return entity;
  const isMore = moreBefore.test(before) || moreAfter.test(after) || /\bmore\b/iu.test(entity.text);
  const isFewer = fewerBefore.test(before) || fewerAfter.test(after);
  if (!isMore && !isFewer) return entity;
  const marked: MoreOrFewer = { ...entity, more: isMore ? 1 : -1 };
  return marked;
}

/** The people that a number counts are told with it. */
function withCounted({ text, start }: Segment, entity: Entity): Entity {
  if (count(entity) === undefined) return entity;
  const [said] = counted.exec(text.slice(entity.end - start)) ?? [];
  const end = entity.end + (said?.length ?? 0);
  return said === undefined
    ? entity
    : { ...entity, end, text: text.slice(entity.start - start, end - start) };
}

/** Without what lies within another: the people of "3 people". */
function withoutCovered(entities: readonly Entity[]): readonly Entity[] {
  return entities.filter(
    (one) =>
      !entities.some(
        (other) =>
          length(other) > length(one) &&
          count(other) !== undefined &&
          other.start <= one.start &&
          one.end <= other.end,
      ),
  );
}

const counted = new RegExp(`^\\s*[个名位]?\\s*(?:${people})(?![\\p{Script=Latin}])`, 'iu');

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

function oneFewer({ text, start, entities }: Segment): readonly Entity[] {
  const said = oneAway.exec(text);
  if (!said) return [];
  const span = { start: start + said.index, end: start + said.index + said[0].length };
  if (entities.some((other) => other.start < span.end && span.start < other.end)) return [];
  const one: MoreOrFewer = {
    ...{ entity: 'number', value: 1, text: said[0], score: 1, source: 'recogniser' },
    ...{ ...span, more: -1 },
  };
  return [one];
}

/** What an entity counts, where it is a small whole number and nothing else. */
function count({ entity, value }: Entity): number | undefined {
  if (entity === 'ordinal' || entity === 'percentage') return undefined;
  const number = typeof value === 'string' ? numberIn(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number < 100
    ? number
    : undefined;
}

const numberWords = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const hanNumbers = '一二三四五六七八九';

/** The number that a value is, or begins with: "two colleagues", 两位. */
function numberIn(value: string): number | undefined {
  if (/^\d{1,2}$/u.test(value)) return Number(value);
  const [, word = '', han = ''] =
    new RegExp(
      `^(?:(\\p{L}+|\\d{1,2}) (?:${people})$|([两${hanNumbers}])[个位名]?(?:${people})$)`,
      'iu',
    ).exec(value) ?? [];
  if (/^\d+$/u.test(word)) return Number(word);
  const place =
    han === '两' ? 1 : han === '' ? numberWords.indexOf(word.toLowerCase()) : hanNumbers.indexOf(han);
  return place < 0 ? undefined : place + 1;
}

const companion =
  'wife|husband|partner|spouse|girlfriend|boyfriend|fianc[eé]e?|friend|colleague|coworker|boss|mother|mum|mom|father|dad|son|daughter|sister|brother|kid|child|baby|cousin|aunt|uncle|neighbou?r|roommate|flatmate|mate|better half';
const withCompanion = new RegExp(
  `\\b(?:me|myself|i)\\s*(?:,|and|&|\\+|plus|with)\\s*(?:a|an|one|my)\\s+(?:${companion})\\b|\\b(?:a|one|my)\\s+(?:${companion})\\s*(?:,|and|&|\\+|plus)\\s*(?:me|myself|i)\\b|我(?:和|跟|与|带|加)(?:着|上)?我?的?(?:一个)?(?:老公|老婆|爱人|先生|太太|丈夫|妻子|对象|女朋友|男朋友|女友|男友|朋友|同事|老板|领导|妈妈?|爸爸?|母亲|父亲|儿子|女儿|孩子|宝宝|姐姐?|妹妹?|哥哥?|弟弟?|闺蜜|室友|同学)|夫妻俩?|两口子|情侣`,
  'iu',
);

/** "Me and my husband", 我和我老公: two, with no number in it. */
function pair({ text, start, entities }: Segment): readonly Entity[] {
  const said = withCompanion.exec(text);
  if (!said) return [];
  const span = { start: start + said.index, end: start + said.index + said[0].length };
  const beside = entities.filter((other) => other.start < span.end + 2 && span.start < other.end + 2);
  if (beside.some((other) => (count(other) ?? 1) > 1)) return [];
  // "Myself" alone would be one.
  const oneselfAlone = beside.find((other) => count(other) === 1 && length(other) < said[0].length);
  const named = oneselfAlone ?? ({ entity: 'number', score: 1, source: 'recogniser' } as const);
  return [{ ...named, ...span, value: 2, text: said[0] }];
}

function length({ start, end }: Entity): number {
  return end - start;
}
