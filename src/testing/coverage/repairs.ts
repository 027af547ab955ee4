import { buildFlowGraph, type FlowGraph } from '../../dialogue/flow-graph.ts';
import type { CollectStep, ConfirmStep, FlowDefinition, Program } from '../../dialogue/program.ts';
import type { TrackerEvent } from '../../dialogue/tracker-event.ts';
import { allSteps } from '../../dialogue/walk-steps.ts';
import type { Position } from '../../errors.ts';
import { isAnyText } from './any-text.ts';
import { ownFlows } from './transitions.ts';

/** What people do instead of answering; each must work at every question that allows it. */
export const repairKinds = [
  'correct',
  'cancel',
  'digress',
  'question',
  'cannot_handle',
  'repeat',
  'explain',
  'skip',
  'handoff',
  'restart',
] as const;

export type RepairKind = (typeof repairKinds)[number];

/** A kind of repair at one question of a flow. */
export interface Repair {
  readonly id: string;
  readonly flow: string;
  readonly step: string;
  readonly kind: RepairKind;
  readonly position: Position;
}

export interface OpenQuestion {
  readonly flow: string;
  readonly step: string;
}

export type QuestionStep = CollectStep | ConfirmStep;

export interface RepairContext {
  /** Whether the bot has articles to answer questions from. */
  readonly hasArticles: boolean;
}

/** Every repair that a bot's own questions allow, in file order. */
export function repairsOf(program: Program, context: RepairContext): readonly Repair[] {
  return ownFlows(program).flatMap((flow) =>
    questionsOf(flow).flatMap((step) =>
      repairsAt(program, flow, step, context).map((kind) => ({
        id: repairId({ flow: flow.id, step: step.id }, kind),
        flow: flow.id,
        step: step.id,
        kind,
        position: step.position,
      })),
    ),
  );
}

export function questionsOf(flow: FlowDefinition): readonly QuestionStep[] {
  return allSteps(flow).filter((step) => step.kind === 'collect' || step.kind === 'confirm');
}

/**
 * The repairs that make sense at a question: what it allows, and what there is something to do about. Where any text is
 * an answer, a question of the customer's and nonsense are answers too.
 */
export function repairsAt(
  program: Program,
  flow: FlowDefinition,
  step: QuestionStep,
  { hasArticles }: RepairContext,
): readonly RepairKind[] {
  const allows = (what: 'cancel' | 'digress' | 'answer' | 'correct'): boolean =>
    step.kind === 'confirm' || (step.allow?.includes(what) ?? true);
  const asks = step.kind === 'collect';
  const isAnswer = asks && isAnyText(program, step);
  const possible: Readonly<Record<RepairKind, boolean>> = {
    correct: allows('correct') && askedBefore(program, flow, step).length > 0,
    cancel: allows('cancel'),
    digress: allows('digress'),
    question: allows('answer') && hasArticles && !isAnswer,
    cannot_handle: !isAnswer,
    repeat: true,
    explain: asks,
    skip: asks && !step.optional && step.default === undefined,
    handoff: true,
    restart: true,
  };
  return repairKinds.filter((kind) => possible[kind]);
}

/** Slots that people have always been asked for when a question comes, in the flow itself or in one that it calls. */
export function askedBefore(program: Program, flow: FlowDefinition, step: QuestionStep): readonly string[] {
  const own = step.kind === 'collect' ? step.slots : [];
  const graph = buildFlowGraph(flow, program.slots);
  const asked = dominators(graph, step.id).flatMap((id) => {
    const node = graph.nodes.get(id);
    return node?.kind === 'step' && node.step.kind === 'collect' && !node.step.optional
      ? node.step.slots
      : [];
  });
  return [...new Set(asked)].filter((slot) => !own.includes(slot));
}

/** The nodes that every path from the start to a node passes. */
function dominators(graph: FlowGraph, target: string): readonly string[] {
  return [...graph.nodes.keys()].filter(
    (id) => id !== target && id !== 'start' && !isReachableWithout(graph, target, id),
  );
}

function isReachableWithout({ outgoing }: FlowGraph, target: string, without: string): boolean {
  const seen = new Set(['start']);
  for (const id of seen) {
    for (const { to } of outgoing.get(id) ?? []) if (to !== without) seen.add(to);
  }
  return seen.has(target);
}

export function repairId({ flow, step }: OpenQuestion, kind: RepairKind): string {
  return `${flow}/${step}/${kind}`;
}

const patterns: Readonly<Record<string, RepairKind>> = {
  pattern_correction: 'correct',
  pattern_cancel_flow: 'cancel',
  pattern_search: 'question',
  pattern_cannot_handle: 'cannot_handle',
  pattern_repeat_bot_messages: 'repeat',
  pattern_explain: 'explain',
  pattern_skip_question: 'skip',
  pattern_human_handoff: 'handoff',
  pattern_restart: 'restart',
};

/** The repairs that a turn made at the question that was open before it. */
export function repairsIn(
  question: OpenQuestion | undefined,
  events: readonly TrackerEvent[],
): readonly string[] {
  if (!question) return [];
  return events.flatMap((event) => {
    if (event.kind === 'flow_interrupted') return [repairId(question, 'digress')];
    const kind = event.kind === 'flow_started' ? patterns[event.flow] : undefined;
    return kind ? [repairId(question, kind)] : [];
  });
}
