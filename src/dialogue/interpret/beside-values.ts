import { saysCorrection } from './correction-words.ts';
import type { Part, PartReading } from './part.ts';

/**
 * "Make the return Friday instead" changes what is being booked; what was booked before is seldom meant, more seldom still where
 * it would take the same words.
 */
export function besideCorrection(
  { segment }: Part,
  values: readonly PartReading[],
  tasks: readonly PartReading[],
): readonly PartReading[] {
  const corrections = values.filter(({ commands }) => commands.some(({ kind }) => kind === 'correct_slot'));
  if (corrections.length === 0 || !saysCorrection(segment.text)) return tasks;
  const taken = new Set(corrections.flatMap(({ used }) => used));
  return tasks.map((task) => {
    const instead = task.used.some((entity) => taken.has(entity)) ? sameWordsInstead : insteadOfCorrecting;
    return { ...task, terms: { ...task.terms, instead: Math.log(instead) } };
  });
}

/** P(another task is begun with words that change what the running one holds), and with the very values that it takes. */
const insteadOfCorrecting = 0.3;
const sameWordsInstead = 0.1;

/** 算了，还是下午那班: who names what they take instead gives nothing up. */
export function besideChoice(
  { situation, segment }: Part,
  values: readonly PartReading[],
  talk: readonly PartReading[],
): readonly PartReading[] {
  const isChosen = values.some(({ commands }) =>
    commands.some(
      (command) =>
        command.kind === 'narrow_choice' ||
        (command.kind === 'set_slot' && situation.listOf.has(command.slot)),
    ),
  );
  if (!isChosen || !takesInstead.test(segment.text)) return talk;
  return talk.map((reading) =>
    reading.commands.some(({ kind }) => kind === 'cancel')
      ? { ...reading, terms: { ...reading.terms, instead: Math.log(insteadOfChoosing) } }
      : reading,
  );
}

const takesInstead = /还是|还要|那就|换成|\b(?:instead|rather|after all|then|go with|stick with)\b/iu;
const insteadOfChoosing = 0.2;
