import { buildFlowGraph, type FlowEdge, type FlowGraph, type FlowNode } from './flow-graph.ts';
import { asPath, clearedAtEnd, actionWrites, writesByFlow } from './flow-writes.ts';
import { KnownFacts, pathsOf } from './known-facts.ts';
import type { FlowDefinition, Program, Step } from './program.ts';
import { calledFlows } from './walk-steps.ts';

/** What is certain at each node of each flow, over every path that leads there through all flows. */
export interface ProgramAnalysis {
  readonly graphs: ReadonlyMap<string, FlowGraph>;
  /** `undefined` for a node that no path reaches. */
  factsAt(flow: string, node: string): KnownFacts | undefined;
}

/**
 * Computes, by iterating to the fixed point, what is known before each step: facts only ever get fewer, so it ends.
 *
 * A flow that people can start begins with nothing but its guard; one that only flows call begins with what all of its
 * callers know.
 */
export function analyseFlows(program: Program): ProgramAnalysis {
  return new FlowAnalyser(program).run();
}

class FlowAnalyser {
  private readonly program: Program;
  private readonly graphs: ReadonlyMap<string, FlowGraph>;
  private readonly writes: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly callers = new Map<string, Set<string>>();
  private readonly entries = new Map<string, KnownFacts>();
  private readonly exits = new Map<string, KnownFacts>();
  private readonly facts = new Map<string, Map<string, KnownFacts>>();
  private readonly pending = new Set<string>();

  constructor(program: Program) {
    this.program = program;
    const flows = Object.values(program.flows);
    this.graphs = new Map(flows.map((flow) => [flow.id, buildFlowGraph(flow, program.slots)]));
    const callees = new Map(flows.map((flow) => [flow.id, calledFlows(flow)]));
    this.writes = writesByFlow(program, callees);
    for (const [caller, called] of callees) {
      for (const callee of called) {
        this.callers.set(callee, (this.callers.get(callee) ?? new Set<string>()).add(caller));
      }
    }
  }

  run(): ProgramAnalysis {
    const flows = Object.values(this.program.flows);
    const base = new KnownFacts().withSet(this.initiallySet());
    for (const flow of flows) if (canPeopleStart(flow)) this.enter(flow.id, base);
    this.drain();
    // What nothing leads to is looked at all the same: an author is told of its faults.
    for (const flow of flows) if (!this.entries.has(flow.id)) this.enter(flow.id, base);
    this.drain();
    return { graphs: this.graphs, factsAt: (flow, node) => this.facts.get(flow)?.get(node) };
  }

  private initiallySet(): readonly string[] {
    return Object.values(this.program.slots).flatMap(({ name, initialValue }) =>
      initialValue === null ? [] : [asPath(name)],
    );
  }

  /** Notes one more way into a flow. */
  private enter(flow: string, facts: KnownFacts): void {
    const known = this.entries.get(flow);
    const merged = known ? known.meet(facts) : facts;
    if (known && merged.size === known.size) return;
    this.entries.set(flow, merged);
    this.pending.add(flow);
  }

  private drain(): void {
    for (const flow of this.pending) {
      this.pending.delete(flow);
      this.analyse(flow);
    }
  }

  private analyse(id: string): void {
    const graph = this.graphs.get(id);
    const entry = this.entries.get(id);
    if (!graph || !entry) return;
    const facts = new Map([['start', entry]]);
    const pending = new Set(['start']);
    for (const nodeId of pending) {
      pending.delete(nodeId);
      const node = graph.nodes.get(nodeId);
      const before = facts.get(nodeId);
      if (!node || !before) continue;
      for (const edge of graph.outgoing.get(nodeId) ?? []) {
        const after = this.after(graph.flow, node, edge, before);
        const known = facts.get(edge.to);
        const merged = after && known ? known.meet(after) : after;
        if (!merged || (known && merged.size === known.size)) continue;
        facts.set(edge.to, merged);
        pending.add(edge.to);
      }
    }
    this.facts.set(id, facts);
    this.leave(id, facts.get('end'));
  }

