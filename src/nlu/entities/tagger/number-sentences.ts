import { requestOf } from './context-features.ts';
import { hashInside, hashRequest, hashView } from './hash-view.ts';
import { FeatureNumbers } from './number-features.ts';
import type { AskedFeatures, NumberedSentence } from './numbered-sentence.ts';
import type { PreparedSentence } from './prepared-sentence.ts';
import type { TagSet } from './tag-set.ts';

export interface NumberedSentences {
  readonly sentences: readonly NumberedSentence[];
  /** Features that hold whatever was asked. */
  readonly numbers: FeatureNumbers;
  /** Features that hold because of what was asked. */
  readonly askedNumbers: FeatureNumbers;
}

/** Numbers sentences as they stand, and, where they answer a question, once more with the question. */
export function numberSentences(
  sentences: readonly PreparedSentence[],
  made: readonly PreparedSentence[],
  tags: TagSet,
): NumberedSentences {
  const numbers = new FeatureNumbers();
  const askedNumbers = new FeatureNumbers();
  const withQuestion = (answer: PreparedSentence): AskedFeatures => {
    const request = requestOf(
      answer.requested.map((name) => [name]),
      tags.types,
    );
    return {
      begins: askedNumbers.number(hashRequest(answer.view, request)),
      goesOn: askedNumbers.number(hashInside(answer.view, request)),
      types: request.types,
    };
  };
  const plain = sentences.map(({ view, labels }, example): NumberedSentence => ({
    ...numbers.number(hashView(view)),
    labels,
    example,
  }));
  const recorded = sentences.flatMap((sentence, i) => {
    const words = plain[i];
    return words && sentence.requested.length > 0 ? [{ ...words, asked: withQuestion(sentence) }] : [];
  });
  const answered = made.map((answer): NumberedSentence => ({
    ...numbers.numberKnown(hashView(answer.view)),
    labels: answer.labels,
    example: -1,
    asked: withQuestion(answer),
  }));
  return { sentences: [...plain, ...recorded, ...answered], numbers, askedNumbers };
}
