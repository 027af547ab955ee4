import type { HashedFeatures } from './hash-view.ts';
import type { TokenNumbers } from './numbered-sentence.ts';

/** Numbers features in the order they are first met. */
export class FeatureNumbers {
  readonly #numbers = new Map<number, number>();

  number({ hashes, offsets }: HashedFeatures): TokenNumbers {
    const features = hashes.map((hash) => {
      const known = this.#numbers.get(hash);
      if (known !== undefined) return known;
      this.#numbers.set(hash, this.#numbers.size);
      return this.#numbers.size - 1;
    });
    return { features, offsets };
  }

  /** Leaves out features that were never met. */
  numberKnown({ hashes, offsets }: HashedFeatures): TokenNumbers {
    const features: number[] = [];
    const kept = new Int32Array(offsets.length);
    for (let t = 0; t + 1 < offsets.length; t++) {
      for (let k = offsets[t] ?? 0; k < (offsets[t + 1] ?? 0); k++) {
        const known = this.#numbers.get(hashes[k] ?? 0);
        if (known !== undefined) features.push(known);
      }
      kept[t + 1] = features.length;
    }
    return { features: Int32Array.from(features), offsets: kept };
  }

  get size(): number {
    return this.#numbers.size;
  }

  /** The hash of each number. */
  hashes(): Int32Array {
    return Int32Array.from(this.#numbers.keys());
  }
}
