/** From a feature's hash to its number, without boxing. */
export interface FeatureIndex {
  /** @returns -1 for an unknown hash. */
  find(hash: number): number;
}

export function createFeatureIndex(keys: Int32Array): FeatureIndex {
  const size = 2 ** Math.ceil(Math.log2(Math.max(keys.length, 4) * 1.6));
  const slots = new Int32Array(size).fill(-1);
  const mask = size - 1;
  for (let i = 0; i < keys.length; i++) {
    let slot = (keys[i] ?? 0) & mask;
    while ((slots[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
    slots[slot] = i;
  }
  return {
    find(hash) {
      for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
        const i = slots[slot] ?? -1;
        if (i < 0 || keys[i] === hash) return i;
      }
    },
  };
}
