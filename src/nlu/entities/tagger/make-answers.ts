import { foldText } from '../fold-text.ts';
import { labelTokens } from './annotate-tokens.ts';
import type { PreparedSentence } from './prepared-sentence.ts';
import { splitTokens } from './split-tokens.ts';
import { tagKey, type TagSet } from './tag-set.ts';
import { viewSentence } from './token-features.ts';

const perType = 20;
/** Sentences without an answer, for each span: what is asked is often not what is said. */
const othersPerSpan = 3;

/**
 * Makes up answers to questions that no example records: annotated spans alone, as they are and in letters that no one has
 * seen, the sentences that they stand in, and more sentences that hold nothing of what was asked.
 */
export function makeAnswers(
  sentences: readonly PreparedSentence[],
  tags: TagSet,
  random: () => number,
): readonly PreparedSentence[] {
  const answers: PreparedSentence[] = [];
  const recorded = new Set(sentences.flatMap(({ requested }) => requested));
  const made = tags.types.map(() => new Set<string>());
  for (const sentence of sentences) {
    for (const { first, last, type } of sentence.annotated) {
      const tag = tags.types[type];
      const seen = made[type];
      if (!tag || !seen || seen.size >= perType || recorded.has(tagKey(tag)) || recorded.has(tag.entity))
        continue;
      const surface = sentence.tokens.text.slice(sentence.tokens.starts[first], sentence.tokens.ends[last]);
      if (seen.has(surface)) continue;
      seen.add(surface);
      const requested = [tagKey(tag)];
      const marks = sentence.view.marks.map((column) => column.slice(first, last + 1));
      const unknown = marks.map((column) => new Int32Array(column.length));
      answers.push(
        answerOf(surface, type, requested, marks, sentence.view.familiar.slice(first, last + 1)),
        answerOf(scramble(surface, random), type, requested, unknown, new Uint8Array(last - first + 1)),
        { ...sentence, requested },
      );
      for (let k = 0; k < othersPerSpan; k++) {
        const other = sentences[Math.floor(random() * sentences.length)];
        if (other?.annotated.every((annotation) => annotation.type !== type))
          answers.push({ ...other, requested });
      }
    }
  }
  return answers;
}

function answerOf(
  text: string,
  type: number,
  requested: readonly string[],
  marks: readonly Int32Array[],
  familiar: Uint8Array,
): PreparedSentence {
  const tokens = splitTokens(text, foldText(text));
  const annotated = [{ first: 0, last: tokens.starts.length - 1, type }];
  const view = viewSentence(tokens, marks, 0, familiar);
  return { tokens, annotated, labels: labelTokens(view.count, annotated), view, requested };
}

/** Puts other letters and digits in the place of each, so that only length and shape are left. */
function scramble(text: string, random: () => number): string {
  const among = (from: string): string => from.charAt(Math.floor(random() * from.length));
  return text
    .replace(/[a-z]/g, () => among('abcdefghijklmnopqrstuvwxyz'))
    .replace(/[A-Z]/g, () => among('ABCDEFGHIJKLMNOPQRSTUVWXYZ'))
    .replace(/\d/g, () => among('0123456789'));
}
