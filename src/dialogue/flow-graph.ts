import type { Position } from '../errors.ts';
import { isDefaultAction } from './default-actions.ts';
import type { Expression } from './expression.ts';
import type { Continuation, FlowDefinition, Next, Program, Step, SwitchStep, Target } from './program.ts';

/** A flow as a graph: what can follow what, and under which conditions. */
export interface FlowGraph {
  readonly flow: FlowDefinition;
  /** By id, in file order; `start` first, the ends last. */
  readonly nodes: ReadonlyMap<string, FlowNode>;
  readonly edges: readonly FlowEdge[];
  readonly outgoing: ReadonlyMap<string, readonly FlowEdge[]>;
}

export type FlowNode =
  | { readonly kind: 'start' | 'end' | 'abandoned'; readonly id: string; readonly position: Position }
  | { readonly kind: 'step'; readonly id: string; readonly step: Step; readonly position: Position }
  /** Where `else`, `on_error` or `on_exhausted` names a flow or a response. */
  | {
      readonly kind: 'way_out';
      readonly id: string;
      readonly way: Exclude<Continuation, { kind: 'steps' }>;
      /** Whether the flow is called and comes back: only that of a guard. */
      readonly returns: boolean;
      readonly position: Position;
    };

export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly cause: EdgeCause;
  /** What is known to hold, or not to hold, when this edge is taken. */
  readonly when: readonly { readonly condition: Expression; readonly holds: boolean }[];
}

export type EdgeCause = 'next' | 'yes' | 'no' | 'failed' | 'exhausted' | 'skipped' | 'refused';

type When = FlowEdge['when'];

/** Builds the graph of a flow; edges to steps that do not exist are left out. */
export function buildFlowGraph(flow: FlowDefinition, slots: Program['slots']): FlowGraph {
  const builder = new GraphBuilder(flow, slots);
  return builder.build();
}

class GraphBuilder {
  private readonly flow: FlowDefinition;
  private readonly nodes = new Map<string, FlowNode>();
  private readonly edges: FlowEdge[] = [];
  private readonly slots: Program['slots'];

  constructor(flow: FlowDefinition, slots: Program['slots']) {
    this.flow = flow;
    this.slots = slots;
  }

  build(): FlowGraph {
    const { flow } = this;
    this.nodes.set('start', { kind: 'start', id: 'start', position: flow.position });
    this.start(this.sequence(flow.steps, 'end'));
    this.nodes.set('end', { kind: 'end', id: 'end', position: flow.position });
    this.nodes.set('abandoned', { kind: 'abandoned', id: 'abandoned', position: flow.position });
    const edges = this.edges.filter(({ to }) => this.nodes.has(to));
    const outgoing = new Map([...this.nodes.keys()].map((id): [string, FlowEdge[]] => [id, []]));
    for (const edge of edges) outgoing.get(edge.from)?.push(edge);
    return { flow, nodes: this.nodes, edges, outgoing };
  }

  /** The guard stands before the first step; a constant one only keeps people from starting the flow themselves. */
  private start(first: string): void {
    const { guard, guardElse } = this.flow;
    if (!guard || guard.kind === 'literal') {
      this.edge('start', first, 'next');
      return;
    }
    const open = [{ condition: guard, holds: true }];
    this.edge('start', first, 'next', open);
    if (!guardElse) return;
    const refused = [{ condition: guard, holds: false }];
    this.edge('start', this.wayOut('start:else', guardElse, guardElse.kind === 'flow'), 'refused', refused);
    if (guardElse.kind === 'flow') {
      this.edge('start:else', first, 'next', open);
      this.edge('start:else', 'abandoned', 'refused', refused);
    }
  }

  /** Adds steps that follow one another; what falls out of the last goes to `after`. Returns the first one's id. */
  private sequence(steps: readonly Step[], after: string): string {
    for (const [index, step] of steps.entries()) this.step(step, steps[index + 1]?.id ?? after);
    return steps[0]?.id ?? after;
  }

