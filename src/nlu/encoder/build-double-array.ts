import { EngineError } from '../../errors.ts';

export interface TrieEntry {
  /** Not empty, without byte 0. */
  readonly key: Uint8Array;
  /** 0 to 2^31 - 1. */
  readonly value: number;
}

/** Keys from `first` to before `end` share their first `depth` bytes and wait for a place. */
interface Branch {
  readonly position: number;
  readonly first: number;
  readonly end: number;
  readonly depth: number;
}

/** How many blocks of 256 units stay open for new nodes; older ones are full enough. */
const OPEN_BLOCKS = 3;

/**
 * Lays a set of keys out as the double array that `DoubleArray` reads. Same keys, same bytes.
 *
 * @param entries - Distinct keys, any order.
 * @throws EngineError `MODEL_INVALID` when there are too many for 21-bit offsets (about 1.5 million nodes).
 */
export function buildDoubleArray(entries: readonly TrieEntry[]): Uint32Array {
  const sorted = entries.toSorted((left, right) => Buffer.compare(left.key, right.key));
  const units = new UnitAllocator();
  const waiting: Branch[] = [{ position: 0, first: 0, end: sorted.length, depth: 0 }];

  for (let branch = waiting.pop(); branch; branch = waiting.pop()) {
    const children = childrenOf(sorted, branch);
    const base = units.place(children.map(({ label }) => label));
    units.connect(branch.position, base);
    for (const { label, first, end } of children) {
      const entry = sorted[first];
      if (label === 0) units.set(base, 0x80000000 + (entry?.value ?? 0));
      else {
        units.set(base ^ label, label);
        waiting.push({ position: base ^ label, first, end, depth: branch.depth + 1 });
      }
    }
  }
  return units.finish();
}

/** The next bytes below a branch, ascending; 0 stands for "a key ends here". */
function childrenOf(
  sorted: readonly TrieEntry[],
  { first, end, depth }: Branch,
): readonly { readonly label: number; readonly first: number; readonly end: number }[] {
  const children: { label: number; first: number; end: number }[] = [];
  for (let index = first; index < end; index += 1) {
    const label = sorted[index]?.key[depth] ?? 0;
    const last = children.at(-1);
    if (last?.label === label) last.end = index + 1;
    else children.push({ label, first: index, end: index + 1 });
  }
  return children;
}

class UnitAllocator {
  #units = new Uint32Array(1 << 16);
  #used = new Uint8Array(1 << 16);
  #isBase = new Uint8Array(1 << 16);
  #blocks = 1;

  constructor() {
    this.#used[0] = 1;
  }

  /** Finds the lowest open base from which all labels land on free units, and takes them. */
  place(labels: readonly number[]): number {
    let position = Math.max(0, this.#blocks - OPEN_BLOCKS) * 256;
    while (!this.#fits(position, labels)) position += 1;
    const base = position ^ (labels[0] ?? 0);
    this.#isBase[base] = 1;
    for (const label of labels) this.#used[base ^ label] = 1;
    this.#blocks = Math.max(this.#blocks, (base >>> 8) + 1);
    return base;
  }

  set(position: number, unit: number): void {
    this.#units[position] = unit;
  }

  connect(position: number, base: number): void {
    const offset = position ^ base;
    if (offset >= 1 << 21)
      throw new EngineError('MODEL_INVALID', 'The vocabulary is too large for its index.');
    this.#units[position] = (this.#units[position] ?? 0) + offset * 1024;
  }

  finish(): Uint32Array {
    return this.#units.slice(0, this.#blocks * 256);
  }

  /** Whether the labels are free when the first of them takes `position`. */
  #fits(position: number, labels: readonly number[]): boolean {
    if (position + 256 > this.#units.length) this.#grow();
    if (this.#used[position] === 1) return false;
    const base = position ^ (labels[0] ?? 0);
    return this.#isBase[base] === 0 && labels.every((label) => this.#used[base ^ label] === 0);
  }

  #grow(): void {
    const [units, used, isBase] = [this.#units, this.#used, this.#isBase];
    this.#units = new Uint32Array(units.length * 2);
    this.#used = new Uint8Array(units.length * 2);
    this.#isBase = new Uint8Array(units.length * 2);
    this.#units.set(units);
    this.#used.set(used);
    this.#isBase.set(isBase);
  }
}
