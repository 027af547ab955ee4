import { isDefaultAction } from './default-actions.ts';
import type { FlowDefinition, Program, Step } from './program.ts';
import { allSteps } from './walk-steps.ts';

/** The paths that an action may write; all slots when it declares nothing. */
export function actionWrites(name: string, program: Program): readonly string[] {
  if (isDefaultAction(name)) return [];
  const sets = program.actions[name]?.sets;
  return sets ? sets.map(asPath) : allSlots(program);
}

const slotPaths = new WeakMap<Program, readonly string[]>();

function allSlots(program: Program): readonly string[] {
  const paths = slotPaths.get(program) ?? Object.keys(program.slots).map(asPath);
  slotPaths.set(program, paths);
  return paths;
}

/** `order_id` and `slots.order_id` are the slot; `user.x` is a fact of the user. */
export function asPath(name: string): string {
  return name.startsWith('user.') || name.startsWith('slots.') ? name : `slots.${name}`;
}

/** The paths that a step gives a value, or may. */
export function stepWrites(step: Step, program: Program): readonly string[] {
  switch (step.kind) {
    case 'collect':
      return step.slots.map(asPath);
    case 'set_slots':
      return step.assignments.map(({ slot }) => asPath(slot));
    case 'action':
      return actionWrites(step.action, program);
    case 'call':
      return [...Object.keys(step.with), ...Object.keys(step.returns)].map(asPath);
    default:
      return [];
  }
}

/** For each flow, the paths that it or a flow it calls may write. */
export function writesByFlow(
  program: Program,
  callees: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const own = new Map(
    Object.values(program.flows).map((flow) => [
      flow.id,
      new Set(allSteps(flow).flatMap((step) => stepWrites(step, program))),
    ]),
  );
  return new Map(
    [...own].map(([id, writes]) => {
      const inline = new Set([id]);
      for (const each of inline) for (const callee of callees.get(each) ?? []) inline.add(callee);
      if (inline.size === 1) return [id, writes];
      return [id, new Set([...inline].flatMap((each) => [...(own.get(each) ?? [])]))];
    }),
  );
}

/** The slots that lose their value when a flow ends: what it asks for and sets, and does not keep. */
export function clearedAtEnd(flow: FlowDefinition, program: Program): ReadonlySet<string> {
  const written = allSteps(flow).flatMap((step) =>
    step.kind === 'collect' || step.kind === 'set_slots' ? stepWrites(step, program) : [],
  );
  return new Set(
    written.filter((path) => {
      const slot = path.slice('slots.'.length);
      const scope = program.slots[slot]?.scope;
      return !flow.persistedSlots.includes(slot) && scope !== 'conversation' && scope !== 'user';
    }),
  );
}
