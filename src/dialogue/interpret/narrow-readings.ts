import type { Json } from '../../json.ts';
import type { Entity } from '../../nlu/recognizer.ts';
import type { Command } from '../command.ts';
import { type Choice, choicesOf } from '../choices.ts';
import { narrowChoices, valueOf } from '../narrow-choices.ts';
import { entitiesOf } from '../recognition-context.ts';
import type { SlotDefinition } from '../program.ts';
import { isSameJson } from '../same-json.ts';
import { type FoundWish, findWishes, isOnlyReason } from './find-wishes.ts';
import { fitOf, logOf, type Part, type PartReading, residue, setCommands, usedBy } from './part.ts';
import { explainedWords } from './pointing-words.ts';
import { surestResidue } from './priors.ts';
import { asks, asksForSuch } from './question-words.ts';
import { fold } from './fold.ts';
import { superlative } from './resolution.ts';
import { indefinite, resolveByName } from './resolve-choice.ts';
import type { Situation } from './situation.ts';
import type { Value } from './value.ts';
import { lastTold } from '../told-choice.ts';
import { entityValues, wholeOffer } from './values.ts';

/**
 * Readings that say what the thing to be chosen should be like: of those on offer ("with parking", "under 100"), against the one
 * that was chosen ("that is more than I want to spend"), or of what has not been looked for yet ("something cheap").
 *
 * @param asked - Values for what was asked, which may stand beside a wish: "two people, and something cheap".
 */
export function narrowReadings(
  part: Part,
  asked: readonly Value[],
  elsewhere: number,
): readonly PartReading[] {
  const slot = slotToNarrow(part.situation);
  if (!slot) return [];
  const choices = shownChoices(part.situation, slot);
  const { bot, taskSlots } = part.situation;
  const slots = [...taskSlots].flatMap((name) => bot.program.slots[name] ?? []);
  const wishes = wishesFor(part, slots, asked, choices);
  if (wishes.length === 0) return [];
  const commands = commandsFor(part, slot, wishes, choices);
  if (commands.length === 0) return [];
  const isAsked = part.situation.requested.some(({ name }) => name === slot.name);
  const given = isAsked ? [] : asked;
  const prior = narrowPrior(part, slot);
  return (given.length > 0 ? [given, []] : [[]]).map((values) =>
    narrowing(part, wishes, values, [...setCommands(values), ...commands], prior, elsewhere),
  );
}

/** A "no" before a reason is a no to what was chosen: "nope, too expensive". */
function narrowPrior({ situation, mass }: Part, { name }: SlotDefinition): number {
  const { narrow: prior } = situation.priors;
  return (situation.slots[name] ?? null) === null ? prior : prior + mass.of('deny') * (1 - prior) * noWeight;
}

/** How much a "no" raises the prior of a reason against what was chosen. */
const noWeight = 0.75;

/** What a message that begins a flow wishes of the thing to be chosen there, with the words that say so. */
export function wishesAtStart(
  part: Part,
  slots: readonly SlotDefinition[],
  lists: ReadonlyMap<string, string>,
  taken: readonly Value[],
): { readonly commands: readonly Command[]; readonly values: readonly Value[] } {
  const chosen = slots.find(({ name }) => lists.has(name));
  if (!chosen || taken.some(({ slot }) => slot === chosen.name)) return { commands: [], values: [] };
  const known = choicesOf(chosen, lists.get(chosen.name), part.situation.slots);
  const wishes = wishesFor(part, slots, taken, known);
  if (wishes.length === 0) return { commands: [], values: [] };
  // Of what was shown already, one that fits is meant; several are what is asked about.
  const commands = known.length > 0 ? onlyOneThatFits(chosen, wishes, known) : [narrow(chosen, wishes)];
  return { commands, values: wishes.map(wordsOfWish) };
}

function onlyOneThatFits(
  slot: SlotDefinition,
  wishes: readonly FoundWish[],
  choices: readonly Choice[],
): readonly Command[] {
  const { items, applied } = narrowChoices(
    choices.map(({ attributes }) => attributes),
    wishes.map(({ wish }) => wish),
    undefined,
  );
  const found = choices.find(({ attributes }) => attributes === items[0]);
  if (applied.length === 0 || !found || (items.length > 1 && !wishes.some((wish) => picksOne(wish, items))))
    return [];
  return [{ kind: 'set_slot', slot: slot.name, value: found.value }];
}

