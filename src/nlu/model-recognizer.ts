import type { CallOptions } from '../call-options.ts';
import { cleanText } from './clean-text.ts';
import { structuralLogOdds } from './context-prior.ts';
import { detectLocale } from './detect-locale.ts';
import type { Encoder } from './encoder/encoder.ts';
import { sentenceVector } from './encoder/sentence-vector.ts';
import type { EntityExtractor } from './entities/entity-extractor.ts';
import {
  classify,
  createWorkspace,
  decide,
  highestPlace,
  type IntentModel,
  type Workspace,
} from './intent-classifier.ts';
import type {
  ArticleMatch,
  ArticleSearch,
  Entity,
  Neighbour,
  RankedIntent,
  RecognitionContext,
  Recognizer,
  Segment,
  Understanding,
} from './recognizer.ts';
import { segmentText, type ClauseReading } from './segment-text.ts';
import type { Sentiment } from './sentiment.ts';
import type { ModelManifest } from './trained-model.ts';

export interface RecognizerParts {
  readonly manifest: ModelManifest;
  readonly intents: IntentModel;
  readonly entities: EntityExtractor;
  readonly sentiment: Sentiment;
  readonly articles?: ArticleSearch | undefined;
  readonly encoder?: Encoder | undefined;
}

const MOST_INTENTS = 10;
const MOST_NEIGHBOURS = 3;

/** What the encoder made of some texts; nothing when it failed, and then why. */
interface SentenceVectors {
  readonly vectors: readonly Float32Array[];
  readonly notes: readonly string[];
}

/** A recogniser over a trained model: n-grams and sentence vectors decide on intents, taggers and recognisers find entities. */
export class ModelRecognizer implements Recognizer {
  readonly modelId: string;
  readonly #parts: RecognizerParts;
  readonly #work: Workspace;

  constructor(parts: RecognizerParts) {
    this.modelId = parts.manifest.id;
    this.#parts = parts;
    this.#work = createWorkspace(parts.intents);
  }

  async recognise(
    received: string,
    context: RecognitionContext,
    options: CallOptions = {},
  ): Promise<Understanding> {
    const { text, notes } = cleanText(received);
    const { locale, reliable } = detectLocale(text, this.#parts.manifest.locales, context.locale);
    const entities = this.#parts.entities.extract(text, {
      locale,
      requested: context.requested,
      now: context.now,
      timeZone: context.timeZone,
    });
    const { segments, notes: encoderNotes } = await this.#segments(text, entities, context, options);
    return {
      text,
      locale,
      localeReliable: reliable,
      sentiment: this.#parts.sentiment(text, locale),
      segments,
      articles: await this.#articles(text, locale, options),
      notes: [...notes, ...encoderNotes],
    };
  }

  async #articles(text: string, locale: string, options: CallOptions): Promise<readonly ArticleMatch[]> {
    if (text === '' || this.#parts.articles === undefined) return [];
    return this.#parts.articles.search(text, locale, options);
  }

  /** The whole text, or its requests when it makes several. */
  async #segments(
    text: string,
    entities: readonly Entity[],
    context: RecognitionContext,
    options: CallOptions,
  ): Promise<{ readonly segments: readonly Segment[]; readonly notes: readonly string[] }> {
    const { vectors, notes } = await this.#encode([text], options);
    const whole = this.#segment(text, 0, text.length, entities, context, vectors[0]);
    const clauses = segmentText(text, whole.intents, (clause) => this.#read(clause));
    if (clauses.length < 2) return { segments: [whole], notes };
    const encoded = await this.#encode(
      clauses.map(({ start, end }) => text.slice(start, end)),
      options,
    );
    const segments = clauses.map(({ start, end }, index) =>
      this.#segment(text, start, end, entities, context, encoded.vectors[index]),
    );
    return { segments, notes: encoded.notes };
  }

  /** A failing encoder leaves the n-grams to answer. */
  async #encode(texts: readonly string[], options: CallOptions): Promise<SentenceVectors> {
    const { encoder, intents } = this.#parts;
    if (!intents.sentences) return { vectors: [], notes: [] };
    if (!encoder) return { vectors: [], notes: ['no encoder: n-grams decided alone'] };
    try {
      const encodings = await encoder.encode(texts, options);
      return { vectors: encodings.map(sentenceVector), notes: [] };
    } catch (error) {
      options.signal?.throwIfAborted();
      const why = error instanceof Error ? error.message : String(error);
      return { vectors: [], notes: [`encoder failed, n-grams decided alone: ${why}`] };
    }
  }

  #read(clause: string): ClauseReading {
    const { intents } = this.#parts;
    classify(intents, clause, this.#work);
    const best = highestPlace(this.#work.probabilities);
    return {
      intent: intents.intents[best] ?? '',
      probability: this.#work.probabilities[best] ?? 0,
      accepted: decide(intents, this.#work).accepted,
    };
  }

  #segment(
    text: string,
    start: number,
    end: number,
    entities: readonly Entity[],
    context: RecognitionContext,
    sentence: Float32Array | undefined,
  ): Segment {
    const { intents } = this.#parts;
    const words = text.slice(start, end);
    classify(intents, words, this.#work, sentence);
    const { outOfScope, accepted } = decide(intents, this.#work);
    return {
      start,
      end,
      text: words,
      intents: rankIntents(intents, this.#work, context),
      outOfScope,
      accepted,
      entities: entities.filter((entity) => entity.start >= start && entity.start < end),
      nearest: nearestUtterances(intents, this.#work),
    };
  }
}

function rankIntents({ intents }: IntentModel, work: Workspace, context: RecognitionContext): RankedIntent[] {
  return Array.from(work.probabilities, (probability, place) => ({ probability, place }))
    .sort((a, b) => b.probability - a.probability || a.place - b.place)
    .slice(0, MOST_INTENTS)
    .map(({ probability, place }) => {
      const intent = intents[place] ?? '';
      return { intent, probability, contextLogOdds: structuralLogOdds(intent, context) };
    });
}

function nearestUtterances(
  { utterances, utteranceIntents, intents }: IntentModel,
  work: Workspace,
): Neighbour[] {
  const { rows, scores, found } = work.neighbours;
  return Array.from({ length: Math.min(found, MOST_NEIGHBOURS) }, (_, place) => {
    const row = rows[place] ?? 0;
    return {
      text: utterances[row] ?? '',
      intent: intents[utteranceIntents[row] ?? 0] ?? '',
      similarity: scores[place] ?? 0,
    };
  });
}
