import type { Entity } from '../../nlu/recognizer.ts';
import type { Command } from '../command.ts';
import type { SlotDefinition } from '../program.ts';
import { isSameJson } from '../same-json.ts';
import {
  fitOf,
  guarded,
  logOf,
  type Part,
  type PartReading,
  residue,
  setCommands,
  shareLeft,
  usedBy,
} from './part.ts';
import { carriedValues } from './carry-readings.ts';
import { endOfRange } from './date-pairs.ts';
import { bareNumber } from './bare-number.ts';
import { narrowReadings } from './narrow-readings.ts';
import { called } from './called-slots.ts';
import { cueWeight } from './priors.ts';
import { asks, asksAboutIt } from './question-words.ts';
import { isReasonAgainst } from './find-wishes.ts';
import { reopening } from './reopening.ts';
import { correctionCue, saysCorrection, takesBack, withoutCorrectionWords } from './correction-words.ts';
import type { Situation } from './situation.ts';
import { controlIntents } from './spoken-intents.ts';
import type { Value } from './value.ts';
import { entityValues, playsItsPart, wordedValue } from './values.ts';
import { wholeText } from './whole-text.ts';

/** Readings that give values: to what was asked, to other slots of the task, in place of values given before. */
export function valueReadings(part: Part): readonly PartReading[] {
  const { situation, segment } = part;
  const asked = askedValues(part);
  const taken = new Set(usedBy(asked));
  const rest = segment.entities.filter((entity) => !taken.has(entity));
  const others = otherValues(part, rest, asked);
  const corrected = correctedValues(part, rest);
  const elsewhere = otherIntents(part);
  const { priors } = situation;
  const readings: PartReading[] = [];
  if (asked.length > 0)
    readings.push(doubted(part, giving(part, asked, priors.answer, elsewhere + part.mass.of('deny'))));
  if (asked.length > 0 && others.length > 0) {
    readings.push(giving(part, [...asked, ...others], priors.answer, elsewhere));
  }
  // "Back on the 22nd" may answer "when do you leave?", and more likely tells something else.
  const otherwise =
    asked.length === 0
      ? others
      : otherValues(part, segment.entities, []).filter(({ entities }) => entities.length > 0);
  if (otherwise.length > 0) readings.push(giving(part, otherwise, priors.otherSlot, elsewhere));
  if (corrected.length > 0) readings.push(...correcting(part, corrected, asked, others, elsewhere));
  else readings.push(...reopening(part, elsewhere));
  const again = heldValues(part);
  if (again.length > 0 && asked.length === 0 && corrected.length === 0)
    readings.push(giving(part, again, priors.otherSlot, elsewhere));
  const carried = carriedValues(situation, segment.text, situation.requested);
  if (asked.length === 0 && carried.length > 0)
    readings.push(giving(part, carried, priors.answer, elsewhere));
  else if (asked.length === 0) readings.push(...carriedBeside(part, elsewhere));
  return [
    ...readings,
    ...narrowReadings(part, asked, elsewhere),
    ...wholeText(part, asked, [...others, ...corrected, ...heldValues(part)], elsewhere),
    ...yesOrNo(part),
    ...mapped(part),
  ];
}

function giving(part: Part, values: readonly Value[], prior: number, elsewhere: number): PartReading {
  return {
    commands: setCommands(values),
    terms: { prior: logOf(prior), fit: fitOf(values), residue: residue(part, values, elsewhere) },
    used: usedBy(values),
    covers: 1 - shareLeft(part.segment.text, values),
  };
}

/** "Yes, the same days": what was offered is taken, and what is not asked yet is carried over too. */
function carriedBeside(part: Part, elsewhere: number): readonly PartReading[] {
  const { situation, segment, mass } = part;
  const values = carriedValues(situation, segment.text, openSlots(situation));
  if (values.length === 0) return [];
  const reading = giving(part, values, situation.priors.otherSlot, elsewhere);
  const isOffered = situation.question?.kind === 'collect' && situation.question.offer !== undefined;
  const yes = isOffered ? mass.of('affirm') : 0;
  if (yes < 0.5) return [reading];
  const terms = { ...reading.terms, prior: logOf(situation.priors.answer), intent: logOf(yes) };
  return [{ ...reading, commands: [{ kind: 'affirm' }, ...reading.commands], terms }];
}

/** A question that names one of the things on offer seldom takes it, a reason against it more seldom. */
function doubted({ situation, segment }: Part, reading: PartReading): PartReading {
  if (situation.asks?.choicesFrom === undefined) return reading;
  const takes = isReasonAgainst(segment.text) ? reasonTakes : asksAboutIt(segment.text) ? questionTakes : 1;
  return takes === 1 ? reading : { ...reading, terms: { ...reading.terms, question: logOf(takes) } };
}

