import type { Diagnostic } from '../../errors.ts';
import type { ProgramAnalysis } from '../analyse-flows.ts';
import { reachableNodes, type FlowEdge, type FlowGraph, type FlowNode } from '../flow-graph.ts';
import { actionWrites, asPath } from '../flow-writes.ts';
import type { Program, Step } from '../program.ts';
import { fault } from '../rules.ts';
import type { Check } from './check-context.ts';

/** Every step must be reached, every path must end, and no loop may go round without asking. */
export const checkPaths: Check = ({ analysis, program }) => {
  const diagnostics: Diagnostic[] = [];
  for (const graph of analysis.graphs.values()) {
    diagnostics.push(...unreachableSteps(graph));
    diagnostics.push(...endlessLoops(graph, analysis, program));
    diagnostics.push(...pathsWithoutEnd(graph));
  }
  return [...diagnostics, ...endlessLinks(analysis)];
};

/** Only the first step of an unreachable stretch is worth a word. */
function unreachableSteps(graph: FlowGraph): readonly Diagnostic[] {
  const reached = reachableNodes(graph);
  const lost = [...graph.nodes.values()].filter((node) => node.kind === 'step' && !reached.has(node.id));
  const followers = new Set(
    graph.edges.filter(({ from, to }) => from !== to && !reached.has(from)).map(({ to }) => to),
  );
  const first = lost.filter(({ id }) => !followers.has(id));
  return (first.length > 0 ? first : lost.slice(0, 1)).map(({ id, position }) =>
    fault(
      'unreachable-step',
      position,
      `No path leads to the step "${id}".`,
      'Lead to it by `next`, or remove it.',
    ),
  );
}

/** Loops all of whose steps pass without the person being asked for anything. */
function endlessLoops(graph: FlowGraph, analysis: ProgramAnalysis, program: Program): readonly Diagnostic[] {
  const reached = reachableNodes(graph);
  const loops = strongComponents(
    [...reached],
    graph.edges.filter(({ from, to }) => reached.has(from) && reached.has(to)),
  );
  return loops.flatMap((loop) => {
    const inner = graph.edges.filter(({ from, to }) => loop.has(from) && loop.has(to));
    const written = writtenIn(loop, graph, program);
    const silent = new Set([...loop].filter((id) => !asks(graph.nodes.get(id), analysis, written)));
    const rest = strongComponents(
      [...silent],
      inner.filter(({ from, to }) => silent.has(from) && silent.has(to)),
    );
    return rest.flatMap((each) => loopFault(each, graph));
  });
}

function loopFault(loop: ReadonlySet<string>, graph: FlowGraph): readonly Diagnostic[] {
  const first = [...graph.nodes.values()].find(({ id }) => loop.has(id));
  if (!first) return [];
  const message = `The loop through "${first.id}" goes round without asking the person anything.`;
  const fix = 'Clear the slot of a question in it by `set_slots: {slot: null}`, or lead out of it.';
  return [fault('endless-loop', first.position, message, fix)];
}

/** What the steps of a loop may clear or change, so that a question in it is asked again. */
function writtenIn(loop: ReadonlySet<string>, graph: FlowGraph, program: Program): ReadonlySet<string> {
  return new Set(
    [...loop].flatMap((id) => {
      const node = graph.nodes.get(id);
      if (node?.kind !== 'step') return [];
      if (node.step.kind === 'set_slots') return node.step.assignments.map(({ slot }) => asPath(slot));
      return node.step.kind === 'action' ? actionWrites(node.step.action, program) : [];
    }),
  );
}

function asks(node: FlowNode | undefined, analysis: ProgramAnalysis, written: ReadonlySet<string>): boolean {
  if (node?.kind !== 'step') return false;
  const { step } = node;
  switch (step.kind) {
    case 'collect':
      return step.askBeforeFilling || step.slots.some((slot) => written.has(asPath(slot)));
    case 'confirm':
    case 'wait':
    case 'handoff':
      return true;
    case 'call':
      return !passesSilently(step.flow, analysis, new Set());
    default:
      return false;
  }
}

/** Whether a flow can run from start to end without a question. */
function passesSilently(flow: string, analysis: ProgramAnalysis, above: ReadonlySet<string>): boolean {
  const graph = analysis.graphs.get(flow);
  if (!graph || above.has(flow)) return false;
  return silentlyReached(graph, analysis, new Set([...above, flow])).has('end');
}

