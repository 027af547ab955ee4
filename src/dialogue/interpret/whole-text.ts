import type { SlotDefinition } from '../program.ts';
import { logOf, type Part, type PartReading, setCommands, shareLeft } from './part.ts';
import { withoutTakingBack } from './correction-words.ts';
import { asks } from './question-words.ts';
import { acceptance } from './refused-value.ts';
import { courtesyIntents } from './spoken-intents.ts';
import type { Value } from './value.ts';

/** P(the whole message is the answer, though a part of it is known to be one). */
const besideEntity = 0.3;

/** A free text that is asked for is the whole message, unless the message is more likely something else. */
export function wholeText(
  part: Part,
  asked: readonly Value[],
  others: readonly Value[],
  elsewhere: number,
): readonly PartReading[] {
  const { situation, segment } = part;
  const slot = situation.requested.find(
    ({ type, pattern, choices }) =>
      (type === 'text' || type === 'any') && pattern === undefined && choices.length === 0,
  );
  if (!slot || situation.asks?.choicesFrom !== undefined) return [];
  const value: Value = {
    slot: slot.name,
    value: segment.text.trim(),
    fit: wholeFit(part, slot, asked, others),
    text: segment.text,
    entities: segment.entities,
  };
  const isForced = situation.asks?.forceFilling === true || slot.forceFilling;
  const isRefused = acceptance(situation, slot, segment.text.trim()) < 1;
  const taken = isForced ? 0 : takenElsewhere(part, elsewhere, isRefused);
  const terms = {
    prior: logOf(situation.priors.answer),
    fit: logOf(value.fit),
    residue: logOf(1 - taken),
  };
  return segment.text.trim() === ''
    ? []
    : [{ commands: setCommands([value]), terms, used: segment.entities }];
}

/** Somebody who tells in a sentence what was asked for may well name what another task is about. */
const surestTaskInWords = 0.7;
const sentenceWords = 5;

/** P(the words mean something else than the answer); a bare "yes" or "thanks" answers no question that asks for words. */
function takenElsewhere({ situation, segment, mass }: Part, elsewhere: number, isRefused: boolean): number {
  const own = new Set(situation.task);
  const tasks = mass.ranked.reduce((sum, { intent, probability }) => {
    const flow = situation.bot.flowFor(intent)?.flow;
    return flow !== undefined && !own.has(flow) ? sum + probability : sum;
  }, 0);
  const less = wordCount(segment.text) >= sentenceWords ? Math.max(0, tasks - surestTaskInWords) : 0;
  const courtesy = [...courtesyIntents, 'greet'].reduce((sum, intent) => sum + mass.of(intent), 0);
  // What the slot does not know may be a name; the task asked for again ("a flight first") is none.
  const again = isRefused
    ? mass.ranked.reduce(
        (sum, { intent, probability }) =>
          own.has(situation.bot.flowFor(intent)?.flow ?? '') ? sum + probability : sum,
        0,
      )
    : 0;
  return Math.min(1, elsewhere - less + courtesy + again);
}

/** P(a question is the answer to what was asked for in words). */
const questionIsAnswer = 0.2;

/** P(all the words are the answer), less where values account for some or all of them, or the slot refuses the whole. */
function wholeFit(
  { situation, segment }: Part,
  slot: SlotDefinition,
  asked: readonly Value[],
  others: readonly Value[],
): number {
  const allowed = acceptance(situation, slot, segment.text.trim());
  // What the slot refuses may be a name that it does not know; a sentence is none.
  const accepted = 0.9 * (allowed < 1 ? allowed / wordCount(segment.text) : 1);
  const explained = others.length > 0 && shareLeft(withoutTakingBack(segment.text), others) === 0;
  const partly = asked.some((each) => each.slot === slot.name && each.text !== segment.text.trim());
  const question = asks(segment.text) ? questionIsAnswer : 1;
  return (explained || partly ? accepted * besideEntity : accepted) * question;
}

/** Words, or pairs of characters in scripts without spaces. */
function wordCount(text: string): number {
  return Math.max(1, text.trim().split(/\s+/u).length, (text.match(/\p{Script=Han}/gu)?.length ?? 0) / 2);
}