  private step(step: Step, after: string): void {
    this.nodes.set(step.id, { kind: 'step', id: step.id, step, position: step.position });
    switch (step.kind) {
      case 'switch':
        this.cases(step, after);
        return;
      case 'link':
        this.edge(step.id, 'end', 'next');
        return;
      case 'confirm':
        this.next(step.id, step.next, after, 'yes');
        this.edge(step.id, this.wayOut(`${step.id}:no`, step.otherwise), 'no');
        return;
      case 'action':
        this.next(step.id, step.next, after, 'next');
        // The engine's own actions cannot fail.
        if (!isDefaultAction(step.action)) this.failure(step.id, step.onError);
        return;
      case 'collect':
        this.next(step.id, step.next, after, 'next');
        if (step.optional || step.default) this.next(step.id, step.next, after, 'skipped');
        // What is never answered is what the default says.
        if (step.default) this.next(step.id, step.next, after, 'exhausted');
        else this.exhaustion(step.id, step.onExhausted);
        return;
      default:
        this.next(step.id, step.next, after, 'next');
    }
  }

  private failure(from: string, onError: Continuation | undefined): void {
    this.edge(from, onError ? this.wayOut(`${from}:error`, onError) : 'abandoned', 'failed');
  }

  private exhaustion(from: string, onExhausted: Continuation | undefined): void {
    this.edge(from, onExhausted ? this.wayOut(`${from}:exhausted`, onExhausted) : 'abandoned', 'exhausted');
  }

  /** A refusal, an error or running out of attempts ends the flow, unless its steps name a step to go on with. */
  private wayOut(id: string, way: Continuation, returns = false): string {
    const end = id.endsWith(':no') ? 'end' : 'abandoned';
    if (way.kind === 'steps') return this.sequence(way.steps, end);
    this.nodes.set(id, { kind: 'way_out', id, way, returns, position: this.flow.position });
    if (!returns) this.edge(id, end, 'next');
    return id;
  }

  private cases(step: SwitchStep, after: string): void {
    const passed: { condition: Expression; holds: boolean }[] = [];
    for (const { value, then } of step.cases) {
      const condition = equals(step.on, value);
      this.edge(step.id, this.target(then, after), 'next', [...passed, { condition, holds: true }]);
      passed.push({ condition, holds: false });
    }
    if (step.otherwise) this.edge(step.id, this.target(step.otherwise, after), 'next', passed);
    else if (!coversItsSlot(step, this.slots)) this.edge(step.id, after, 'next', passed);
  }

  private next(from: string, next: Next, after: string, cause: EdgeCause): void {
    if (next.kind !== 'branch') {
      this.edge(from, next.kind === 'fall_through' ? after : this.target(next, after), cause);
      return;
    }
    const passed: { condition: Expression; holds: boolean }[] = [];
    for (const branch of next.branches) {
      const taken = branch.if ? [{ condition: branch.if, holds: true }] : [];
      this.edge(from, this.target(branch.then, after), cause, [...passed, ...taken]);
      if (!branch.if) return;
      passed.push({ condition: branch.if, holds: false });
    }
    this.edge(from, after, cause, passed);
  }

  private target(target: Target, after: string): string {
    switch (target.kind) {
      case 'step':
        return target.step;
      case 'end':
        return 'end';
      case 'steps':
        return this.sequence(target.steps, after);
    }
  }

  /** Adds an edge, unless a constant condition forbids it. */
  private edge(from: string, to: string, cause: EdgeCause, when: When = []): void {
    const isImpossible = when.some(
      ({ condition, holds }) => condition.kind === 'literal' && Boolean(condition.value) !== holds,
    );
    if (!isImpossible) this.edges.push({ from, to, cause, when });
  }
}

/** Whether the cases of a switch name every value that its slot can have. */
export function coversItsSlot({ on, cases }: SwitchStep, slots: Program['slots']): boolean {
  const name = on.kind === 'path' && on.root === 'slots' && on.path.length === 1 ? on.path[0] : undefined;
  const slot = name !== undefined && Object.hasOwn(slots, name) ? slots[name] : undefined;
  const covered = new Set(cases.map(({ value }) => value));
  if (slot?.type === 'boolean') return covered.has(true) && covered.has(false);
  return (
    slot?.type === 'choice' &&
    slot.choices.length > 0 &&
    slot.choices.every(({ value }) => covered.has(value))
  );
}

function equals(on: Expression, value: Extract<Expression, { kind: 'literal' }>['value']): Expression {
  const literal: Expression = { kind: 'literal', value, start: on.start, end: on.end };
  return { kind: 'binary', operator: 'is', left: on, right: literal, start: on.start, end: on.end };
}

/** The nodes that some path from the start leads to. */
export function reachableNodes(graph: FlowGraph): ReadonlySet<string> {
  const seen = new Set(['start']);
  for (const id of seen) for (const { to } of graph.outgoing.get(id) ?? []) seen.add(to);
  return seen;
}
