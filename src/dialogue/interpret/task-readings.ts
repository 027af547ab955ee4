import type { Entity } from '../../nlu/recognizer.ts';
import type { Command } from '../command.ts';
import type { SlotDefinition } from '../program.ts';
import { fitOf, logOf, type Part, type PartReading, residue, setCommands, usedBy } from './part.ts';
import { carriedValues, lastValues } from './carry-readings.ts';
import { wishesAtStart } from './narrow-readings.ts';
import { asks } from './question-words.ts';
import type { Situation } from './situation.ts';
import { otherIntents } from './value-readings.ts';
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
  ];
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
  const wished = wishesAtStart(part, slots, lists, values);
  const again = situation.task.includes(flow) ? runningAgain : 1;
  return {
    commands: [{ kind: 'start_flow', flow }, ...setCommands(values), ...wished.commands],
    terms: { prior: logOf(situation.priors.start * again), ...terms, fit: fitOf(values) },
    used: [
      ...usedBy([...values, ...wished.values]),
      ...segment.entities.filter((each) => isNamed(each, lists)),
    ],
    starts: flow,
  };
}

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
    .flatMap((slot) => wordedValue({ ...situation, requested: [], listOf }, segment, slot) ?? []);
}

/** Asking for the task that is running is mostly a way of going on with it. */
const runningAgain = 0.5;

/** "And AB123457?" after a task has ended: the same task, with another value; what else it was told still holds. */
function followUp(part: Part): readonly PartReading[] {
  const { situation, segment } = part;
  const flow = situation.state.lastFlow;
  if (flow === null || situation.task.length > 0) return [];
  const slots = flowSlots(situation, flow);
  const values = entityValues(situation, segment.entities, slots, false);
  if (values.length === 0) return [];
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
