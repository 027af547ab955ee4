import type { Json } from '../../json.ts';
import type { Utterance } from '../effect.ts';
import type { ButtonDefinition, CollectStep } from '../program.ts';
import { choicesOf } from '../choices.ts';
import { slotDefinition } from './bot.ts';
import { topFrame, type Turn } from './turn.ts';

/** More buttons than this are a list to read, not a help. */
const maxButtons = 10;

/** Buttons for what a question offers, where its response brings none of its own. */
export function choiceButtons(
  turn: Turn,
  step: CollectStep,
  slots: readonly string[],
  utterance: Utterance,
): readonly ButtonDefinition[] {
  const [slot] = slots;
  const definition = slot === undefined ? undefined : slotDefinition(turn.bot, topFrame(turn), slot);
  if (!definition || slots.length > 1 || hasButtons(turn, utterance)) return [];
  const choices = choicesOf(definition, step.choicesFrom, turn.slots);
  if (choices.length > maxButtons) return [];
  return choices.map(({ value, label }) => ({
    title: label,
    payload: { kind: 'set_slots', slots: { [definition.name]: value satisfies Json } },
  }));
}

function hasButtons(turn: Turn, utterance: Utterance): boolean {
  if (utterance.kind !== 'response') return false;
  const response = utterance.definition ?? turn.bot.program.responses[utterance.response];
  const variants = response?.variants ?? [];
  return variants.some(({ buttons }) => !Array.isArray(buttons) || buttons.length > 0);
}