/** Of the entities that no slot of the task takes. */
function wishesFor(
  { segment, situation }: Part,
  slots: readonly SlotDefinition[],
  taken: readonly Value[],
  choices: readonly Choice[],
): readonly FoundWish[] {
  const used = new Set(usedBy([...taken, ...entityValues(situation, segment.entities, slots, false)]));
  const free = segment.entities.filter(
    (entity) =>
      !used.has(entity) &&
      !namesAChoice(situation, entity) &&
      (choices.length > 0 ||
        entity.source === 'recogniser' ||
        mayBeFeature(situation, entity) ||
        countsFeature(situation, segment, entity)),
  );
  return findWishes(segment.text, segment.start, free, choices);
}

/** "Seven seats": a number that counts a feature is none of people, whatever the tagger took it for. */
function countsFeature(situation: Situation, { entities }: Part['segment'], number: Entity): boolean {
  const isNext = ({ start }: Entity): boolean => start >= number.end && start - number.end <= 1;
  return (
    typeof number.value === 'number' &&
    entities.some((entity) => isNext(entity) && mayBeFeature(situation, entity))
  );
}

/** What answers a question of some flow, or fills what nobody is asked for, is no feature of things that are not known yet. */
function mayBeFeature({ bot }: Situation, { entity }: Entity): boolean {
  const { slots } = bot.program;
  const names = [...bot.asked].flatMap((slot) => (slots[slot] ? entitiesOf(slots[slot]) : []));
  const isAnswer = names.some((name) => name.replace(/\/.*/u, '') === entity);
  return !isAnswer && (slots[entity] === undefined || bot.collected.has(entity));
}

/** "Flights", "a hotel": what is chosen from lists is called so, and none of them is more so than another. */
function namesAChoice({ bot }: Situation, { value }: Entity): boolean {
  if (typeof value !== 'string' || !(value in bot.program.slots)) return false;
  return Object.keys(bot.program.flows).some((flow) => bot.facts(flow).listOf.has(value));
}

function narrowing(
  part: Part,
  wishes: readonly FoundWish[],
  values: readonly Value[],
  commands: readonly Command[],
  prior: number,
  elsewhere: number,
): PartReading {
  return {
    commands,
    terms: {
      prior: logOf(prior),
      fit: fitOf(values) + logOf(wishFit),
      residue: wishResidue(part, wishes, values, elsewhere),
    },
    used: [
      ...usedBy(values),
      ...wishes.flatMap(({ entities }) => entities),
      // "Only direct flights": what is chosen from is no value left over.
      ...part.segment.entities.filter((entity) => namesAChoice(part.situation, entity)),
    ],
  };
}

const wishFit = 0.9;

/**
 * "With parking" is a wish, "does it have parking?" a question about it: asked, the feature explains nothing of the words
 * around it.
 */
function wishResidue(
  part: Part,
  wishes: readonly FoundWish[],
  values: readonly Value[],
  elsewhere: number,
): number {
  const { text } = part.segment;
  if (isOnlyReason(text)) return 0;
  if (wishes.every(({ wish }) => wish.kind === 'has') && asks(text))
    return asksForSuch(text)
      ? logOf(requestIsWish)
      : logOf(questionIsWish) + logOf(1 - Math.min(surestResidue, elsewhere));
  const words = explainedWords(
    fold(text),
    [...wishes, ...values.map(({ text: words }) => ({ words }))].map(({ words: said }) => fold(said)),
  );
  return residue(part, [{ slot: '', value: null, fit: 1, text: words, entities: [] }], elsewhere);
}

/** P(somebody who asks whether there is a feature wants it). */
const questionIsWish = 0.2;
/** The same of one who asks for such a thing: "could I see only direct ones?", 有没有直飞的. */
const requestIsWish = 0.5;

/** A wish explains its words as a value does. */
function wordsOfWish({ words, entities }: FoundWish): Value {
  return { slot: '', value: null, fit: wishFit, text: words, entities };
}

/** The slot that is chosen from a list: the one asked for, else the one chosen last, else the one still to come. */
function slotToNarrow({ bot, requested, asks, listOf, slots }: Situation): SlotDefinition | undefined {
  const asked = requested.find(({ name }) => listOf.has(name));
  // Where it is asked for in another way than from its list, there is nothing to narrow down.
  if (asked) return asks?.choicesFrom === undefined ? undefined : asked;
  const names = [...listOf.keys()];
  const held = names.findLast((name) => (slots[name] ?? null) !== null);
  const name = held ?? names.find((each) => (slots[each] ?? null) === null);
  return name === undefined ? undefined : bot.program.slots[name];
}

