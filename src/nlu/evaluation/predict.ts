import type { RecognitionContext, Recognizer, Understanding } from '../recognizer.ts';
import type { TrainingExample } from '../training-example.ts';

/** A test line, what the recogniser made of it, and how long that took. */
export interface Prediction {
  readonly example: TrainingExample;
  readonly understanding: Understanding;
  readonly ms: number;
}

export interface PredictionOptions {
  /** Whether the recogniser is told which question was asked, where a line records it. */
  readonly context: boolean;
  /** A clock with fractions of milliseconds. */
  readonly clock: () => number;
  readonly signal?: AbortSignal | undefined;
}

const WARM_UP = 200;

/** A fixed moment, so that relative dates in test data mean the same every time. */
const NOW = Date.UTC(2026, 0, 15, 12);

/** Understands every line as in a conversation that has just reached it; the first few are run before to warm up. */
export async function predictAll(
  recognizer: Recognizer,
  examples: readonly TrainingExample[],
  { context, clock, signal }: PredictionOptions,
): Promise<Prediction[]> {
  const contextOf = (example: TrainingExample): RecognitionContext => ({
    requested: (context ? (example.requested ?? []) : []).map((slot) => ({
      slot,
      type: 'text',
      entities: [slot],
    })),
    locale: example.locale,
    now: NOW,
    timeZone: 'UTC',
  });
  for (const example of examples.slice(0, WARM_UP))
    await recognizer.recognise(example.text, contextOf(example));

  const predictions: Prediction[] = [];
  for (const example of examples) {
    signal?.throwIfAborted();
    const startedAt = clock();
    const understanding = await recognizer.recognise(example.text, contextOf(example));
    predictions.push({ example, understanding, ms: clock() - startedAt });
  }
  return predictions;
}
