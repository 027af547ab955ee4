import type { SlotDefinition } from '../program.ts';
import { called, namesOf } from './called-slots.ts';
import { saysCorrection, withoutCorrectionWords } from './correction-words.ts';
import { logOf, type Part, type PartReading, shareLeft } from './part.ts';
import { explainedWords } from './pointing-words.ts';
import { cueWeight, surestResidue } from './priors.ts';
import { fold } from './fold.ts';

/** "Change the return date": what is called by its name and given no other value is asked for again. */
export function reopening(part: Part, elsewhere: number): readonly PartReading[] {
  const { situation, segment } = part;
  if (!saysCorrection(segment.text)) return [];
  const held = [...situation.taskSlots]
    .flatMap((name) => situation.bot.program.slots[name] ?? [])
    .filter(({ name }) => (situation.slots[name] ?? null) !== null);
  const [slot, ...more] = called(segment.text, held);
  if (!slot || more.length > 0) return [];
  const text = withoutCorrectionWords(segment.text);
  return [
    {
      commands: [{ kind: 'correct_slot', slot: slot.name, value: null, text: segment.text }],
      terms: {
        prior: logOf(situation.priors.correct + 0.95 * (1 - situation.priors.correct) * cueWeight),
        fit: logOf(reopenFit),
        residue: Math.min(1, shareOutside(text, slot)) * logOf(1 - Math.min(surestResidue, elsewhere)),
      },
      used: segment.entities,
    },
  ];
}

/** P(another value is wanted, once somebody says that something is to be changed and not to what). */
const reopenFit = 0.8;

/** The share of a text that is not the slot's name nor a word that says nothing. */
function shareOutside(text: string, slot: SlotDefinition): number {
  const words = explainedWords(fold(text), namesOf(slot));
  return shareLeft(text, [{ slot: slot.name, value: null, fit: 1, text: words, entities: [] }]);
}
