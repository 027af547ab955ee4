import { expect, test } from 'vitest';
import { parseQuestions } from '../../../src/generation/knowledge/questions.ts';
import { scoreAnswers } from '../../../src/generation/knowledge/score-answers.ts';

const asked = (article: string | null, ...found: readonly (readonly [string, number])[]) => ({
  question: { question: 'q', locale: 'en', article },
  found: found.map(([id, score]) => ({ article: id, score })),
});

test('hits, ranks and silence are counted over the questions that they are about', () => {
  const scores = scoreAnswers(
    [
      asked('a', ['a', 0.9], ['b', 0.1]),
      asked('a', ['b', 0.8], ['a', 0.7]),
      asked('a', ['b', 0.2]),
      asked('c', ['c', 0.2]),
      asked(null, ['a', 0.1]),
      asked(null, ['a', 0.6]),
      asked(null),
    ],
    0.5,
  );
  expect(scores).toEqual({
    answerable: 4,
    unanswerable: 3,
    hitAt1: 2 / 4,
    hitAt5: 3 / 4,
    meanReciprocalRank: (1 + 1 / 2 + 0 + 1) / 4,
    rightlySilent: 2 / 3,
    rightlyAnswered: 1 / 4,
    wronglyAnswered: 1 / 4,
  });
});

test('shares of nothing are null', () => {
  expect(scoreAnswers([asked(null)], 0.5)).toMatchObject({ hitAt1: null, rightlySilent: 1 });
});

test('a line that is no question is an error with its place', () => {
  const good = '{"question":"when?","locale":"en","article":null}';
  expect(parseQuestions('q.jsonl', `${good}\n\n`)).toHaveLength(1);
  expect(() => parseQuestions('q.jsonl', `${good}\n{"question":"when?"}`)).toThrow(
    expect.objectContaining({ code: 'DATA_INVALID', message: 'q.jsonl:2 is no question.' }) as Error,
  );
});