const questionTakes = 0.25;
const reasonTakes = 0.15;

/** A yes or a no beside a new value is explained by it: "yes, but make it two". */
function correcting(
  part: Part,
  corrected: readonly Value[],
  asked: readonly Value[],
  others: readonly Value[],
  elsewhere: number,
): readonly PartReading[] {
  const { priors } = part.situation;
  const taken = new Set(usedBy(corrected));
  const beside = others.filter(({ entities }) => !entities.some((entity) => taken.has(entity)));
  const changes = corrected.map(({ slot, value, text }): Command => ({
    kind: 'correct_slot',
    slot,
    value,
    text,
  }));
  const cue = Math.max(
    part.mass.of('deny'),
    part.mass.of('affirm'),
    correctionCue(part.segment.text) * (1 - part.mass.of('cancel')),
  );
  const spoken = { ...part, segment: { ...part.segment, text: withoutCorrectionWords(part.segment.text) } };
  const rival = beside.length < others.length ? openRival : 1;
  const asksOnly = asks(part.segment.text) && !saysCorrection(part.segment.text);
  const alone: PartReading = {
    commands: [...changes, ...setCommands(beside)],
    terms: {
      ...(asksOnly ? { question: logOf(questionCorrects) } : {}),
      prior: logOf(priors.correct * rival + cue * (1 - priors.correct) * cueWeight),
      fit: fitOf([...corrected, ...beside]),
      residue: residue(spoken, [...corrected, ...beside, ...heldValues(part)], elsewhere),
    },
    used: usedBy([...corrected, ...beside, ...heldValues(part)]),
  };
  const distinct = asked.filter(
    ({ entities }) => !entities.some((entity) => usedBy(corrected).includes(entity)),
  );
  if (distinct.length === 0 || distinct.every(({ entities }) => entities.length === 0)) return [alone];
  const both = giving(part, [...distinct, ...corrected], priors.answer * besideAnswer, elsewhere);
  return [alone, { ...both, commands: [...changes, ...setCommands(distinct)] }];
}

/** P(a question that takes nothing back changes a value that it names): "where is KD204518?" asks about another order. */
const questionCorrects = 0.4;

/** How much seldomer a value is changed with a word that would as well fill what is still open. */
const openRival = 0.5;

/** P(another value for something told before is meant, when it stands beside the answer). */
const besideAnswer = 0.5;

function askedValues(part: Part): readonly Value[] {
  const { situation, segment } = part;
  const found = entityValues(situation, segment.entities, situation.requested, true);
  const missing = situation.requested.filter(({ name }) => !found.some(({ slot }) => slot === name));
  if (found.length > 0 || missing.length !== situation.requested.length) return found;
  for (const slot of missing) {
    const worded = wordedValue(situation, segment, slot);
    if (worded) return [worded];
  }
  return [];
}

/** Values for slots that were not asked for: by entity, or by the name of a choice. */
function otherValues(
  { situation, segment }: Part,
  rest: readonly Entity[],
  asked: readonly Value[],
): readonly Value[] {
  const open = openSlots(situation);
  const told = Object.fromEntries(asked.map(({ slot, value }) => [slot, value]));
  const found = entityValues({ ...situation, slots: { ...situation.slots, ...told } }, rest, open, false);
  if (found.length > 0 || asked.length > 0) return found;
  const bare = bareNumber(situation, segment, rest, open);
  if (bare) return [bare];
  const named = open.flatMap((slot) =>
    slot.choices.length > 0 ? (wordedValue(situation, segment, slot) ?? []) : [],
  );
  return named.filter(({ fit }) => fit >= namedChoice).slice(0, 1);
}

/** A choice that nobody asked for is meant when it is called by its name, not when it is the second or the cheaper one. */
const namedChoice = 0.93;

/** Slots of the running task that are still open and were not asked for. */
function openSlots(situation: Situation): readonly SlotDefinition[] {
  const asked = new Set(situation.requested.map(({ name }) => name));
  return taskSlots(situation).filter(
    ({ name }) => !asked.has(name) && (situation.slots[name] ?? null) === null,
  );
}

function taskSlots(situation: Situation): readonly SlotDefinition[] {
  return [...situation.taskSlots].flatMap((name) => situation.bot.program.slots[name] ?? []);
}

