import type { SlotDefinition } from '../program.ts';
import { fitOf, logOf, type Part, type PartReading, residue, setCommands, usedBy } from './part.ts';
import type { Situation } from './situation.ts';
import { otherIntents } from './value-readings.ts';
import { entityValues } from './values.ts';

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
  const values = entityValues(situation, segment.entities, flowSlots(situation, flow), false);
  const again = situation.task.includes(flow) ? runningAgain : 1;
  return {
    commands: [{ kind: 'start_flow', flow }, ...setCommands(values)],
    terms: { prior: logOf(situation.priors.start * again), ...terms, fit: fitOf(values) },
    used: usedBy(values),
    starts: flow,
  };
}

/** Asking for the task that is running is mostly a way of going on with it. */
const runningAgain = 0.5;

/** "And AB123457?" after a task has ended: the same task, with another value. */
function followUp(part: Part): readonly PartReading[] {
  const { situation, segment } = part;
  const flow = situation.state.lastFlow;
  if (flow === null || situation.task.length > 0) return [];
  const values = entityValues(situation, segment.entities, flowSlots(situation, flow), false);
  if (values.length === 0) return [];
  return [
    {
      commands: [{ kind: 'start_flow', flow }, ...setCommands(values)],
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