  /** When it gets known what holds at a flow's end, the flows that call it are looked at again. */
  private leave(id: string, exit: KnownFacts | undefined): void {
    const known = this.exits.get(id);
    if (!exit || (known && known.size === exit.size)) return;
    this.exits.set(id, exit);
    for (const caller of this.callers.get(id) ?? []) if (this.entries.has(caller)) this.pending.add(caller);
  }

  /** What is known when an edge is taken; `undefined` when it is not known yet that it ever is. */
  private after(
    flow: FlowDefinition,
    node: FlowNode,
    edge: FlowEdge,
    before: KnownFacts,
  ): KnownFacts | undefined {
    const done = this.throughNode(flow, node, edge, before);
    return done && edge.when.reduce((facts, { condition, holds }) => facts.assuming(condition, holds), done);
  }

  private throughNode(
    flow: FlowDefinition,
    node: FlowNode,
    edge: FlowEdge,
    before: KnownFacts,
  ): KnownFacts | undefined {
    if (node.kind === 'step') return this.throughStep(flow, node.step, edge, before);
    if (node.kind !== 'way_out' || node.way.kind !== 'flow') return before;
    if (node.returns) return this.throughCall(node.way.flow, before);
    this.link(flow, node.way.flow, before);
    return before;
  }

  private throughStep(
    flow: FlowDefinition,
    step: Step,
    edge: FlowEdge,
    before: KnownFacts,
  ): KnownFacts | undefined {
    switch (step.kind) {
      case 'collect':
        return throughCollect(step, edge, before);
      case 'confirm':
        return edge.cause === 'yes' ? before.withConfirmed(step.slots) : before;
      case 'set_slots':
        return step.assignments.reduce((facts, { slot, value }) => {
          const isSet =
            value.kind !== 'literal'
              ? pathsOf(value).every((path) => facts.isSet(path))
              : value.value !== null;
          const left = facts.without(new Set([asPath(slot)]));
          return isSet ? left.withSet([asPath(slot)]) : left;
        }, before);
      case 'action': {
        const isDeclared = this.program.actions[step.action]?.sets !== undefined;
        const written = actionWrites(step.action, this.program);
        // Nothing is known of an undeclared action: it may set everything, and is not taken to undo anything.
        const left = isDeclared ? before.without(new Set(written)) : before;
        return edge.cause === 'failed' ? left : left.withSet(written);
      }
      case 'call': {
        const given = Object.entries(step.with).reduce((facts, [slot, value]) => {
          const left = facts.without(new Set([asPath(slot)]));
          return value.kind === 'literal' && value.value === null ? left : left.withSet([asPath(slot)]);
        }, before);
        const returned = this.throughCall(step.flow, given);
        const taken = Object.entries(step.returns).flatMap(([mine, theirs]) =>
          returned?.isSet(asPath(theirs)) ? [asPath(mine)] : [],
        );
        return returned?.withSet(taken);
      }
      case 'link':
        this.link(flow, step.flow, before);
        return before.without(new Set(Object.keys(this.program.slots).map(asPath)));
      default:
        return before;
    }
  }

  private throughCall(callee: string, before: KnownFacts): KnownFacts | undefined {
    if (!this.graphs.has(callee)) return before;
    this.enter(callee, before);
    const exit = this.exits.get(callee);
    return exit && before.without(this.writes.get(callee) ?? new Set()).join(exit);
  }

  private link(from: FlowDefinition, to: string, before: KnownFacts): void {
    if (!this.graphs.has(to)) return;
    this.enter(to, before.withoutConfirmations().without(clearedAtEnd(from, this.program)));
  }
}

function throughCollect(
  step: Extract<Step, { kind: 'collect' }>,
  edge: FlowEdge,
  before: KnownFacts,
): KnownFacts {
  const paths = step.slots.map(asPath);
  const asked = step.askBeforeFilling ? before.without(new Set(paths)) : before;
  if (edge.cause === 'next') return asked.withSet(paths);
  const hasDefault =
    step.default !== undefined && !(step.default.kind === 'literal' && step.default.value === null);
  return hasDefault ? asked.withSet(paths) : asked;
}

/** Whether a message, a button or the engine can start a flow; a constant `if: false` leaves call and link. */
export function canPeopleStart(flow: FlowDefinition): boolean {
  return flow.guard?.kind !== 'literal' || Boolean(flow.guard.value);
}
