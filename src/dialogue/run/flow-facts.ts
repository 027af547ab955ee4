import type { CompiledFlow } from '../compiled-flow.ts';
import type { Expression } from '../expression.ts';
import { expressionSlots } from '../expression-slots.ts';
import type { FlowDefinition, Next, Program, Step } from '../program.ts';

/** What can be said of a flow before it runs: which slots it asks for, and which of its steps read and write which. */
export interface FlowFacts {
  /** Slots that it, or a flow it calls, asks for, and those that the message which begins it may bring. */
  readonly collects: ReadonlySet<string>;
  /** For slots that are chosen from a list: the slot that holds the list. */
  readonly listOf: ReadonlyMap<string, string>;
  /** Slots that are cleared when it ends: collected or set by it or a flow it calls, and not to be kept. */
  readonly clears: ReadonlySet<string>;
  /** By state key. */
  readonly reads: ReadonlyMap<string, ReadonlySet<string>>;
  readonly writes: ReadonlyMap<string, ReadonlySet<string>>;
  /** By state key of questions and mere branches: what the conditions of their `next` read. */
  readonly branchesOn: ReadonlyMap<string, ReadonlySet<string>>;
}

type FlowsById = ReadonlyMap<string, CompiledFlow>;

export function describeFlow(flow: CompiledFlow, flows: FlowsById, program: Program): FlowFacts {
  const steps = calledSteps(flow, flows, new Set());
  const asking = steps.filter((step) => step.kind === 'collect');
  const collects = new Set([...asking.flatMap(({ slots }) => slots), ...openInputs(program.flows[flow.id])]);
  const assigns = steps.flatMap((step) =>
    step.kind === 'set_slots' ? step.assignments.map(({ slot }) => slot) : [],
  );
  const kept = new Set(program.flows[flow.id]?.persistedSlots);
  const lasting = (slot: string): boolean => {
    const scope = program.slots[slot]?.scope;
    return scope === 'conversation' || scope === 'user';
  };
  return {
    collects,
    listOf: new Map(
      asking.flatMap(({ slots, choicesFrom }) =>
        choicesFrom === undefined ? [] : slots.map((slot): [string, string] => [slot, choicesFrom]),
      ),
    ),
    clears: new Set([...collects, ...assigns].filter((slot) => !kept.has(slot) && !lasting(slot))),
    reads: new Map([...flow.steps].map(([key, step]) => [key, readBy(step, flows, program)])),
    writes: new Map([...flow.steps].map(([key, step]) => [key, writtenBy(step, flows, program)])),
    branchesOn: new Map(
      [...flow.steps].flatMap(([key, { kind, next }]) =>
        kind === 'collect' || kind === 'noop' ? [[key, slotsIn(next)]] : [],
      ),
    ),
  };
}

/** The inputs of a flow that people begin themselves: what they say with it may fill them, as a caller may. */
export function openInputs(flow: FlowDefinition | undefined): readonly string[] {
  return flow && flow.triggers.length > 0 ? flow.inputs : [];
}

/** The steps of a flow and of all flows it calls. */
function calledSteps(flow: CompiledFlow, flows: FlowsById, seen: Set<string>): readonly Step[] {
  if (seen.has(flow.id)) return [];
  seen.add(flow.id);
  const own = [...flow.steps.values()];
  const called = own.flatMap((step) => (step.kind === 'call' ? [flows.get(step.flow)] : []));
  return [...own, ...called.flatMap((each) => (each ? calledSteps(each, flows, seen) : []))];
}

function readBy(step: Step, flows: FlowsById, program: Program): ReadonlySet<string> {
  const read = new Set(slotsIn(step.next));
  for (const slot of ownReads(step, flows, program)) read.add(slot);
  return read;
}

function ownReads(step: Step, flows: FlowsById, program: Program): readonly string[] {
  switch (step.kind) {
    case 'collect':
      // A choice stands as long as the list that it was made from.
      return [
        ...slotsOf(step.rejections.map((each) => each.if)),
        ...(step.choicesFrom === undefined ? [] : [step.choicesFrom]),
      ];
    case 'confirm':
      return step.slots;
    case 'action':
      return Object.keys(step.with).length > 0
        ? slotsOf(Object.values(step.with))
        : Object.keys(program.actions[step.action]?.input ?? {});
    case 'set_slots':
      return slotsOf(step.assignments.map(({ value }) => value));
    case 'switch':
      return slotsOf([step.on]);
    case 'call':
      return [...slotsOf(Object.values(step.with)), ...calleeSlots(step.flow, flows, program, readBy)];
    case 'say':
    case 'link':
    case 'noop':
    case 'answer':
    case 'generate':
    case 'handoff':
    case 'wait':
      return [];
    default:
      return step satisfies never;
  }
}

function writtenBy(step: Step, flows: FlowsById, program: Program): ReadonlySet<string> {
  switch (step.kind) {
    case 'collect':
      return new Set(step.choicesFrom === undefined ? [] : step.slots);
    case 'action':
      return new Set(program.actions[step.action]?.sets);
    case 'set_slots':
      return new Set(step.assignments.map(({ slot }) => slot));
    case 'call':
      return new Set([...Object.keys(step.returns), ...calleeSlots(step.flow, flows, program, writtenBy)]);
    default:
      return new Set();
  }
}

/** What the steps of a called flow read or write; one level deep calls are enough to follow a correction. */
function calleeSlots(
  id: string,
  flows: FlowsById,
  program: Program,
  of: (step: Step, flows: FlowsById, program: Program) => ReadonlySet<string>,
): readonly string[] {
  const callee = flows.get(id);
  if (!callee) return [];
  return [...callee.steps.values()].flatMap((step) =>
    step.kind === 'call' ? [] : [...of(step, flows, program)],
  );
}

function slotsIn(next: Next): ReadonlySet<string> {
  return new Set(slotsOf(nextExpressions(next)));
}

function nextExpressions(next: Next): readonly Expression[] {
  return next.kind === 'branch' ? next.branches.flatMap((branch) => branch.if ?? []) : [];
}

function slotsOf(expressions: readonly Expression[]): readonly string[] {
  return expressions.flatMap((expression) => [...expressionSlots(expression)]);
}
