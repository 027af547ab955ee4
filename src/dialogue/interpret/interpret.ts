import type { Json } from '../../json.ts';
import type { InboundMessage } from '../../message.ts';
import type { Entity, Segment, Understanding } from '../../nlu/recognizer.ts';
import type { Command } from '../command.ts';
import type { Interpretation, Reading } from '../dialogue.ts';
import type { RunState } from '../dialogue-state.ts';
import type { Bot } from '../run/bot.ts';
import { isSameJson } from '../same-json.ts';
import { countTogether } from './count-words.ts';
import { alternatives } from './alternatives.ts';
import { besideChoice, besideCorrection } from './beside-values.ts';
import { isDeadline, placeDays } from './day-parts.ts';
import { intentMass } from './intent-mass.ts';
import { interpretContent } from './interpret-content.ts';
import { logOf, type Part, type PartReading, scoreOf, spent } from './part.ts';
import { clarifyDiscount, furtherTask, soleClarifyDiscount, unusedValue } from './priors.ts';
import { type Situation, situationOf } from './situation.ts';
import { controlIntents, courtesyIntents } from './spoken-intents.ts';
import { emptyReading, talkReadings } from './talk-readings.ts';
import { answersBeside, supplyReadings, taskReadings } from './task-readings.ts';
import { forcedReadings, forcedSlot, isForMappings, textReadings } from './text-readings.ts';
import { valueReadings } from './value-readings.ts';

/** Readings of one part that are carried into the combinations, and readings of the message that are reported. */
const maxPartReadings = 6;
const maxSupplying = 2;
const maxReadings = 8;
const maxParts = 4;

/**
 * Decides what a message asks for: every reading is scored by the same sum of log terms, and the best one wins.
 *
 * @see PartReading.terms for what the terms mean.
 */
export function interpret(
  bot: Bot,
  state: RunState,
  message: InboundMessage,
  understanding: Understanding | undefined,
): Interpretation {
  if (!understanding) return certain(interpretContent(bot, state, message.content));
  if (state.owner === 'person') return certain(isRelease(understanding) ? [{ kind: 'resume' }] : []);
  const situation = situationOf(bot, state);
  const forced = forcedSlot(situation);
  const readings = forced ? forcedReadings(forced, understanding) : readingsOf(situation, understanding);
  return { commands: readings[0]?.commands ?? [], readings };
}

function certain(commands: readonly Command[]): Interpretation {
  return { commands, readings: [{ commands, score: 0, terms: {} }] };
}

/** While a person answers, the bot listens for one thing only. */
function isRelease({ segments }: Understanding): boolean {
  return segments.some((segment) => intentMass(segment).of('release') > 0.5);
}

function readingsOf(situation: Situation, understanding: Understanding): readonly Reading[] {
  const { parts, read } = readInTurn(situation, understanding.segments.slice(0, maxParts));
  const started = read.map((readings) => best(readings).flatMap(({ starts }) => starts ?? []));
  const complete = parts.map((part, at) => {
    const elsewhere = started.flatMap((flows, other) => (other === at ? [] : flows));
    const rest =
      parts.length > 1 ? [...supplyReadings(part, [...new Set(elsewhere)]), emptyReading(part)] : [];
    const weighed = withUnused([...(read[at] ?? []), ...clarifications(situation, read[at] ?? []), ...rest]);
    // What needs another part's task must not crowd out what stands by itself.
    const supplying = best(weighed.filter(({ needs }) => needs !== undefined));
    return [...best(weighed.filter(({ needs }) => needs === undefined)), ...supplying.slice(0, maxSupplying)];
  });
  const combined = combine(complete).filter(
    (each) => isWhole(each) && !isYesAndNo(each) && !takesUpAgain(situation, each),
  );
  return [...combined.map(toReading), ...answers(situation, parts, understanding)]
    .filter(({ commands }) => commands.length > 0)
    .sort((left, right) => right.score - left.score)
    .slice(0, maxReadings);
}

/** Reads the parts in the order said: what one tells the next one knows ("from tomorrow, three nights"). */
function readInTurn(
  situation: Situation,
  segments: readonly Segment[],
): { readonly parts: readonly Part[]; readonly read: readonly (readonly PartReading[])[] } {
  const parts: Part[] = [];
  const read: (readonly PartReading[])[] = [];
  let slots = situation.slots;
  for (const segment of segments) {
    const part = partOf({ ...situation, slots }, segment);
    const readings = readPart(part);
    const [first] = best(readings);
    const told = (first?.commands ?? []).flatMap((command): readonly [string, Json][] =>
      command.kind === 'set_slot' ? [[command.slot, command.value]] : [],
    );
    slots = { ...slots, ...Object.fromEntries(told) };
    parts.push(part);
    read.push(readings);
  }
  return { parts, read };
}

