import type { Entity, Segment } from '../../nlu/recognizer.ts';
import { choicesOf } from '../choices.ts';
import type { Command } from '../command.ts';
import type { SlotDefinition } from '../program.ts';
import { fitOf, logOf, type Part, type PartReading, residue, setCommands, usedBy } from './part.ts';
import { carriedValues, lastValues } from './carry-readings.ts';
import { lastTold } from '../told-choice.ts';
import { wishesAtStart } from './narrow-readings.ts';
import { asks, asksAboutIt } from './question-words.ts';
import { isReasonAgainst } from './find-wishes.ts';
import { chooseOffered } from './priors.ts';
import type { Situation } from './situation.ts';
import { otherIntents } from './value-readings.ts';
import { toldTwice } from './told-twice.ts';
import type { Value } from './value.ts';
import { entityValues, wordedValue } from './values.ts';

/** Readings that begin a task, with the values that the same words give it. */
export function taskReadings(part: Part, spentTerm: number): readonly PartReading[] {
  const { situation, segment, mass } = part;
  return [
    ...mass.ranked.flatMap(({ intent, probability }): readonly PartReading[] => {
      const trigger = situation.bot.flowFor(intent);
      if (!trigger || probability < (trigger.confidence ?? 0)) return [];
      return [
        starting(part, trigger.flow, {
          intent: logOf(probability),
          ...(spentTerm < 0 ? { spent: spentTerm } : {}),
          ...(segment.accepted ? {} : { trust: logOf(probability) }),
        }),
      ];
    }),
    ...followUp(part),
    ...takenUp(part),
  ];
}

/** "Just me", where one task was suggested: what it asks for is told, so it is meant. */
function takenUp(part: Part): readonly PartReading[] {
  const { situation, segment } = part;
  const [option, ...others] = situation.state.options;
  if (option?.command.kind !== 'start_flow' || others.length > 0) return [];
  const { flow } = option.command;
  const values = entityValues(situation, segment.entities, flowSlots(situation, flow), false);
  if (values.length === 0) return [];
  const terms = {
    prior: logOf(chooseOffered),
    fit: fitOf(values),
    residue: residue(part, values, otherThan(part, flow)),
  };
  return [{ commands: [{ kind: 'choose', option: 0 }, ...setCommands(values)], terms, used: usedBy(values) }];
}

function starting(part: Part, flow: string, terms: Readonly<Record<string, number>>): PartReading {
  const { situation, segment } = part;
  const slots = flowSlots(situation, flow);
  const given = entityValues(situation, segment.entities, slots, false);
  const open = slots.filter(({ name }) => !given.some(({ slot }) => slot === name));
  const lists = situation.bot.facts(flow).listOf;
  const pointed = pointedValues(part, flow, open, lists);
  const carried = carriedValues(
    situation,
    segment.text,
    open.filter(({ name }) => !lists.has(name)),
  );
  const values = [...given, ...pointed, ...carried];
  const second = toldTwice(part, slots, given);
  const more = second.length > 0 ? [{ kind: 'start_flow', flow } as const, ...setCommands(second)] : [];
  const wished = wishesAtStart(part, slots, lists, values);
  const again = situation.task.includes(flow) ? runningAgain : 1;
  const seldom = isOnlyPointing(part, flow) || isReason(part, flow);
  const question = seldom ? { question: logOf(pointingAsks) } : {};
  return {
    commands: [{ kind: 'start_flow', flow }, ...setCommands(values), ...wished.commands, ...more],
    terms: { prior: logOf(situation.priors.start * again), ...terms, ...question, fit: fitOf(values) },
    used: [
      ...usedBy([...values, ...second, ...wished.values]),
      ...segment.entities.filter((each) => isNamed(each, lists)),
    ],
    starts: flow,
  };
}

/** "The garden one", while one is to be chosen: words that ask nothing are seldom a question about what is on offer. */
function isOnlyPointing({ situation, segment }: Part, flow: string): boolean {
  const { asks: step, bot } = situation;
  const isChosen = step?.choicesFrom !== undefined || situation.question?.kind === 'confirm';
  const inPassing = bot.program.flows[flow]?.announcesEnd === false;
  return isChosen && inPassing && !asks(segment.text) && !asksAboutIt(segment.text);
}

/** "Too late, we want to be back by then", of what is on offer, begins nothing else. */
function isReason({ situation, segment }: Part, flow: string): boolean {
  const isOffered = situation.asks?.choicesFrom !== undefined || situation.question?.kind === 'confirm';
  const isAgainst = isReasonAgainst(segment.text) || amountLimit.test(segment.text);
  return isOffered && !situation.task.includes(flow) && isAgainst;
}

/** "Less than 100 a day", 不超过80. */
const amountLimit =
  /\b(?:less than|cheaper than|under|below|at most|no more than|up to)\s*[$€£]?\d|(?:不超过|低于|少于|最多)\s*\d|\d+\s*(?:块|元|欧元?)?(?:以内|以下)/iu;

const pointingAsks = 0.3;

/** "12 to 15 July, is breakfast included?": the answer to what was asked, and another task that needs none of its words. */
export function answersBeside(
  { segment }: Part,
  readings: readonly PartReading[],
  starts: readonly PartReading[],
): readonly PartReading[] {
  const [answer] = readings.filter(({ commands, used }) => used.length > 0 && commands.every(isValue));
  if (!answer) return [];
  const beside = asks(segment.text) ? questionBesideAnswer : taskBesideAnswer;
  return starts
    .filter(({ used }) => !used.some((entity) => answer.used.includes(entity)))
    .map((start) => ({
      ...start,
      commands: [...answer.commands, ...start.commands],
      terms: {
        ...start.terms,
        prior: (answer.terms['prior'] ?? 0) + logOf(beside),
        fit: (start.terms['fit'] ?? 0) + (answer.terms['fit'] ?? 0),
      },
      used: [...answer.used, ...start.used],
    }));
}

