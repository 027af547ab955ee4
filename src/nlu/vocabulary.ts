/** Maps the hash of a feature to its number; open addressing over two typed arrays, so that it loads by viewing. */
export interface Vocabulary {
  readonly size: number;
  /** Hash of feature i. */
  readonly hashes: Uint32Array;
  /** Weight of feature i: inverse document frequency. */
  readonly idf: Float32Array;
  /** Slot → feature + 1; 0 is empty. A power of two long. */
  readonly slots: Uint32Array;
}

/** @returns The number of the feature, or -1. */
export function findFeature({ slots, hashes }: Vocabulary, hash: number): number {
  const mask = slots.length - 1;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const entry = slots[slot] ?? 0;
    if (entry === 0) return -1;
    if (hashes[entry - 1] === hash) return entry - 1;
  }
}

export function createVocabulary(hashes: Uint32Array, idf: Float32Array): Vocabulary {
  let capacity = 16;
  while (capacity < hashes.length * 2) capacity *= 2;
  const slots = new Uint32Array(capacity);
  for (let feature = 0; feature < hashes.length; feature += 1) {
    let slot = (hashes[feature] ?? 0) & (capacity - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (capacity - 1);
    slots[slot] = feature + 1;
  }
  return { size: hashes.length, hashes, idf, slots };
}