function readPart(part: Part): readonly PartReading[] {
  const free = valueReadings(part).filter((reading) => !isForMappings(part, reading));
  const values = [...free, ...textReadings(part)];
  const taken = spent(part, values);
  const tasks = besideCorrection(part, values, taskReadings(part, taken));
  const asked = part.situation.requested.length > 0 ? answersBeside(part, values, tasks) : [];
  return [...values, ...tasks, ...asked, ...besideChoice(part, values, talkReadings(part, taken))];
}

/**
 * The tagger guesses values in the light of a question, whatever is said: its guess counts the less, the surer the words are
 * something said to every bot ("stop this" is no name), and a "yes" counts against a guess that is the whole message.
 */
function partOf(situation: Situation, segment: Segment): Part {
  const mass = intentMass(segment);
  const either = alternatives(segment, situation.requested);
  const control = massOf(mass.ranked, controlIntents);
  const courtesy = massOf(mass.ranked, courtesyIntents);
  const length = segment.text.trim().length;
  const meant = segment.entities.filter((entity) => !either.includes(entity) && !isDeadline(segment, entity));
  const entities = placeDays(segment, countTogether({ ...segment, entities: meant })).flatMap(
    (entity): Entity[] => {
      // A number is read, not guessed.
      if (entity.source !== 'tagger' || typeof entity.value === 'number') return [entity];
      const said = control + (entity.end - entity.start >= length ? courtesy : 0);
      const score = entity.score * Math.max(0, 1 - said);
      return score < leastGuess ? [] : [{ ...entity, score }];
    },
  );
  return { situation, mass, segment: { ...segment, entities }, torn: either.length > 0 };
}

/** A guess less sure than this accounts for no words. */
const leastGuess = 0.05;

function massOf(ranked: Part['mass']['ranked'], intents: ReadonlySet<string>): number {
  return ranked.reduce((sum, { intent, probability }) => (intents.has(intent) ? sum + probability : sum), 0);
}

function best(readings: readonly PartReading[]): readonly PartReading[] {
  return readings
    .map((reading) => ({ reading, score: scoreOf(reading.terms) }))
    .sort((left, right) => right.score - left.score)
    .slice(0, maxPartReadings)
    .map(({ reading }) => reading);
}

/** A value that one reading of a part uses and another does not counts against the other, as much as it is sure. */
function withUnused(readings: readonly PartReading[]): readonly PartReading[] {
  const usable = new Set(readings.filter(({ commands }) => gives(commands)).flatMap(({ used }) => used));
  return readings.map((reading) => {
    const left = [...usable]
      .filter((entity) => !reading.used.includes(entity))
      .reduce((sum, { score }) => sum + score, 0);
    return left === 0
      ? reading
      : { ...reading, terms: { ...reading.terms, unused: left * Math.log(unusedValue) } };
  });
}

function gives(commands: readonly Command[]): boolean {
  return commands.some(({ kind }) => kind === 'set_slot' || kind === 'correct_slot');
}

/** Asking which of the likeliest tasks was meant covers them all, and costs a turn; whether it is the running one is no question. */
function clarifications({ task }: Situation, readings: readonly PartReading[]): readonly PartReading[] {
  const starts = best(readings.filter(({ starts }) => starts !== undefined));
  const [first] = starts;
  if (!first) return [];
  const flows = [...new Set(starts.flatMap(({ starts }) => starts ?? []))].slice(0, 3);
  const likely = starts.filter((reading) => scoreOf(reading.terms) > scoreOf(first.terms) - Math.LN2 * 2);
  const asked = flows.filter((flow) => likely.some(({ starts }) => starts === flow));
  if (asked.every((flow) => task.includes(flow))) return [];
  const told = asked.map((flow) => {
    const commands = likely.find(({ starts }) => starts === flow)?.commands ?? [];
    return [flow, commands.filter(({ kind }) => kind !== 'start_flow')] as const;
  });
  const covered = likely.reduce(
    (sum, { terms }) => sum + Math.exp(scoreOf(terms) - (terms['trust'] ?? 0)),
    0,
  );
  return [
    {
      commands: [{ kind: 'clarify', flows: asked, told: Object.fromEntries(told) }],
      terms: {
        covered: logOf(covered),
        clarify: Math.log(asked.length > 1 ? clarifyDiscount : soleClarifyDiscount),
      },
      used: first.used,
    },
  ];
}

