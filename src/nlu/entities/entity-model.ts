import type { Locale } from '../../message.ts';
import type { EntityList, EntityPattern } from '../training-example.ts';
import type { SynonymEntry } from './synonyms.ts';
import type { TaggerModel } from './tagger/tagger-model.ts';

/** What was learned about a bot's entities. */
export interface EntityModel {
  readonly locales: readonly Locale[];
  readonly lists: readonly EntityList[];
  readonly patterns: readonly EntityPattern[];
  readonly synonyms: readonly SynonymEntry[];
  /** Hashes of the words of the training texts, sorted: what is among them is no misspelling. */
  readonly vocabulary: Int32Array;
  readonly tagger: TaggerModel | undefined;
}
