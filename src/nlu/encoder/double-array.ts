/**
 * A read-only trie over bytes, in one array of 32-bit units as Darts-clone lays them out: the low byte of a unit is
 * its label, bit 8 says that a value hangs below it, the upper bits lead (by exclusive or) to its children.
 *
 * @see https://github.com/s-yata/darts-clone, the format inside SentencePiece's normaliser tables.
 */
export class DoubleArray {
  readonly #units: Uint32Array;

  constructor(units: Uint32Array) {
    this.#units = units;
  }

  /** The node that every walk starts from. */
  get root(): number {
    return childrenOf(0, this.#units[0] ?? 0);
  }

  /**
   * Follows one byte.
   *
   * @returns The node reached, or -1 when no key goes on with this byte.
   */
  step(node: number, byte: number): number {
    // No key holds byte 0, whose place beside a node is that of its value.
    if (byte === 0) return -1;
    const position = node ^ byte;
    const unit = this.#units[position] ?? 0;
    // A unit with the top bit set is a value, not a node: no byte matches it.
    return (unit & 0x800000ff) === byte ? childrenOf(position, unit) : -1;
  }

  /**
   * The value of the key that ends at a node.
   *
   * @param node - A node that `step` returned.
   * @returns -1 when no key ends there.
   */
  valueAt(node: number): number {
    const unit = this.#units[node] ?? 0;
    return unit >>> 31 === 1 ? unit & 0x7fffffff : -1;
  }
}

function childrenOf(position: number, unit: number): number {
  return position ^ ((unit >>> 10) << ((unit & 0x200) >>> 6));
}