/** What the person has before them: nothing before the list was shown. */
function shownChoices(situation: Situation, slot: SlotDefinition): readonly Choice[] {
  const isShown =
    situation.requested.some(({ name }) => name === slot.name) ||
    (situation.slots[slot.name] ?? null) !== null;
  return isShown ? choicesOf(slot, situation.listOf.get(slot.name), situation.slots) : [];
}

/**
 * One that fits is chosen where the question is open, and stays chosen where it is asked for again; several are shown; what
 * concerns nothing on offer is no wish. What nothing shown fits is looked for among all that was on offer.
 */
function commandsFor(
  part: Part,
  slot: SlotDefinition,
  wishes: readonly FoundWish[],
  shown: readonly Choice[],
): readonly Command[] {
  const { situation } = part;
  if (shown.length === 0) return [narrow(slot, wishes)];
  const held = situation.slots[slot.name] ?? null;
  const all = wholeOffer(situation, slot);
  const against = held ?? spokenAgainst(part, wishes, shown) ?? bestLeft(part, wishes, shown, all);
  const narrowed = narrowedOffer(shown, wishes, against);
  const whole = narrowed.items.length === 0 ? all : [];
  const choices = whole.length > 0 ? whole : shown;
  const { items, applied } = whole.length > 0 ? narrowedOffer(whole, wishes, against) : narrowed;
  if (applied.length === 0) return [];
  const first = choices.find(({ attributes }) => attributes === items[0]);
  const isPicked = items.length === 1 || wishes.some((wish) => picksOne(wish, items));
  if (first && isPicked && (held === null || items.length === 1))
    return [{ kind: 'set_slot', slot: slot.name, value: first.value satisfies Json }];
  return [{ ...narrow(slot, wishes), ...(held === null && against !== null ? { against } : {}) }];
}

function narrowedOffer(
  choices: readonly Choice[],
  wishes: readonly FoundWish[],
  against: Json,
): ReturnType<typeof narrowChoices> {
  return narrowChoices(
    choices.map(({ attributes }) => attributes),
    wishes.map(({ wish }) => wish),
    choices.find(({ value }) => isSameJson(value, against))?.attributes,
  );
}

/** What a reason speaks against where nothing was chosen: the one that it names ("6:40 is too early"), else the one asked about. */
function spokenAgainst(
  { situation, segment }: Part,
  wishes: readonly FoundWish[],
  choices: readonly Choice[],
): Json {
  const named =
    reasonsIn(wishes).length > 0 ? resolveByName(segment.text, choices, segment.entities) : undefined;
  const told = lastTold(situation.bot, situation.state.memory, choices);
  return (named && choices[named.option]?.value) ?? told ?? null;
}

/** Of a few that are left of a list, a reason, or "something earlier", speaks against even the best, where the whole list has better ones. */
function bestLeft(
  { segment }: Part,
  wishes: readonly FoundWish[],
  shown: readonly Choice[],
  all: readonly Choice[],
): Json {
  const isOther = indefinite.test(fold(segment.text));
  const reasons = isOther ? wishes.filter(({ wish }) => wish.kind === 'end') : reasonsIn(wishes);
  if (reasons.length === 0 || (all.length === 0 && shown.length > 1)) return null;
  const [best] = narrowedOffer(shown, reasons, null).items;
  const value = shown.find(({ attributes }) => attributes === best)?.value ?? null;
  const isBeaten = all.length === 0 || narrowedOffer(all, reasons, value).items.length > 0;
  return isBeaten ? value : null;
}

function reasonsIn(wishes: readonly FoundWish[]): readonly FoundWish[] {
  return wishes.filter(({ wish }) => wish.kind === 'end' && wish.against === true);
}

/** "The cheapest with breakfast": of those that fit, the one at that end, where none ties with it. */
function picksOne({ wish, words }: FoundWish, items: readonly Json[]): boolean {
  if (wish.kind !== 'end' || !superlative.test(words)) return false;
  const [first, second] = items.map((item) => valueOf(item, wish.attribute));
  return first !== undefined && first !== second;
}

function narrow(
  slot: SlotDefinition,
  wishes: readonly FoundWish[],
): Extract<Command, { kind: 'narrow_choice' }> {
  return { kind: 'narrow_choice', slot: slot.name, wishes: wishes.map(({ wish }) => wish) };
}
