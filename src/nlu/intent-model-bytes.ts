import type { JsonObject } from '../json.ts';
import { decodeSections, encodeSections } from './binary-sections.ts';
import { denseClassifierBytes, readDenseClassifier } from './encoder/dense-classifier.ts';
import type { IntentModel } from './intent-classifier.ts';
import type { Rejector } from './rejector.ts';
import type { StackWeights } from './stack-weights.ts';
import { rowsOfIntents } from './vector-neighbours.ts';
import type { VectorSettings } from './vectorize.ts';
import { createVocabulary } from './vocabulary.ts';

interface IntentFields {
  readonly intents: readonly string[];
  readonly vector: VectorSettings;
  readonly unseen: number;
  readonly temperature: number;
  readonly rejector: Rejector;
  readonly utterances: readonly string[];
  readonly sentences?: SentenceFields | undefined;
}

interface SentenceFields {
  readonly stack: StackWeights;
  readonly rejector: Rejector;
  readonly dimensions: number;
  readonly shortcut: number;
}

export function encodeIntentModel(model: IntentModel): Uint8Array {
  const { intents, vectorizer, weights, temperature, rejector, neighbours, utterances, sentences } = model;
  const fields: IntentFields = {
    intents,
    vector: vectorizer.settings,
    unseen: vectorizer.unseen,
    temperature,
    rejector,
    utterances,
    sentences: sentences && {
      stack: sentences.stack,
      rejector: sentences.rejector,
      dimensions: sentences.vectors.dimensions,
      shortcut: sentences.shortcut,
    },
  };
  return encodeSections({
    fields: fields as unknown as JsonObject,
    arrays: {
      hashes: vectorizer.vocabulary.hashes,
      idf: vectorizer.vocabulary.idf,
      codes: weights.codes,
      scales: weights.scales,
      bias: weights.bias,
      neighbourStarts: neighbours.starts,
      neighbourPostings: neighbours.postings,
      neighbourValues: neighbours.values,
      utteranceIntents: model.utteranceIntents,
      ...(sentences && {
        denseClassifier: denseClassifierBytes(sentences.classifier),
        vectorCodes: sentences.vectors.codes,
        vectorScales: sentences.vectors.scales,
      }),
    },
  });
}

/** @throws EngineError `MODEL_INVALID` when the bytes are damaged. */
export function decodeIntentModel(bytes: Uint8Array): IntentModel {
  const { fields, arrays } = decodeSections(bytes);
  // The manifest's checksum has vouched for the bytes, so the shapes are those that were written.
  const { intents, vector, unseen, temperature, rejector, utterances, sentences } =
    fields as unknown as IntentFields;
  const vocabulary = createVocabulary(arrays['hashes'] as Uint32Array, arrays['idf'] as Float32Array);
  return {
    intents,
    vectorizer: { settings: vector, vocabulary, unseen },
    weights: {
      features: vocabulary.size,
      classes: (arrays['bias'] as Float32Array).length,
      codes: arrays['codes'] as Int8Array,
      scales: arrays['scales'] as Float32Array,
      bias: arrays['bias'] as Float32Array,
    },
    temperature,
    rejector,
    neighbours: {
      rows: utterances.length,
      starts: arrays['neighbourStarts'] as Uint32Array,
      postings: arrays['neighbourPostings'] as Uint32Array,
      values: arrays['neighbourValues'] as Float32Array,
    },
    utterances,
    utteranceIntents: arrays['utteranceIntents'] as Uint16Array,
    sentences: sentences && {
      classifier: readDenseClassifier(arrays['denseClassifier'] as Uint8Array),
      stack: sentences.stack,
      rejector: sentences.rejector,
      shortcut: sentences.shortcut,
      vectors: {
        dimensions: sentences.dimensions,
        codes: arrays['vectorCodes'] as Int8Array,
        scales: arrays['vectorScales'] as Float32Array,
        rowsOf: rowsOfIntents(arrays['utteranceIntents'] as Uint16Array, intents.length),
      },
    },
  };
}
