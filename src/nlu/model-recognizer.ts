import type { CallOptions } from '../call-options.ts';
import { cleanText } from './clean-text.ts';
import { structuralLogOdds } from './context-prior.ts';
import { detectLocale } from './detect-locale.ts';
import type { Encoder } from './encoder/encoder.ts';
import { sentenceVector } from './encoder/sentence-vector.ts';
import type { EntityExtractor } from './entities/entity-extractor.ts';
import { highestPlace, highestPlaces } from './highest-places.ts';
import {
  classify,
  createWorkspace,
  decide,
  type Decision,
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
import type { Stretch } from './split-clauses.ts';
import type { ModelManifest } from './trained-model.ts';

export interface RecognizerParts {
  readonly manifest: ModelManifest;
  readonly intents: IntentModel;
  readonly entities: EntityExtractor;
  readonly sentiment: Sentiment;
  readonly articles?: ArticleSearch | undefined;
  readonly encoder?: Encoder | undefined;
  /** Whether n-grams that are sure decide without asking the encoder. */
  readonly shortcut: boolean;
}

const MOST_INTENTS = 10;
/** Below this an intent is noise; the likeliest few are named all the same. */
const LEAST_PROBABILITY = 1e-4;
const LEAST_INTENTS = 3;
const MOST_NEIGHBOURS = 3;

/** What the encoder made of some texts; nothing when it failed, and then why. */
interface SentenceVectors {
  readonly vectors: readonly Float32Array[];
  readonly notes: readonly string[];
}

/** A message's context, and whether it is in a language that nothing was learned in. */
interface Reading extends RecognitionContext {
  readonly transferred: boolean;
}

interface Segments {
  readonly segments: readonly Segment[];
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
    const { locale, reliable, language } = detectLocale(text, this.#parts.manifest.locales, context.locale);
    const transferred = this.#isTransferred(language);
    const entities = this.#parts.entities.extract(text, {
      locale,
      requested: context.requested,
      now: context.now,
      timeZone: context.timeZone,
    });
    const { segments, notes: encoderNotes } = await this.#segments(
      text,
      entities,
      { ...context, transferred },
      options,
    );
    // What is surely a request is no question to an article.
    const asks = segments.some(({ shortcut }) => shortcut !== true);
    return {
      text,
      locale,
      localeReliable: reliable,
      sentiment: this.#parts.sentiment(text, locale),
      segments,
      articles: asks ? await this.#articles(text, locale, options) : [],
      notes: [
        ...notes,
        ...(transferred ? [`nothing was learned in '${language}': understood by meaning alone`] : []),
        ...encoderNotes,
      ],
    };
  }

  /** Whether a text in a language is understood by what was learned in others. */
  #isTransferred(language: string): boolean {
    const { manifest, intents, encoder } = this.#parts;
    return intents.sentences !== undefined && encoder !== undefined && !manifest.learned.includes(language);
  }

  async #articles(text: string, locale: string, options: CallOptions): Promise<readonly ArticleMatch[]> {
    if (text === '' || this.#parts.articles === undefined) return [];
    return this.#parts.articles.search(text, locale, options);
  }

  /** The whole text, or its requests when it makes several. */
  async #segments(
    text: string,
    entities: readonly Entity[],
    context: Reading,
    options: CallOptions,
  ): Promise<Segments> {
    const all = await this.#decide(text, [{ start: 0, end: text.length }], entities, context, options);
    // Where to cut, only n-grams can say.
    if (context.transferred) return all;
    const clauses = segmentText(
      text,
      all.segments[0]?.intents ?? [],
      (clause) => this.#read(clause),
      entities.map(({ entity, start, end }) => ({ start, end, isStretchOfDays: entity === 'date_range' })),
    );
    return clauses.length < 2 ? all : this.#decide(text, clauses, entities, context, options);
  }

  /** Decides on stretches of a text: the n-grams alone where they are sure, on the others with the encoder, asked once. */
  async #decide(
    text: string,
    stretches: readonly Stretch[],
    entities: readonly Entity[],
    context: Reading,
    options: CallOptions,
  ): Promise<Segments> {
    const sure = stretches.map((stretch) => this.#shortcut(text, stretch, entities, context));
    const unsure = stretches.filter((_, index) => sure[index] === undefined);
    const { vectors, notes } = await this.#encode(
      unsure.map(({ start, end }) => text.slice(start, end)),
      options,
    );
    const segments = stretches.map(
      (stretch, index) =>
        sure[index] ?? this.#segment(text, stretch, entities, context, vectors[unsure.indexOf(stretch)]),
    );
    return { segments, notes };
  }

  /** What the n-grams decide where they need not ask the encoder. */
  #shortcut(
    text: string,
    stretch: Stretch,
    entities: readonly Entity[],
    context: Reading,
  ): Segment | undefined {
    const { intents, shortcut } = this.#parts;
    if (!shortcut || !intents.sentences || context.transferred) return undefined;
    classify(intents, text.slice(stretch.start, stretch.end), this.#work);
    const decision = decide(intents, this.#work);
    if (decision.confidence <= intents.sentences.shortcut) return undefined;
    return { ...this.#describe(text, stretch, entities, context, decision), shortcut: true };
  }

  #segment(
    text: string,
    stretch: Stretch,
    entities: readonly Entity[],
    context: Reading,
    sentence: Float32Array | undefined,
  ): Segment {
    const words = text.slice(stretch.start, stretch.end);
    const { intents } = this.#parts;
    classify(intents, words, this.#work, sentence, context.transferred);
    return this.#describe(text, stretch, entities, context, decide(intents, this.#work));
  }

  /** A failing encoder leaves the n-grams to answer. */
  async #encode(texts: readonly string[], options: CallOptions): Promise<SentenceVectors> {
    const { encoder, intents } = this.#parts;
    if (!intents.sentences || texts.length === 0) return { vectors: [], notes: [] };
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

  /** The segment that the last classification was of. */
  #describe(
    text: string,
    { start, end }: Stretch,
    entities: readonly Entity[],
    context: RecognitionContext,
    { outOfScope, accepted }: Decision,
  ): Segment {
    const { intents } = this.#parts;
    return {
      start,
      end,
      text: text.slice(start, end),
      intents: rankIntents(intents, this.#work, context),
      outOfScope,
      accepted,
      entities: entities.filter((entity) => entity.start >= start && entity.start < end),
      nearest: nearestUtterances(intents, this.#work),
    };
  }
}

function rankIntents({ intents }: IntentModel, work: Workspace, context: RecognitionContext): RankedIntent[] {
  return highestPlaces(work.probabilities, MOST_INTENTS)
    .map((place) => ({ place, probability: work.probabilities[place] ?? 0 }))
    .filter(({ probability }, rank) => rank < LEAST_INTENTS || probability >= LEAST_PROBABILITY)
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
