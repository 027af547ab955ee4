import type { RecognitionContext, RequestedSlot } from '../nlu/recognizer.ts';
import { choicesOf, wordsOf } from './choices.ts';
import type { RunState } from './dialogue-state.ts';
import { openQuestion } from './open-question.ts';
import type { SlotDefinition } from './program.ts';
import { askingStep, type Bot, slotDefinition } from './run/bot.ts';

/** What the recogniser should know: what was asked, in which flow, and what the bot said last. */
export function recognitionContext(bot: Bot, state: RunState): Omit<RecognitionContext, 'now' | 'timeZone'> {
  const question = openQuestion(bot, state);
  const active = state.stack.findLast(({ flow }) => !flow.startsWith('pattern_'));
  return {
    requested: question?.kind === 'collect' ? requestedSlots(bot, state, question) : [],
    activeFlow: active?.flow,
    lastBotAct: question?.kind === 'collect' ? `ask_${question.slots[0] ?? ''}` : lastResponse(state),
    locale: state.locale,
  };
}

function requestedSlots(
  bot: Bot,
  state: RunState,
  question: Extract<RunState['question'], { kind: 'collect' }>,
): readonly RequestedSlot[] {
  const step = askingStep(bot, state.stack, question);
  const choicesFrom = step?.kind === 'collect' ? step.choicesFrom : undefined;
  return question.slots.flatMap((name): RequestedSlot[] => {
    const slot = slotDefinition(bot, state.stack.at(-1), name);
    if (!slot) return [];
    const choices = choicesOf(slot, choicesFrom, state.slots);
    return [
      {
        slot: name,
        type: slot.type,
        entities: entitiesOf(slot),
        choices: choices.length > 0 ? choices.map(({ value }) => wordsOf(value)) : undefined,
      },
    ];
  });
}

/** The names of entities that may fill a slot: its own, and those it names. */
export function entitiesOf(slot: SlotDefinition): readonly string[] {
  const mapped = slot.mappings.flatMap((mapping) =>
    mapping.kind === 'from_entity'
      ? [mapping.role ? `${mapping.entity}/${mapping.role}` : mapping.entity]
      : [],
  );
  return [...new Set([slot.name, ...slot.entities, ...mapped])];
}

function lastResponse(state: RunState): string | undefined {
  const last = state.said.at(-1)?.utterance;
  return last?.kind === 'response' ? last.response : undefined;
}
