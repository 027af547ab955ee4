import { buildFlowGraph, reachableNodes, type FlowEdge, type FlowNode } from '../flow-graph.ts';
import { printExpression } from '../print-expression.ts';
import type { FlowDefinition, Program, Step } from '../program.ts';

/** A flow as boxes and arrows, before anybody draws it. */
export interface FlowPicture {
  readonly title: string;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

export interface PictureNode {
  readonly id: string;
  readonly shape: 'start' | 'end' | 'question' | 'action' | 'message' | 'branch' | 'flow' | 'person';
  readonly title: string;
  readonly detail: string;
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Ways that are taken when something goes wrong. */
  readonly isRepair: boolean;
}

/** Chooses what of a flow is drawn: all its steps, and the ways that its author wrote. */
export function pictureFlow(flow: FlowDefinition, { slots }: Program): FlowPicture {
  const graph = buildFlowGraph(flow, slots);
  const reached = reachableNodes(graph);
  const edges = mergeParallel(
    graph.edges
      .filter(({ from, to }) => reached.has(from) && !isImplied(graph.nodes.get(from), to))
      .map((edge) => toPictureEdge(edge, graph.nodes.get(edge.from))),
  );
  const drawn = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const nodes = [...graph.nodes.values()]
    .filter(({ id }) => drawn.has(id))
    .map((node) => toPictureNode(node, flow));
  return { title: flow.id, nodes, edges };
}

/** What happens to any question and action that says nothing else: pictures would be full of it. */
function isImplied(from: FlowNode | undefined, to: string): boolean {
  return (
    from?.kind === 'step' &&
    to === 'abandoned' &&
    (from.step.kind === 'action' || from.step.kind === 'collect')
  );
}

function toPictureEdge({ from, to, cause, when }: FlowEdge, node: FlowNode | undefined): PictureEdge {
  const isRepair = cause === 'failed' || cause === 'exhausted' || cause === 'refused';
  const labels = {
    next: '',
    yes: 'yes',
    no: 'no',
    failed: 'error',
    exhausted: 'no answer',
    skipped: 'skipped',
    refused: 'refused',
  };
  const condition = conditionLabel(when, node);
  const label = [labels[cause], cause === 'refused' ? '' : condition]
    .filter((part) => part !== '')
    .join(', ');
  return { from, to: to === 'abandoned' ? 'end' : to, label, isRepair };
}

function conditionLabel(when: FlowEdge['when'], node: FlowNode | undefined): string {
  const last = when.at(-1);
  if (!last) return '';
  if (!last.holds) return 'else';
  const { condition } = last;
  const isCase = node?.kind === 'step' && node.step.kind === 'switch' && condition.kind === 'binary';
  if (!isCase) return printExpression(condition).replaceAll('slots.', '');
  const { right } = condition;
  if (right.kind !== 'literal') return '';
  return typeof right.value === 'string' ? right.value : JSON.stringify(right.value);
}

function mergeParallel(edges: readonly PictureEdge[]): readonly PictureEdge[] {
  const merged = new Map<string, PictureEdge>();
  for (const edge of edges) {
    const key = `${edge.from} ${edge.to}`;
    const known = merged.get(key);
    const labels = [known?.label ?? '', edge.label].filter((label) => label !== '');
    merged.set(key, {
      ...edge,
      label: [...new Set(labels)].join(' | '),
      isRepair: edge.isRepair && (known?.isRepair ?? true),
    });
  }
  return [...merged.values()];
}

function toPictureNode(node: FlowNode, flow: FlowDefinition): PictureNode {
  switch (node.kind) {
    case 'start':
      return { id: node.id, shape: 'start', title: flow.id, detail: '' };
    case 'end':
    case 'abandoned':
      return { id: node.id, shape: 'end', title: 'end', detail: '' };
    case 'way_out':
      return node.way.kind === 'flow'
        ? { id: node.id, shape: 'flow', title: node.way.flow, detail: node.returns ? 'call' : 'link' }
        : { id: node.id, shape: 'message', title: node.way.response, detail: 'say' };
    case 'step':
      return { id: node.id, ...describeStep(node.step) };
  }
}

function describeStep(step: Step): Omit<PictureNode, 'id'> {
  switch (step.kind) {
    case 'collect':
      return { shape: 'question', title: step.slots.join(', '), detail: 'ask' };
    case 'confirm':
      return { shape: 'question', title: step.slots.join(', '), detail: 'confirm' };
    case 'action':
      return { shape: 'action', title: step.action, detail: 'action' };
    case 'say':
      return {
        shape: 'message',
        title: step.say.kind === 'response' ? step.say.response : firstText(step.say.text),
        detail: 'say',
      };
    case 'set_slots':
      return {
        shape: 'action',
        title: step.assignments.map(({ slot, value }) => `${slot} = ${printExpression(value)}`).join(', '),
        detail: 'set',
      };
    case 'call':
    case 'link':
      return { shape: 'flow', title: step.flow, detail: step.kind };
    case 'switch':
      return { shape: 'branch', title: printExpression(step.on).replaceAll('slots.', ''), detail: 'switch' };
    case 'noop':
      return { shape: 'branch', title: step.named ? step.id : '', detail: 'branch' };
    case 'answer':
      return { shape: 'message', title: 'from knowledge', detail: 'answer' };
    case 'generate':
      return { shape: 'message', title: firstText(step.prompt), detail: 'generate' };
    case 'handoff':
      return { shape: 'person', title: step.queue, detail: 'hand over' };
    case 'wait':
      return { shape: 'action', title: `${step.durationMs / 1000} s`, detail: 'wait' };
  }
}

function firstText(text: Readonly<Record<string, string>>): string {
  return Object.values(text)[0] ?? '';
}
