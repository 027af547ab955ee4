import { compileFlow } from '../../dialogue/compile-flow.ts';
import { printExpression } from '../../dialogue/print-expression.ts';
import type { FlowDefinition, Program, Step } from '../../dialogue/program.ts';
import { allSteps } from '../../dialogue/walk-steps.ts';
import { ownFlows } from '../coverage/transitions.ts';
import { editStep } from './edit-steps.ts';
import type { Mutant, MutationKind } from './mutant.ts';
import { mutateStep } from './mutate-step.ts';
import { negated } from './negated.ts';

/**
 * Makes every mutant of a bot's own flows, in file order: one fault each.
 *
 * Left out is what changes nothing: a mutant whose machines are those of the original.
 */
export function makeMutants(program: Program): readonly Mutant[] {
  return ownFlows(program).flatMap((flow) => [
    ...guardMutants(program, flow),
    ...allSteps(flow).flatMap((step) => stepMutants(program, flow, step)),
    ...requirementMutants(program, flow),
  ]);
}

function guardMutants(program: Program, flow: FlowDefinition): readonly Mutant[] {
  const { guard, guardElse, id, position } = flow;
  if (!guard || guard.kind === 'literal') return [];
  const text = printExpression(guard);
  const make = (change: string, changed: FlowDefinition): Mutant =>
    mutant(program, { change, kind: 'guard', flow: id, step: undefined, position }, changed);
  return [
    make(`guard negated: ${text}`, { ...flow, guard: negated(guard) }),
    make(`guard dropped: ${text}`, { ...flow, guard: undefined }),
    ...(guardElse ? [make('what happens otherwise dropped', { ...flow, guardElse: undefined })] : []),
  ];
}

function stepMutants(program: Program, flow: FlowDefinition, step: Step): readonly Mutant[] {
  const before = machineOf(program, flow);
  return mutateStep(step, flow, program).flatMap(({ change, kind, step: changed }) => {
    const edited = editStep(flow, step.id, () => changed);
    const made = mutant(
      program,
      { change, kind, flow: flow.id, step: step.id, position: step.position },
      edited,
    );
    return machineOf(made.program, edited) === before ? [] : [made];
  });
}

/** What a run depends on: the machine, what it waits with, and its conditions. */
function machineOf(program: Program, flow: FlowDefinition): string {
  const { config, stops, steps, expressions } = compileFlow(flow, program);
  return JSON.stringify([config, [...stops], [...steps], [...expressions]], (key, value: unknown) =>
    key === 'position' || key === 'next' || key === 'start' || key === 'end' ? undefined : value,
  );
}

/** Each thing that an action requires, dropped; and facts asked for the other way round. */
function requirementMutants(program: Program, flow: FlowDefinition): readonly Mutant[] {
  return allSteps(flow).flatMap((step) => {
    const action = step.kind === 'action' ? program.actions[step.action] : undefined;
    return (action?.requires ?? []).flatMap((requirement, at): Mutant[] => {
      if (!action) return [];
      const name = requirement.kind === 'confirmed' ? 'confirmed' : printExpression(requirement.fact);
      const others = action.requires.filter((_, index) => index !== at);
      const place = { flow: flow.id, step: step.id, position: step.position, kind: 'requires' } as const;
      const withRequires = (requires: typeof others): Program => ({
        ...program,
        actions: { ...program.actions, [action.name]: { ...action, requires } },
      });
      const dropped: Mutant = {
        ...place,
        change: `${action.name} no longer requires ${name}`,
        program: withRequires(others),
        equivalent:
          requirement.kind === 'confirmed'
            ? 'the checker proves that every way to it passes a confirmation of these values'
            : undefined,
      };
      if (requirement.kind === 'confirmed') return [dropped];
      const flipped = { kind: 'fact', fact: negated(requirement.fact) } as const;
      return [
        dropped,
        {
          ...place,
          change: `${action.name} requires not ${name}`,
          program: withRequires([...others, flipped]),
        },
      ];
    });
  });
}

function mutant(
  program: Program,
  place: Omit<Mutant, 'program' | 'equivalent'> & { readonly kind: MutationKind },
  flow: FlowDefinition,
): Mutant {
  return { ...place, program: { ...program, flows: { ...program.flows, [flow.id]: flow } } };
}