/** Other values for slots that the task holds: by entity, by an entity of the only slot of its type, by a choice. */
function correctedValues(part: Part, entities: readonly Entity[]): readonly Value[] {
  const { situation } = part;
  const held = taskSlots(situation).filter(({ name }) => (situation.slots[name] ?? null) !== null);
  const changed = (value: Value): boolean => !isSameJson(situation.slots[value.slot] ?? null, value.value);
  const replaced = takesBack(part.segment.text) ? replacedValue(situation, entities, held) : undefined;
  if (replaced) return [replaced];
  const labelled = entityValues(situation, entities, called(part.segment.text, held), true).filter(changed);
  if (labelled.length > 0) return labelled;
  const named = entityValues(situation, entities, held, false).filter(changed);
  if (named.length > 0) return named;
  const shown = held.filter(({ name }) => isShown(situation, name));
  const sole = shown.filter(({ type }) => shown.filter((slot) => slot.type === type).length === 1);
  const typed = entityValues(situation, entities, sole, true).filter(changed);
  if (typed.length > 0 || situation.question?.kind !== 'confirm') return typed;
  const chosen = shown.flatMap((slot) =>
    slot.choices.length > 0 || situation.listOf.has(slot.name)
      ? (wordedValue(situation, part.segment, slot) ?? [])
      : [],
  );
  return chosen.filter(changed).slice(0, 1);
}

/** What the task holds already, said again: "Saturday to Monday, not Sunday". */
function heldValues({ situation, segment }: Part): readonly Value[] {
  const held = taskSlots(situation).filter(({ name }) => (situation.slots[name] ?? null) !== null);
  const found = entityValues(situation, segment.entities, held, false);
  const named = held.flatMap((slot) =>
    situation.listOf.has(slot.name) ? (wordedValue(situation, segment, slot) ?? []) : [],
  );
  return [...found, ...named].filter(({ slot, value }) => isSameJson(situation.slots[slot] ?? null, value));
}

/** "Not Rome, I meant Lisbon": what is named beside the value that a slot holds takes its place. */
function replacedValue(
  situation: Situation,
  entities: readonly Entity[],
  held: readonly SlotDefinition[],
): Value | undefined {
  for (const slot of held) {
    const own = entities.flatMap((entity) =>
      held.some((other) => other !== slot && playsItsPart(other, entity, held))
        ? []
        : entityValues(situation, [entity], [slot], true),
    );
    const [other, ...more] = own.filter(
      ({ value }) => !isSameJson(situation.slots[slot.name] ?? null, value),
    );
    // From one day to another changes more than the day that it names first.
    const [entity] = other?.entities ?? [];
    if (entity && endOfRange(entity) !== undefined) return undefined;
    if (other && more.length === 0 && own.length === 2)
      return { ...other, entities: own.flatMap(({ entities: each }) => each) };
  }
  return undefined;
}

/** Whether a value stands before the person's eyes: in the confirmation, or anywhere while something else is asked. */
function isShown({ question }: Situation, slot: string): boolean {
  return question?.kind !== 'confirm' || slot in question.values;
}

/** Yes and no, to a question that takes them. */
function yesOrNo(part: Part): readonly PartReading[] {
  const { situation, mass } = part;
  const slot = situation.requested.find(({ type }) => type === 'boolean');
  if (!slot) return [];
  return (['affirm', 'deny'] as const).map((intent) => {
    const terms = { prior: logOf(situation.priors.answer), intent: logOf(mass.of(intent)) };
    const commands = [{ kind: 'set_slot', slot: slot.name, value: intent === 'affirm' }] as const;
    return guarded({ commands, terms, used: [] }, part);
  });
}

/** Slots that an intent fills by itself (`from_intent`). */
function mapped({ situation, mass }: Part): readonly PartReading[] {
  return [...situation.requested, ...openSlots(situation)].flatMap(({ name, mappings }) =>
    mappings.flatMap((mapping): readonly PartReading[] => {
      if (mapping.kind !== 'from_intent' || !isActive(situation, mapping.activeFlows)) return [];
      const best = Math.max(0, ...mapping.intents.map((intent) => mass.of(intent)));
      const terms = { prior: logOf(situation.priors.answer), intent: logOf(best) };
      return [{ commands: [{ kind: 'set_slot', slot: name, value: mapping.value }], terms, used: [] }];
    }),
  );
}

function isActive(situation: Situation, flows: readonly string[]): boolean {
  return flows.length === 0 || flows.some((flow) => situation.task.includes(flow));
}

/** P(the words mean something other than giving a value): another task, or one of the things said to every bot. */
export function otherIntents({ situation, mass }: Part): number {
  const own = new Set(situation.task);
  return mass.ranked.reduce((sum, { intent, probability }) => {
    const flow = situation.bot.flowFor(intent);
    const other = flow === undefined ? controlIntents.has(intent) : !own.has(flow.flow);
    return other ? sum + probability : sum;
  }, 0);
}