/** Every way to put readings of the parts together, in text order. */
function combine(parts: readonly (readonly PartReading[])[]): readonly (readonly PartReading[])[] {
  return parts.reduce<readonly (readonly PartReading[])[]>(
    (sofar, readings) => sofar.flatMap((each) => readings.map((reading) => [...each, reading])),
    [[]],
  );
}

/** What needs a task that another part begins stands only beside it, and gives it nothing that it was given otherwise. */
function isWhole(readings: readonly PartReading[]): boolean {
  return readings.every((reading) => {
    const { needs } = reading;
    if (needs === undefined) return true;
    const beside = readings.filter((other) => other !== reading && (other.starts ?? other.needs) === needs);
    return beside.some(({ starts }) => starts === needs) && !beside.some((other) => disagree(other, reading));
  });
}

/** 看看就行，不订: of a yes and a no in one message, one is only a manner of speaking; so is the yes of "yes, back to the tour". */
function isYesAndNo(readings: readonly PartReading[]): boolean {
  const kinds = new Set(readings.flatMap(({ commands }) => commands.map(({ kind }) => kind)));
  return kinds.has('affirm') && (kinds.has('deny') || kinds.has('resume'));
}

/** 算了，不租了: who gives a task up does not begin it in the same breath, nor gives up what they have just begun. */
function takesUpAgain({ task }: Situation, readings: readonly PartReading[]): boolean {
  const givenUp = readings.findIndex(({ commands }) => commands.some(({ kind }) => kind === 'cancel'));
  if (givenUp < 0) return false;
  return readings.some(({ starts }, at) => starts !== undefined && (at < givenUp || task.includes(starts)));
}

function disagree(left: PartReading, right: PartReading): boolean {
  return left.commands.some(
    (one) =>
      one.kind === 'set_slot' &&
      right.commands.some(
        (other) =>
          other.kind === 'set_slot' && other.slot === one.slot && !isSameJson(other.value, one.value),
      ),
  );
}

function toReading(readings: readonly PartReading[]): Reading {
  const terms: Record<string, number> = {};
  for (const reading of readings) {
    for (const [name, value] of Object.entries(reading.terms)) terms[name] = (terms[name] ?? 0) + value;
  }
  const further = furtherTasks(readings);
  if (further < 0) terms['further'] = further;
  return { commands: inOrder(readings), score: scoreOf(terms), terms };
}

/** A task more is seldom named, and must be surer of itself than the first: its intent counts twice. */
function furtherTasks(readings: readonly PartReading[]): number {
  const sure = readings
    .filter(beginsTask)
    .map(({ terms }) => terms['intent'] ?? terms['covered'] ?? 0)
    .sort((left, right) => right - left);
  return sure.slice(1).reduce((sum, intent) => sum + logOf(furtherTask) + intent, 0);
}

function beginsTask({ starts, commands }: PartReading): boolean {
  return starts !== undefined || commands.some(({ kind }) => kind === 'clarify');
}

/** Values for a task follow its beginning, whichever came first in the text. */
function inOrder(readings: readonly PartReading[]): readonly Command[] {
  const supplied = (flow: string | undefined): readonly Command[] =>
    flow === undefined
      ? []
      : readings.filter(({ needs }) => needs === flow).flatMap(({ commands }) => commands);
  return readings
    .filter(({ needs }) => needs === undefined)
    .flatMap(({ commands, starts }) => [...commands, ...supplied(starts)]);
}

/** The whole message as a question that an article answers. */
function answers(
  { priors }: Situation,
  parts: readonly Part[],
  understanding: Understanding,
): readonly Reading[] {
  const articles = understanding.articles;
  const [top] = articles;
  if (!top) return [];
  const taken = Math.max(0, ...parts.map(noQuestion));
  const terms = { prior: logOf(priors.article), article: logOf(top.score), residue: logOf(1 - taken) / 2 };
  const near = articles.filter(({ score }) => score > top.score / 2).map(({ article }) => article);
  return [
    {
      commands: [{ kind: 'answer', question: understanding.text, articles: near }],
      score: scoreOf(terms),
      terms,
    },
  ];
}

/** P(a task is begun, or something is said that is said to every bot): neither is a question to an article. */
function noQuestion({ situation, mass }: Part): number {
  const tasks = mass.ranked.flatMap(({ intent }) => (situation.bot.flowFor(intent) ? intent : []));
  return massOf(mass.ranked, new Set([...tasks, ...controlIntents, ...courtesyIntents]));
}
