import { buildFlowGraph, type FlowGraph } from '../../dialogue/flow-graph.ts';
import type { FlowDefinition, Program } from '../../dialogue/program.ts';
import type { SampleValues } from './sample-values.ts';

/** A bot as the generator reads it: the flows as graphs, which the checker proves things about, and never the machines. */
export interface ReferenceBot {
  readonly program: Program;
  readonly samples: SampleValues;
  /** Whether questions can be answered from articles. */
  readonly hasArticles: boolean;
  /** Epoch milliseconds that generated dialogues take place at. */
  readonly now: number;
  graph(flow: string): FlowGraph;
}

/** A place in a flow: a node of its graph. */
export interface Place {
  readonly flow: string;
  readonly node: string;
}

export function createReferenceBot(
  parts: Omit<ReferenceBot, 'graph'> & { readonly program: Program },
): ReferenceBot {
  const graphs = new Map<string, FlowGraph>();
  return {
    ...parts,
    graph(id) {
      const known = graphs.get(id) ?? buildFlowGraph(flowOf(parts.program, id), parts.program.slots);
      graphs.set(id, known);
      return known;
    },
  };
}

export function flowOf({ flows }: Program, id: string): FlowDefinition {
  const flow = flows[id];
  if (!flow) throw new TypeError(`There is no flow ${id}.`);
  return flow;
}

/** How far it is from each place to a goal, in steps. */
export type Route = (place: Place) => number;

/** A goal that a place does not lead to costs at least this much. */
export const unreachable = 1_000;

/**
 * The distances to a place over all flows, through calls and links. Where a place does not lead to the goal, the way
 * to the end of its flow counts: that is how a called flow gets back to its caller.
 */
export function routeTo(bot: ReferenceBot, goal: Place | undefined): Route {
  const { map, routes } = mapOf(bot);
  const key = goal ? keyOf(goal) : '';
  const known = routes.get(key);
  if (known) return known;
  const toGoal = goal ? distances(map.all, key) : new Map<string, number>();
  const route: Route = (place) => {
    const direct = toGoal.get(keyOf(place));
    if (direct !== undefined) return direct;
    return (goal ? unreachable : 0) + (map.toEnd(place.flow).get(place.node) ?? unreachable / 2);
  };
  routes.set(key, route);
  return route;
}

/** By node, the nodes that lead to it. */
type Leading = ReadonlyMap<string, readonly string[]>;

interface BotMap {
  readonly all: Leading;
  toEnd(flow: string): ReadonlyMap<string, number>;
}

const maps = new WeakMap<ReferenceBot, { readonly map: BotMap; readonly routes: Map<string, Route> }>();

function mapOf(bot: ReferenceBot): { readonly map: BotMap; readonly routes: Map<string, Route> } {
  const known = maps.get(bot);
  if (known) return known;
  const ends = new Map<string, ReadonlyMap<string, number>>();
  const map: BotMap = {
    all: leading(Object.keys(bot.program.flows).flatMap((flow) => globalEdges(bot, flow))),
    toEnd(flow) {
      const found = ends.get(flow) ?? endDistances(bot, flow);
      ends.set(flow, found);
      return found;
    },
  };
  const made = { map, routes: new Map<string, Route>() };
  maps.set(bot, made);
  return made;
}

type Edges = readonly { readonly from: string; readonly to: string }[];

function globalEdges(bot: ReferenceBot, flow: string): Edges {
  const graph = bot.graph(flow);
  const within = graph.edges.map(({ from, to }) => ({
    from: keyOf({ flow, node: from }),
    to: keyOf({ flow, node: to }),
  }));
  const across = [...graph.nodes.values()].flatMap((node) => {
    const step = node.kind === 'step' ? node.step : undefined;
    const way = node.kind === 'way_out' && node.way.kind === 'flow' ? node.way.flow : undefined;
    const called = step?.kind === 'call' || step?.kind === 'link' ? step.flow : way;
    if (called === undefined || !bot.program.flows[called]) return [];
    return [{ from: keyOf({ flow, node: node.id }), to: keyOf({ flow: called, node: 'start' }) }];
  });
  return [...within, ...across];
}

function leading(edges: Edges): Leading {
  const before = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const known = before.get(to);
    if (known) known.push(from);
    else before.set(to, [from]);
  }
  return before;
}

/** Being given up is a way to end that is taken only where there is no other. */
function endDistances(bot: ReferenceBot, flow: string): ReadonlyMap<string, number> {
  const before = leading(bot.graph(flow).edges);
  const abandoned = [...distances(before, 'abandoned')].map(([node, steps]): [string, number] => [
    node,
    steps + 100,
  ]);
  return new Map([...abandoned, ...distances(before, 'end')]);
}

function distances(before: Leading, goal: string): ReadonlyMap<string, number> {
  const found = new Map([[goal, 0]]);
  for (const [place, steps] of found)
    for (const previous of before.get(place) ?? []) if (!found.has(previous)) found.set(previous, steps + 1);
  return found;
}

export function keyOf({ flow, node }: Place): string {
  return `${flow}#${node}`;
}
