import { expect, test } from 'vitest';
import { foldText } from '../../../src/nlu/entities/fold-text.ts';
import {
  countWordPlaces,
  familiarWithout,
  packFamiliar,
} from '../../../src/nlu/entities/tagger/familiar-words.ts';
import { hashUnits } from '../../../src/nlu/entities/tagger/hash.ts';
import type { AnnotatedTokens } from '../../../src/nlu/entities/tagger/phrase-knowledge.ts';
import { splitTokens, type Tokens } from '../../../src/nlu/entities/tagger/split-tokens.ts';

function sentence(
  text: string,
  first = -1,
): { readonly tokens: Tokens; readonly annotated: AnnotatedTokens[] } {
  const tokens = splitTokens(text, foldText(text));
  return { tokens, annotated: first < 0 ? [] : [{ first, last: first, type: 0 }] };
}

const sentences = [sentence('send it to Lyon', 3), sentence('ship it to Lyon', 3), sentence('is it in Lyon')];
const places = countWordPlaces(sentences);

test('a word is familiar that examples show outside of spans twice, and hardly ever inside', () => {
  expect(packFamiliar(places)).toEqual(Int32Array.of(hashUnits('it', 0, 2), hashUnits('to', 0, 2)));
});

test('a sentence does not make its own words familiar', () => {
  const [first = sentence('')] = sentences;
  expect(familiarWithout(places, first)).toEqual(Uint8Array.of(0, 1, 0, 0));
});
