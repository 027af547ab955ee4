import { buildFlowGraph, type FlowEdge } from '../../dialogue/flow-graph.ts';
import type { Json } from '../../json.ts';
import { beginningOf } from './beginning-of.ts';
import type { ActionStep } from '../../dialogue/program.ts';
import { flowOf, keyOf, type Place, type ReferenceBot, type Route, routeTo } from './reference-bot.ts';
import type { Expected, PlannedResult, PlannedTurn, Saying } from './transcript.ts';
import { apply, decideValue, solve, type Held, type Unknown, valueOf, type World } from './unknown.ts';

/** What a made-up dialogue is for. */
export type Goal =
  /** To take an edge of a flow's graph. */
  | { readonly kind: 'edge'; readonly flow: string; readonly edge: string; readonly from: string }
  /** To have an answer refused by a question's rejections. */
  | { readonly kind: 'rejection'; readonly flow: string; readonly from: string }
  /** To make every repair at a question. */
  | { readonly kind: 'repairs'; readonly flow: string; readonly from: string };

export interface WalkFrame {
  readonly flow: string;
  readonly by: 'person' | 'call' | 'guard' | 'link';
}

/** How a flow came to its end: `cancelled` and `stopped` end the task, `stopped` the dialogue too. */
export type Exit = 'completed' | 'abandoned' | 'cancelled' | 'stopped';

/** A dialogue being made up: a walk over the flows' graphs, where every choice is written down. */
export interface Walk {
  readonly bot: ReferenceBot;
  readonly goal: Goal;
  /** Which of the ways that are open at each choice is taken; the first where none is said. */
  readonly decisions: readonly number[];
  /** How many ways were open at each choice. */
  readonly open: number[];
  readonly world: World;
  readonly frames: WalkFrame[];
  readonly turns: PlannedTurn[];
  /** What the ways begin with that were not taken since the customer spoke. */
  readonly passedBy: Expected[];
  readonly results: Map<string, PlannedResult[]>;
  /** Actions that ran in the task, for what a correction runs again. */
  readonly ran: { readonly flow: string; readonly step: string }[];
  /** Edges taken and answers refused, by id. */
  readonly taken: Set<string>;
  /** Flows of the task at hand. */
  readonly flows: Set<string>;
  reached: boolean;
  /** How often the goal's question was reached. */
  visits: number;
  /** Whether the walk went round in circles or needs what it cannot have. */
  failed: boolean;
  route: Route;
  /** Walks a flow from its guard to its end. */
  readonly enter: (walk: Walk, flow: string, by: WalkFrame['by']) => Exit;
}

export function createWalk(
  bot: ReferenceBot,
  goal: Goal,
  decisions: readonly number[],
  enter: Walk['enter'],
): Walk {
  const initial = Object.values(bot.program.slots).map(({ name, initialValue }): [string, Held] => [
    name,
    initialValue,
  ]);
  return {
    bot,
    goal,
    decisions,
    open: [],
    world: { slots: new Map(initial), user: new Map(), relied: [], now: bot.now },
    frames: [],
    turns: [],
    passedBy: [],
    results: new Map(),
    ran: [],
    taken: new Set(),
    flows: new Set(),
    reached: false,
    visits: 0,
    failed: false,
    route: routeTo(bot, placeOf(goal)),
    enter,
  };
}

function placeOf({ flow, from }: Goal): Place {
  return { flow, node: from };
}

/** The goal is met: from here on, the shortest way to the end. */
export function reach(walk: Walk): void {
  walk.reached = true;
  walk.route = routeTo(walk.bot, undefined);
}

/** Looks for the goal again, after the task has been begun anew. */
export function seekAgain(walk: Walk): void {
  walk.route = routeTo(walk.bot, placeOf(walk.goal));
}

/** Takes one of several ways: the one that leads to the goal soonest, unless the decisions say otherwise. */
export function choose<Way>(walk: Walk, ways: readonly { readonly rank: number; readonly way: Way }[]): Way {
  const sorted = [...ways].sort((left, right) => left.rank - right.rank);
  const wanted = walk.decisions[walk.open.length] ?? 0;
  walk.open.push(sorted.length);
  const found = sorted[Math.min(wanted, sorted.length - 1)];
  if (!found) throw new TypeError('There is no way to choose.');
  return found.way;
}

/** How soon an edge leads to the goal; the goal's own edge comes first. */
export function rankOf(walk: Walk, flow: string, edge: FlowEdge): number {
  if (!walk.reached && walk.goal.kind === 'edge' && walk.goal.edge === edgeId(walk.bot, flow, edge))
    return -1;
  return walk.route({ flow, node: edge.to });
}

