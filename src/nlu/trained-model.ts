import type { Locale } from '../message.ts';
import type { Confusion } from './evaluation/evaluation-report.ts';

/** A model as training leaves it: what its folder holds. */
export interface TrainedModel {
  readonly manifest: ModelManifest;
  /** By name; `manifest.json` is not among them. */
  readonly files: Readonly<Record<ModelFile, Uint8Array>>;
}

export type ModelFile = 'intents.bin' | 'entities.bin' | 'sentiment.json';

/** What a model is and where it came from: `manifest.json` in its folder. */
export interface ModelManifest {
  /** Of the folder's layout; another one is refused. */
  readonly format: number;
  /** Content hash of the files; also the folder's name. */
  readonly id: string;
  readonly engineVersion: string;
  /** `Intl.Segmenter` follows it, so that a model is only good for one. */
  readonly icu: string;
  /** The bot's, the default first. */
  readonly locales: readonly Locale[];
  /** Languages that the bot has examples in; what is said in others is understood by meaning alone. */
  readonly learned: readonly string[];
  readonly dataHash: string;
  readonly seed: number;
  readonly wrongCost: number;
  /** The encoder's id, or `none`. */
  readonly encoder: string;
  readonly metrics: ModelMetrics;
  /** SHA-256 of each file. */
  readonly files: Readonly<Record<ModelFile, string>>;
}

export interface ModelMetrics {
  readonly examples: number;
  readonly intents: number;
  /** Share of held-out rows whose best intent is right; 0 when nothing could be held out. */
  readonly heldOutAccuracy: number;
  /** Recall of each intent on held-out rows. */
  readonly heldOutRecall: Readonly<Record<string, number>>;
  /** What held-out rows are mistaken for, most frequent first. */
  readonly confusions: readonly Confusion[];
  readonly temperature: number;
  readonly threshold: number;
  readonly rejectorBasis: string;
}

export const modelFormat = 7;
