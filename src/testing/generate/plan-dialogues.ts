import { questionsOf, repairsAt } from '../coverage/repairs.ts';
import { ownFlows } from '../coverage/transitions.ts';
import { routeTo, unreachable, type ReferenceBot } from './reference-bot.ts';
import type { PlannedDialogue } from './transcript.ts';
import { walkFlow } from './walk-flow.ts';
import {
  clearTask,
  createWalk,
  edgeId,
  say,
  seekAgain,
  startableFlows,
  type Goal,
  type Walk,
} from './walk.ts';

/** A goal with the words that name its dialogue. */
export interface NamedGoal {
  readonly goal: Goal;
  readonly name: string;
  /** What a dialogue has to take for the goal to be met. */
  readonly id: string;
}

export interface Plan {
  readonly dialogues: readonly PlannedDialogue[];
  /** Goals that no walk met: what the flows' conditions never allow, as far as was searched. */
  readonly unmet: readonly NamedGoal[];
}

/** Walks tried for one goal, at most. */
const mostWalks = 150;

/** Makes up dialogues until every edge of a bot's flows is taken, and every repair made at every question. */
export function planDialogues(bot: ReferenceBot): Plan {
  const goals = [...edgeGoals(bot), ...repairGoals(bot)];
  const taken = new Set<string>();
  const dialogues: PlannedDialogue[] = [];
  const unmet: NamedGoal[] = [];
  for (const named of farthestFirst(bot, goals)) {
    if (taken.has(named.id)) continue;
    const walk = search(bot, named.goal);
    if (!walk) {
      unmet.push(named);
      continue;
    }
    for (const id of [...walk.taken, named.id]) taken.add(id);
    const { turns, results } = walk;
    dialogues.push({ name: named.name, flow: named.goal.flow, turns, results });
  }
  return { dialogues: inFileOrder(bot, dialogues), unmet };
}

/** Every edge of the bot's own flows, and every refusal of an answer. */
function edgeGoals(bot: ReferenceBot): readonly NamedGoal[] {
  return reachedFlows(bot).flatMap((flow) => {
    const graph = bot.graph(flow);
    const edges = graph.edges.map((edge): NamedGoal => {
      const id = edgeId(bot, flow, edge);
      const at = edge.from === 'start' ? '' : ` ${edge.from}`;
      return {
        goal: { kind: 'edge', flow, edge: id, from: edge.from },
        name: `${flow}:${at} ${edge.cause === 'next' ? '' : `${edge.cause} `}→ ${edge.to}`,
        id,
      };
    });
    const refusals = [...graph.nodes.values()].flatMap((node): NamedGoal[] => {
      const step = node.kind === 'step' && node.step.kind === 'collect' ? node.step : undefined;
      const rules = [
        ...(step?.rejections ?? []),
        ...(step?.slots.flatMap((slot) => bot.program.slots[slot]?.rejections ?? []) ?? []),
      ];
      if (!step || rules.length === 0) return [];
      const { id: from } = step;
      const goal = { kind: 'rejection', flow, from } as const;
      return [{ goal, name: `${flow}: ${from} refused`, id: `${flow}#${from}/rejected` }];
    });
    return [...edges, ...refusals];
  });
}

function repairGoals(bot: ReferenceBot): readonly NamedGoal[] {
  return ownFlows(bot.program).flatMap((flow) =>
    reachedFlows(bot).includes(flow.id)
      ? questionsOf(flow)
          .filter((step) => repairsAt(bot.program, flow, step, bot).length > 0)
          .map(({ id: from }) => ({
            goal: { kind: 'repairs', flow: flow.id, from },
            name: `${flow.id}: repairs at ${from}`,
            id: `${flow.id}#${from}/repairs`,
          }))
      : [],
  );
}

/** The bot's own flows that a customer can get into. */
function reachedFlows(bot: ReferenceBot): readonly string[] {
  return ownFlows(bot.program)
    .map(({ id }) => id)
    .filter((id) => startOf(bot, id) !== undefined);
}

/** The task to begin, to get to a place of a flow: its own, else the nearest that leads there. */
function startOf(bot: ReferenceBot, flow: string, node = 'start'): string | undefined {
  const startable = startableFlows(bot);
  if (startable.includes(flow)) return flow;
  const route = routeTo(bot, { flow, node });
  const distances = startable.map((id) => ({ id, steps: route({ flow: id, node: 'start' }) }));
  return distances
    .filter(({ steps }) => steps < unreachable)
    .sort((left, right) => left.steps - right.steps)[0]?.id;
}

/** Long ways first: they take most of the short ones' edges with them. */
function farthestFirst(bot: ReferenceBot, goals: readonly NamedGoal[]): readonly NamedGoal[] {
  const far = (goal: Goal): number =>
    routeTo(bot, { flow: goal.flow, node: goal.from })({ flow: goal.flow, node: 'start' });
  return goals
    .map((named) => ({ named, steps: far(named.goal) }))
    .sort((left, right) => right.steps - left.steps)
    .map(({ named }) => named);
}

function inFileOrder(bot: ReferenceBot, dialogues: readonly PlannedDialogue[]): readonly PlannedDialogue[] {
  const order = new Map(ownFlows(bot.program).map(({ id }, at) => [id, at]));
  return [...dialogues].sort((left, right) => (order.get(left.flow) ?? 0) - (order.get(right.flow) ?? 0));
}

/** Tries the straight way to a goal, then ways that leave it at one choice, at two, … */
function search(bot: ReferenceBot, goal: Goal): Walk | undefined {
  const flow = startOf(bot, goal.flow, goal.from);
  if (flow === undefined) return undefined;
  const waiting: (readonly number[])[] = [[]];
  for (let tried = 0; tried < mostWalks; tried += 1) {
    const decisions = waiting[tried];
    if (!decisions) return undefined;
    const walk = converse(bot, goal, decisions, flow);
    if (walk.reached && !walk.failed) return walk;
    for (let at = decisions.length; at < walk.open.length; at += 1) {
      for (let way = 1; way < (walk.open[at] ?? 0); way += 1) {
        const before = walk.open.slice(0, at).map((_, index) => decisions[index] ?? 0);
        waiting.push([...before, way]);
      }
    }
  }
  return undefined;
}

/** Begins the task, and once more where it was cancelled, or came to its end without meeting the goal. */
function converse(bot: ReferenceBot, goal: Goal, decisions: readonly number[], flow: string): Walk {
  const walk = createWalk(bot, goal, decisions, walkFlow);
  say(walk, { kind: 'task', flow });
  const exit = walkFlow(walk, flow, 'person');
  if (exit !== 'cancelled' && (exit !== 'completed' || walk.reached)) return walk;
  clearTask(walk);
  seekAgain(walk);
  say(walk, { kind: 'task', flow });
  walkFlow(walk, flow, 'person');
  return walk;
}
