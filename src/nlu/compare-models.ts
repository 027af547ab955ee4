import type { CallOptions } from '../call-options.ts';
import type { RecognitionContext, Recognizer } from './recognizer.ts';
import type { ModelManifest } from './trained-model.ts';

/** What a new model does differently from the one that answers now. */
export interface ModelComparison {
  /** Held-out accuracy, new minus old. */
  readonly accuracyChange: number;
  /** Intents that exist in both and whose held-out recall moved, the largest loss first. */
  readonly intents: readonly IntentChange[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Utterances that the two understand differently. */
  readonly flipped: readonly Flip[];
}

export interface IntentChange {
  readonly intent: string;
  readonly before: number;
  readonly after: number;
  /** Held-out texts that the new model mistakes for something else, at most three. */
  readonly mistaken: readonly string[];
}

export interface Flip {
  readonly text: string;
  /** The best intent, or `none` when it is not acted on. */
  readonly before: string;
  readonly after: string;
}

/** Smaller movements of an intent's recall are noise. */
const NOTABLE = 0.05;

export interface ComparedModel {
  readonly manifest: ModelManifest;
  /** Absent for a model that this engine cannot open; then nothing is known to have flipped. */
  readonly recognizer: Recognizer | undefined;
}

/**
 * Compares a new model with the promoted one, on what each measured of itself and on utterances that matter.
 *
 * @param utterances - What people say in the golden dialogues.
 */
export async function compareModels(
  before: ComparedModel,
  after: ComparedModel,
  utterances: readonly string[],
  options: CallOptions = {},
): Promise<ModelComparison> {
  const [old, now] = [before.manifest.metrics, after.manifest.metrics];
  const names = (metrics: typeof old): readonly string[] => Object.keys(metrics.heldOutRecall);
  return {
    accuracyChange: now.heldOutAccuracy - old.heldOutAccuracy,
    intents: changesOf(before.manifest, after.manifest),
    added: names(now).filter((name) => !(name in old.heldOutRecall)),
    removed: names(old).filter((name) => !(name in now.heldOutRecall)),
    flipped: await flipsOf(before.recognizer, after.recognizer, new Set(utterances), options),
  };
}

async function flipsOf(
  old: Recognizer | undefined,
  now: Recognizer | undefined,
  utterances: ReadonlySet<string>,
  options: CallOptions,
): Promise<Flip[]> {
  if (!old || !now) return [];
  const flipped: Flip[] = [];
  for (const text of utterances) {
    options.signal?.throwIfAborted();
    const [before, after] = [await bestIntent(old, text, options), await bestIntent(now, text, options)];
    if (before !== after) flipped.push({ text, before, after });
  }
  return flipped;
}

function changesOf({ metrics: old }: ModelManifest, { metrics: now }: ModelManifest): IntentChange[] {
  return Object.entries(now.heldOutRecall)
    .flatMap(([intent, after]) => {
      const before = old.heldOutRecall[intent];
      if (before === undefined || Math.abs(after - before) < NOTABLE) return [];
      const mistaken = now.confusions
        .filter(({ expected }) => expected === intent)
        .flatMap(({ texts }) => texts);
      return [{ intent, before, after, mistaken: mistaken.slice(0, 3) }];
    })
    .sort((a, b) => a.after - a.before - (b.after - b.before));
}

async function bestIntent(recognizer: Recognizer, text: string, options: CallOptions): Promise<string> {
  const { segments } = await recognizer.recognise(text, neutral, options);
  const named = segments.map(({ accepted, intents }) => (accepted ? (intents[0]?.intent ?? 'none') : 'none'));
  return named.join(' + ');
}

const neutral: RecognitionContext = { requested: [], now: 0, timeZone: 'UTC' };
