import type { CollectStep, Program } from '../../dialogue/program.ts';

/** Whether whatever is typed is an answer to a question: a text that nothing is known about. */
export function isAnyText(program: Program, { choicesFrom, slots }: CollectStep): boolean {
  return choicesFrom === undefined && slots.some((name) => takesAnyText(program, name));
}

export function takesAnyText(program: Program, name: string): boolean {
  const slot = program.slots[name];
  const isText = slot?.type === 'text' || slot?.type === 'any';
  return isText && slot.pattern === undefined && slot.choices.length === 0;
}