function silentlyReached(
  graph: FlowGraph,
  analysis: ProgramAnalysis,
  above: ReadonlySet<string>,
): ReadonlySet<string> {
  const seen = new Set(['start']);
  for (const id of seen) {
    const node = graph.nodes.get(id);
    if (node?.kind === 'step' && !isSilent(node.step, analysis, above)) continue;
    for (const { to } of graph.outgoing.get(id) ?? []) seen.add(to);
  }
  return seen;
}

function isSilent(step: Step, analysis: ProgramAnalysis, above: ReadonlySet<string>): boolean {
  if (step.kind === 'collect' || step.kind === 'confirm' || step.kind === 'wait' || step.kind === 'handoff')
    return false;
  return step.kind !== 'call' || passesSilently(step.flow, analysis, above);
}

/** Flows that link one another in a ring without ever asking. */
function endlessLinks(analysis: ProgramAnalysis): readonly Diagnostic[] {
  const links = [...analysis.graphs.values()].flatMap((graph) => {
    const silent = silentlyReached(graph, analysis, new Set([graph.flow.id]));
    return [...silent].flatMap((id) => {
      const target = linkTarget(graph.nodes.get(id));
      return target === undefined ? [] : [{ from: graph.flow.id, to: target }];
    });
  });
  return strongComponents([...analysis.graphs.keys()], links).flatMap((ring) => {
    const graph = [...analysis.graphs.values()].find(({ flow }) => ring.has(flow.id));
    if (!graph) return [];
    const names = [...ring].map((id) => `"${id}"`).join(' and ');
    const message =
      ring.size === 1
        ? `The flow ${names} starts itself again without asking the person anything.`
        : `The flows ${names} lead to each other without asking the person anything.`;
    return [
      fault('endless-loop', graph.flow.position, message, 'Ask something on the way, or end one of them.'),
    ];
  });
}

function linkTarget(node: FlowNode | undefined): string | undefined {
  if (node?.kind === 'way_out') return node.way.kind === 'flow' ? node.way.flow : undefined;
  if (node?.kind !== 'step') return undefined;
  return node.step.kind === 'link' || node.step.kind === 'call' ? node.step.flow : undefined;
}

/** Loops that can only be left by giving up. */
function pathsWithoutEnd(graph: FlowGraph): readonly Diagnostic[] {
  const ending = new Set(['end', 'abandoned']);
  const isWay = ({ from, to, cause }: FlowEdge): boolean =>
    to !== 'abandoned' ||
    (cause !== 'failed' && cause !== 'exhausted') ||
    graph.nodes.get(from)?.kind !== 'step';
  const ways = graph.edges.filter(isWay);
  for (let size = 0; size !== ending.size;) {
    size = ending.size;
    for (const { from, to } of ways) if (ending.has(to)) ending.add(from);
  }
  const stuck = [...reachableNodes(graph)].filter((id) => !ending.has(id));
  const loop = strongComponents(stuck, graph.edges)[0];
  const first = [...graph.nodes.values()].find(({ id }) => loop?.has(id));
  if (!first) return [];
  const message = `From the step "${first.id}" no path leads to an end of the flow.`;
  return [fault('no-end', first.position, message, 'Lead out of the loop: `next: END`, or a branch.')];
}

/**
 * The loops of a graph: its strongly connected components that have an edge inside.
 *
 * @see https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm
 */
export function strongComponents(
  nodes: readonly string[],
  edges: readonly { readonly from: string; readonly to: string }[],
): readonly ReadonlySet<string>[] {
  const outgoing = new Map<string, string[]>(nodes.map((id) => [id, []]));
  for (const { from, to } of edges) if (outgoing.has(to)) outgoing.get(from)?.push(to);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  const found: Set<string>[] = [];
  const visit = (id: string): void => {
    index.set(id, index.size);
    low.set(id, index.size - 1);
    stack.push(id);
    open.add(id);
    for (const to of outgoing.get(id) ?? []) {
      if (!index.has(to)) visit(to);
      if (open.has(to)) low.set(id, Math.min(low.get(id) ?? 0, low.get(to) ?? 0));
    }
    if (low.get(id) !== index.get(id)) return;
    const component = new Set(stack.splice(stack.indexOf(id)));
    for (const each of component) open.delete(each);
    const isLoop = component.size > 1 || outgoing.get(id)?.includes(id);
    if (isLoop) found.push(component);
  };
  for (const id of nodes) if (!index.has(id)) visit(id);
  return found;
}