function isValue({ kind }: Command): boolean {
  return kind === 'set_slot';
}

/** P(a task is begun, or something asked, in the same sentence as an answer). */
const taskBesideAnswer = 0.15;
const questionBesideAnswer = 0.35;

/** "The flight" in a message that begins, or goes on with, the booking of one. */
function isNamed({ value }: Entity, lists: ReadonlyMap<string, string>): boolean {
  return typeof value === 'string' && lists.has(value);
}

/** Inputs of a flow that point at something shown already: "does the second one have parking?" */
function pointedValues(
  { situation, segment }: Part,
  flow: string,
  slots: readonly SlotDefinition[],
  listOf: ReadonlyMap<string, string>,
): readonly Value[] {
  const inputs = situation.bot.program.flows[flow]?.inputs ?? [];
  return slots
    .filter(({ name }) => inputs.includes(name) && listOf.has(name))
    .flatMap(
      (slot) =>
        wordedValue({ ...situation, requested: [], listOf }, segment, slot) ??
        askedAgain(situation, segment, slot, listOf),
    );
}

/** "And how long is it?" asks about what was asked about before, while nothing is chosen; "which of them …" about all. */
function askedAgain(
  situation: Situation,
  { text }: Segment,
  slot: SlotDefinition,
  listOf: ReadonlyMap<string, string>,
): readonly Value[] {
  const { bot, state, requested, asks } = situation;
  const isOpen = asks?.choicesFrom !== undefined && requested.length > 0;
  if (!isOpen || ofSeveral.test(text)) return [];
  const told = lastTold(bot, state.memory, choicesOf(slot, listOf.get(slot.name), situation.slots));
  return told === undefined ? [] : [{ slot: slot.name, value: told, fit: againFit, text: '', entities: [] }];
}

const againFit = 0.95;
const ofSeveral =
  /\b(?:which|any|all|each|every|both|they|them|these|those|others?|rest|\w+est|flights|hotels|cars|ones|rooms|tours|excursions)\b|哪|都|各|每|所有|其他|别的|最/iu;

/** Asking for the task that is running is mostly a way of going on with it. */
const runningAgain = 0.5;

/** "And AB123457?" after a task has ended: the same task, with another value; what else it was told still holds. */
function followUp(part: Part): readonly PartReading[] {
  const { situation, segment } = part;
  const flow = situation.state.lastFlow;
  if (flow === null || situation.task.length > 0) return [];
  const slots = flowSlots(situation, flow);
  const isAgain = sameAgain.test(segment.text);
  const values = entityValues(situation, segment.entities, slots, isAgain);
  if (values.length === 0 && !isAgain) return [];
  const lists = situation.bot.facts(flow).listOf;
  const rest = slots.filter(({ name }) => !lists.has(name) && !values.some(({ slot }) => slot === name));
  return [
    {
      commands: [{ kind: 'start_flow', flow }, ...setCommands([...values, ...lastValues(situation, rest)])],
      terms: {
        prior: logOf(followUpPrior),
        fit: fitOf(values),
        residue: residue(part, values, otherIntents(part)),
      },
      used: usedBy(values),
      starts: flow,
    },
  ];
}

const followUpPrior = 0.3;
const sameAgain =
  /\b(?:the )?same (?:thing )?(?:again|once more)\b|\b(?:again|once more),? the same\b|再来一(?:份|个|次)一?样?|一样的?再来/iu;

/** Values in one part for a task that another part begins. */
export function supplyReadings(part: Part, flows: readonly string[]): readonly PartReading[] {
  const { situation, segment } = part;
  return flows.flatMap((flow): readonly PartReading[] => {
    const values = entityValues(situation, segment.entities, flowSlots(situation, flow), false);
    if (values.length === 0) return [];
    const terms = {
      prior: logOf(supplyPrior),
      fit: fitOf(values),
      residue: residue(part, values, otherThan(part, flow)),
    };
    return [{ commands: setCommands(values), terms, used: usedBy(values), needs: flow }];
  });
}

const supplyPrior = 0.4;

/** The intents of a flow, and of the flow that its guard calls first, explain words beside its values. */
function otherThan(part: Part, flow: string): number {
  const { bot } = part.situation;
  const way = bot.program.flows[flow]?.guardElse;
  const flows = [flow, way?.kind === 'flow' ? way.flow : flow];
  const own = part.mass.ranked.reduce((sum, { intent, probability }) => {
    return flows.includes(bot.flowFor(intent)?.flow ?? '') ? sum + probability : sum;
  }, 0);
  return Math.max(0, otherIntents(part) - own);
}

/** Slots that a flow asks for, itself or in the flow that its guard calls first. */
function flowSlots({ bot }: Situation, flow: string): readonly SlotDefinition[] {
  const otherwise = bot.program.flows[flow]?.guardElse;
  const first = otherwise?.kind === 'flow' ? bot.facts(otherwise.flow).collects : [];
  const names = new Set([...bot.facts(flow).collects, ...first]);
  return [...names].flatMap((name) => bot.program.slots[name] ?? []);
}
