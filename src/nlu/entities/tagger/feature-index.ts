/** From a feature's hash to its number, without boxing. */
export interface FeatureIndex {
  /** @returns -1 for an unknown hash. */
  find(hash: number): number;
}

/** @param numbers - The number of each key, 0 or more; its place by default. */
export function createFeatureIndex(keys: Int32Array, numbers?: Int32Array): FeatureIndex {
  const size = 2 ** Math.ceil(Math.log2(Math.max(keys.length, 4) * 1.6));
  const mask = size - 1;
  // A hash and its number plus one lie side by side, so that a look-up touches one place of the memory.
  const table = new Int32Array(2 * size);
  for (let i = 0; i < keys.length; i++) {
    const hash = keys[i] ?? 0;
    let slot = hash & mask;
    while (table[2 * slot + 1] !== 0) slot = (slot + 1) & mask;
    table[2 * slot] = hash;
    table[2 * slot + 1] = (numbers?.[i] ?? i) + 1;
  }
  return {
    find(hash) {
      for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
        const number = table[2 * slot + 1] ?? 0;
        if (number === 0 || table[2 * slot] === hash) return number - 1;
      }
    },
  };
}
