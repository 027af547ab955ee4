import { splitSentences } from '../split-sentences.ts';
import type { PassageEncoder } from './article-index-options.ts';
import { unit, type PassageMeaning } from './nearness.ts';
import type { Passage } from './passage.ts';

const TEXTS_A_CALL = 64;

/** Encodes passages: each under its headings as a whole, and each of its sentences and of its article's questions alone. */
export async function encodePassages(
  passages: readonly Passage[],
  encoder: PassageEncoder,
): Promise<readonly PassageMeaning[]> {
  const wholes = passages.map(({ article, headings, text }) => [article.title, ...headings, text].join('\n'));
  const sentences = passages.map(({ article, text }) =>
    [...splitSentences(text, article.locale), ...(article.questions ?? [])]
      .map((sentence) => sentence.trim())
      .filter((sentence) => sentence !== ''),
  );
  const encoded = await encodeInParts([...wholes, ...sentences.flat()], encoder);
  let next = passages.length;
  return passages.map((_, index) => {
    const { sentence: whole = new Float32Array(), pooled } = encoded[index] ?? {};
    const from = next;
    next += sentences[index]?.length ?? 0;
    return {
      whole,
      pooled: pooled && unit(pooled),
      sentences: encoded.slice(from, next).map(({ sentence }) => sentence),
    };
  });
}

async function encodeInParts(
  texts: readonly string[],
  encoder: PassageEncoder,
): Promise<Awaited<ReturnType<PassageEncoder['encode']>>> {
  const encoded = [];
  for (let start = 0; start < texts.length; start += TEXTS_A_CALL)
    encoded.push(...(await encoder.encode(texts.slice(start, start + TEXTS_A_CALL))));
  return encoded;
}

/** The bytes of vectors side by side; nothing for none. */
export function vectorBytes(...vectors: readonly Float32Array[]): Buffer | null {
  if (vectors.length === 0) return null;
  return Buffer.concat(vectors.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
}

export function readVector(bytes: Buffer): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

export function readVectors(bytes: Buffer | null, width: number): readonly Float32Array[] {
  const numbers = bytes ? readVector(bytes) : new Float32Array();
  return Array.from({ length: numbers.length / width }, (_, index) =>
    numbers.subarray(index * width, (index + 1) * width),
  );
}