/** Follows one of the edges whose conditions can hold; what is undecided is decided so that they do. */
export function follow(walk: Walk, flow: string, edges: readonly FlowEdge[]): FlowEdge | undefined {
  const solved = solve(
    edges.map(({ when }) => when),
    walk.world,
  );
  const ways = edges.flatMap((edge, at) => {
    const assignment = solved[at];
    return assignment ? [{ rank: rankOf(walk, flow, edge), way: { edge, assignment } }] : [];
  });
  if (ways.length === 0) return undefined;
  const { edge, assignment } = choose(walk, ways);
  apply(assignment);
  walk.world.relied.push(...edge.when);
  const id = edgeId(walk.bot, flow, edge);
  walk.taken.add(id);
  for (const other of edges)
    if (other.to !== edge.to) walk.passedBy.push(...beginningOf(walk.bot, flow, other.to));
  if (walk.goal.kind === 'edge' && walk.goal.edge === id && !walk.reached) reach(walk);
  return edge;
}

export function edgeId(bot: ReferenceBot, flow: string, edge: FlowEdge): string {
  return `${keyOf({ flow, node: edge.from })}/${(bot.graph(flow).outgoing.get(edge.from) ?? []).indexOf(edge)}`;
}

export function say(walk: Walk, saying: Saying): void {
  walk.turns.push({ saying, expected: [] });
  walk.passedBy.length = 0;
}

export function expect(walk: Walk, ...expected: readonly Expected[]): void {
  walk.turns.at(-1)?.expected.push(...expected);
}

/** A task has ended: nothing has come of the ways that were not taken, but for what was come by on the way. */
export function expectNoOther(walk: Walk): void {
  const expected = walk.turns.at(-1)?.expected ?? [];
  const done = new Set(expected.map(nameOf));
  const others = new Map(walk.passedBy.map((each) => [nameOf(each), each]));
  expect(walk, ...[...others].flatMap(([name, each]) => (done.has(name) ? [] : [each])));
}

function nameOf(expected: Expected): string {
  return 'response' in expected ? expected.response : 'action' in expected ? expected.action : '';
}

export function setSlot(walk: Walk, slot: string, value: Unknown | Json): void {
  walk.world.slots.set(slot, value);
}

/** The flows that a person can begin, in file order. */
export function startableFlows({ program }: ReferenceBot): readonly string[] {
  return Object.values(program.flows)
    .filter(({ pattern, id, guard }) => !pattern && !id.startsWith('pattern_') && guard?.kind !== 'literal')
    .filter(({ triggers }) => triggers.length > 0)
    .map(({ id }) => id);
}

/** Slots that are cleared when a task ends: what its flows collected or set, unless it is to be kept. */
export function clearTask(walk: Walk): void {
  const { program } = walk.bot;
  const flows = [...walk.flows].map((id) => flowOf(program, id));
  const kept = new Set(flows.flatMap(({ persistedSlots }) => persistedSlots));
  for (const flow of flows) {
    for (const node of buildFlowGraph(flow, program.slots).nodes.values()) {
      const step = node.kind === 'step' ? node.step : undefined;
      const slots =
        step?.kind === 'collect'
          ? step.slots
          : step?.kind === 'set_slots'
            ? step.assignments.map(({ slot }) => slot)
            : [];
      for (const slot of slots) {
        const definition = program.slots[slot];
        const lasts = definition?.scope === 'conversation' || definition?.scope === 'user';
        if (!lasts && !kept.has(slot)) setSlot(walk, slot, definition?.initialValue ?? null);
      }
    }
  }
  walk.flows.clear();
  walk.ran.length = 0;
  walk.frames.length = 0;
}

/** Where a step leads: to a node of its flow, or out of it. */
export type Move = { readonly to: string } | { readonly exit: Exit };

/** The edges that leave a node, of one cause or all. */
export function edgesFrom(
  walk: Walk,
  flow: string,
  node: string,
  cause?: FlowEdge['cause'],
): readonly FlowEdge[] {
  const all = walk.bot.graph(flow).outgoing.get(node) ?? [];
  return cause === undefined ? all : all.filter((edge) => edge.cause === cause);
}

/** Goes on over one of the edges; where none can be taken, the flow is stuck and the walk with it. */
export function goOn(walk: Walk, flow: string, edges: readonly FlowEdge[]): Move {
  const edge = follow(walk, flow, edges);
  if (edge) return { to: edge.to };
  walk.failed = true;
  return { exit: 'stopped' };
}

/** What an action is given: by `with`, else the slots that its declaration names. */
export function inputOf({ bot, world }: Walk, step: ActionStep): Readonly<Record<string, Json>> {
  const given = Object.entries(step.with).map(([name, value]): [string, Json] => [
    name,
    decideValue(value, world),
  ]);
  const named = Object.keys(bot.program.actions[step.action]?.input ?? {})
    .filter((name) => !(name in step.with))
    .map((name): [string, Json] => [name, valueOf(world.slots.get(name))]);
  return Object.fromEntries([...given, ...named]);
}
