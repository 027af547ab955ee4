import type { Locale } from '../message.ts';
import { attachSynonyms } from './attach-synonyms.ts';
import { languageOf } from './detect-locale.ts';
import { hashBytes } from './hash-bytes.ts';
import type { SentimentWords } from './sentiment.ts';
import { builtinSentimentWords, builtinTrainingData } from './builtin-data.ts';
import { trainEntityModel } from './entities/train-entity-model.ts';
import { encodeEntityModel } from './entities/entity-model-bytes.ts';
import { encodeIntentModel } from './intent-model-bytes.ts';
import { defaultRejectorSettings } from './rejector.ts';
import type { Encoder } from './encoder/encoder.ts';
import { encodeAll } from './encoder/encode-all.ts';
import { intentWords } from './intent-words.ts';
import { defaultIntentSettings, trainIntents } from './train-intents.ts';
import { modelFormat, type ModelManifest, type TrainedModel } from './trained-model.ts';
import type { TrainingData, TrainingExample } from './training-example.ts';
import { outOfScopeIntent, type SentenceVectors } from './training-table.ts';

export interface TrainOptions {
  /** The bot's, the default first. */
  readonly locales: readonly Locale[];
  readonly seed?: number | undefined;
  /** What acting on a wrong reading costs, in units of asking once more; the default is 0.8. */
  readonly wrongCost?: number | undefined;
  /** Identifies what the model was made from; by default a hash of the data. */
  readonly dataHash?: string | undefined;
  /** Examples that tune calibration and rejection, and never train. */
  readonly valid?: readonly TrainingExample[] | undefined;
  /** Whether the intents that ship with the engine are learned too; the default is true. */
  readonly builtin?: boolean | undefined;
  readonly engineVersion?: string | undefined;
  /** Learns beside the n-grams; the model then needs the same one. */
  readonly encoder?: Encoder | undefined;
  /** Where sentence vectors are kept from one training to the next. */
  readonly cacheFolder?: string | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
  /** Called when the n-grams of all examples are learned: one fit of the intents, without calibration. */
  readonly onFitted?: (() => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface TrainProgress {
  /** Share of the work done, 0 to 1. */
  readonly share: number;
  /** What is being done now. */
  readonly step: string;
}

/** Share of the work that the entities take, for the progress bar. */
const ENTITY_SHARE = 0.3;
/** Share that encoding takes, when there is an encoder. */
const ENCODER_SHARE = 0.2;

/**
 * Trains a recogniser on a bot's data and on the examples that ship with the engine.
 *
 * Deterministic: the same data, options and version of Node give the same bytes.
 * @throws `signal.reason` when aborted.
 */
export async function trainModel(data: TrainingData, options: TrainOptions): Promise<TrainedModel> {
  const { locales, seed = 1, wrongCost = defaultRejectorSettings.wrongCost, onProgress, signal } = options;
  const builtin = options.builtin === false ? [] : builtinTrainingData(locales).examples;
  const examples = uniqueExamples([...data.examples, ...(data.descriptions ?? []), ...builtin]);

  const encoded = await encodeExamples([...examples, ...(options.valid ?? [])], options);
  const { model: intents, heldOut } = await trainIntents(
    examples,
    options.valid ?? [],
    {
      ...defaultIntentSettings,
      seed,
      rejector: { wrongCost, outOfScopeShare: outOfScopeShare(data.examples) },
    },
    {
      onProgress: (share, step) => {
        const from = options.encoder ? ENCODER_SHARE : 0;
        onProgress?.({ share: from + share * (1 - ENTITY_SHARE - from), step: `intents: ${step}` });
      },
      onFitted: options.onFitted,
      signal,
    },
    encoded,
  );
  const { lists, patterns } = attachSynonyms(data);
  // What is said to every bot holds none of its entities: the tagger learns that too.
  const entityModel = trainEntityModel(
    { examples: [...data.examples, ...builtin], lists, patterns },
    {
      locales,
      seed,
      onProgress: (share) => onProgress?.({ share: 1 - ENTITY_SHARE * (1 - share), step: 'entities' }),
      ...(signal ? { signal } : {}),
    },
  );
  const files = {
    'intents.bin': encodeIntentModel(intents),
    'entities.bin': encodeEntityModel(entityModel),
    'sentiment.json': encodeJson(pickLanguages(builtinSentimentWords(), locales)),
  };
  const { rejector } = intents.sentences ?? intents;
  return sealModel(files, {
    format: modelFormat,
    engineVersion: options.engineVersion ?? 'unknown',
    icu: process.versions['icu'] ?? 'none',
    locales,
    learned: learnedLanguages(data.examples),
    dataHash: options.dataHash ?? hashBytes(encodeJson([data, examples.length])),
    seed,
    wrongCost,
    encoder: options.encoder?.id ?? 'none',
    metrics: {
      examples: examples.length,
      intents: intents.intents.length,
      heldOutAccuracy: heldOut?.accuracy ?? 0,
      heldOutRecall: Object.fromEntries(
        (heldOut?.perIntent ?? []).map(({ intent, recall }) => [intent, recall]),
      ),
      confusions: heldOut?.confusions ?? [],
      temperature: intents.temperature,
      threshold: rejector.threshold,
      rejectorBasis: rejector.basis,
    },
  });
}

/** The vectors of all texts and of the intents' names; none where there are no intents. */
async function encodeExamples(
  examples: readonly TrainingExample[],
  { encoder, cacheFolder, onProgress, signal }: TrainOptions,
): Promise<SentenceVectors | undefined> {
  const texts = examples.flatMap(({ text, intent }) =>
    intent === undefined ? [] : [text, intentWords(intent)],
  );
  if (!encoder || texts.length === 0) return undefined;
  const byText = await encodeAll(encoder, texts, {
    cacheFolder,
    onProgress: (share) => onProgress?.({ share: share * ENCODER_SHARE, step: 'sentence vectors' }),
    signal,
  });
  return { dimensions: encoder.dimensions, byText };
}

/** A language counts that has a twentieth of the examples of the one with most. */
const LEARNED_SHARE = 0.05;

function learnedLanguages(examples: readonly TrainingExample[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { locale, intent } of examples) {
    const language = languageOf(locale);
    if (intent !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const most = Math.max(0, ...counts.values());
  return [...counts].flatMap(([language, count]) => (count >= most * LEARNED_SHARE ? [language] : [])).sort();
}

/** How many messages are expected out of scope: as many as among the bot's own examples, within reason. */
function outOfScopeShare(examples: readonly TrainingExample[]): number {
  const labelled = examples.filter(({ intent }) => intent !== undefined);
  const outside = labelled.filter(({ intent }) => intent === outOfScopeIntent).length;
  const share = outside / Math.max(1, labelled.length);
  return Math.min(0.3, Math.max(defaultRejectorSettings.outOfScopeShare, share));
}

/** One of each text, intent and language: twins weigh nothing more, and would be held out from each other. */
function uniqueExamples(examples: readonly TrainingExample[]): TrainingExample[] {
  const byKey = new Map(examples.map((example) => [JSON.stringify([example.text, example.intent]), example]));
  return [...byKey.values()];
}

function pickLanguages(words: SentimentWords, locales: readonly Locale[]): SentimentWords {
  const languages = new Set(locales.map(languageOf));
  return Object.fromEntries(Object.entries(words).filter(([language]) => languages.has(language)));
}

function sealModel(
  files: TrainedModel['files'],
  described: Omit<ModelManifest, 'id' | 'files'>,
): TrainedModel {
  const hashes = {
    'intents.bin': hashBytes(files['intents.bin']),
    'entities.bin': hashBytes(files['entities.bin']),
    'sentiment.json': hashBytes(files['sentiment.json']),
  };
  const id = hashBytes(encodeJson({ ...described, files: hashes })).slice(0, 16);
  return { manifest: { ...described, id, files: hashes }, files };
}

function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
