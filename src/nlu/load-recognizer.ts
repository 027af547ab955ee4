import { EngineError } from '../errors.ts';
import type { Encoder } from './encoder/encoder.ts';
import { decodeEntityModel } from './entities/entity-model-bytes.ts';
import { createEntityExtractor } from './entities/entity-extractor.ts';
import { decodeIntentModel } from './intent-model-bytes.ts';
import { readModel } from './model-folder.ts';
import { ModelRecognizer } from './model-recognizer.ts';
import { deferStemSentiment } from './nlpjs-sentiment.ts';
import type { ArticleSearch, Recognizer } from './recognizer.ts';
import { createSentiment, type SentimentWords } from './sentiment.ts';
import type { TrainedModel } from './trained-model.ts';

export interface RecognizerOptions {
  /** Searched for every message, so that answering competes with acting. */
  readonly articles?: ArticleSearch | undefined;
  /** The one that the model was trained with; without it the n-grams decide alone. */
  readonly encoder?: Encoder | undefined;
  /** Whether n-grams that are sure decide without asking the encoder; the default is true. */
  readonly shortcut?: boolean | undefined;
}

/**
 * Opens a model's folder.
 *
 * @throws EngineError `MODEL_MISSING`, `MODEL_INVALID` or `ENCODER_MISMATCH`, each with the fix.
 */
export async function loadRecognizer(
  modelFolder: string,
  options: RecognizerOptions = {},
): Promise<Recognizer> {
  return openRecognizer(await readModel(modelFolder), options);
}

/** Makes a recogniser of a model in memory. */
export function openRecognizer(
  { manifest, files }: TrainedModel,
  { articles, encoder, shortcut = true }: RecognizerOptions = {},
): Recognizer {
  if (encoder && encoder.id !== manifest.encoder) {
    const trainedWith =
      manifest.encoder === 'none' ? 'no encoder' : `the encoder ${manifest.encoder.slice(0, 12)}`;
    throw new EngineError(
      'ENCODER_MISMATCH',
      `Model ${manifest.id} was trained with ${trainedWith}, not with ${encoder.id.slice(0, 12)}.`,
      { fix: 'Train again with `usher train`, or name the encoder it was trained with in usher.yml.' },
    );
  }
  const words = JSON.parse(new TextDecoder().decode(files['sentiment.json'])) as SentimentWords;
  return new ModelRecognizer({
    manifest,
    intents: decodeIntentModel(files['intents.bin']),
    entities: createEntityExtractor(decodeEntityModel(files['entities.bin'])),
    sentiment: createSentiment(words, 'en' in words ? deferStemSentiment() : undefined),
    articles,
    encoder,
    shortcut,
  });
}
