import { TOKEN_WIDTH, type EmbeddingTable } from './network-weights.ts';
import { bytesOf, floatsOf, shortsOf, tensorOf, type Tensors } from './safetensors.ts';

/** Probabilities are shares of 2^12. */
export const PROBABILITY_BITS = 12;
/** The state of the coder stays in [2^15, 2^23): it moves whole bytes. */
export const LEAST_STATE = 1 << 15;
export const STATE_BYTES = 3;
/** Symbols of a table: the whole numbers from -40 to 39. The published codes reach from -34 to 37. */
export const SYMBOLS = 80;
export const SMALLEST = -40;
/** Rows kept in memory, some 2 MB: six of seven tokens that customers write. */
const FREQUENT_TOKENS = 8000;
/** The published codes lie on this many grids, which take turns by token id. */
export const GRIDS = 17;

/**
 * The embedding, entropy-coded row by row: whole numbers on a grid, each row under the probability table that fits how
 * widely its numbers spread. Frequent tokens are kept exactly, rare ones on a coarser grid.
 *
 * A number is (n · m + shift) · step, where n is the decoded one, m the row's multiple of the grid's step, and shift
 * what puts it in the middle of the m grid points that it stands for.
 *
 * @see Duda 2013, "Asymmetric numeral systems", arXiv:1311.2540
 */
export function readCodedEmbedding(tensors: Tensors): EmbeddingTable {
  const readCoded = codedRows(tensors);
  const rowKinds = bytesOf(tensors, 'embedding.kinds', 'U8');
  const steps = floatsOf(tensors, 'embedding.steps');
  const shifts = floatsOf(tensors, 'embedding.shifts');
  const tables = readTables(shortsOf(tensors, 'embedding.frequencies'));

  return {
    readRow: (id, target, at) => {
      const kind = rowKinds[id] ?? 0;
      const table = tables[kind & 15];
      if (!table) return;
      const { symbolAt, frequencies, bases } = table;
      const multiple = (kind >> 4) + 1;
      const step = steps[id % GRIDS] ?? 0;
      const scale = multiple * step;
      const shift = (shifts[id % GRIDS] ?? 0) * step + middleOf(multiple) * step;
      const bytes = readCoded(id);
      let next = 0;
      let state = (bytes[next] ?? 0) | ((bytes[next + 1] ?? 0) << 8) | ((bytes[next + 2] ?? 0) << 16);
      next += STATE_BYTES;

      for (let column = 0; column < TOKEN_WIDTH; column += 1) {
        const slot = state & ((1 << PROBABILITY_BITS) - 1);
        const symbol = symbolAt[slot] ?? 0;
        target[at + column] = (symbol + SMALLEST) * scale + shift;
        state = (frequencies[symbol] ?? 0) * (state >> PROBABILITY_BITS) + slot - (bases[symbol] ?? 0);
        while (state < LEAST_STATE) {
          state = (state << 8) | (bytes[next] ?? 0);
          next += 1;
        }
      }
    },
  };
}

/** How far the middle of `multiple` grid points lies above the one that rounding keeps. */
export function middleOf(multiple: number): number {
  return multiple % 2 === 0 ? 0.5 : 0;
}

interface ProbabilityTable {
  /** The symbol that owns each of the 2^12 slots. */
  readonly symbolAt: Uint8Array;
  readonly frequencies: Uint16Array;
  /** The first slot of each symbol. */
  readonly bases: Uint16Array;
}

function readTables(all: Uint16Array): readonly ProbabilityTable[] {
  return Array.from({ length: all.length / SYMBOLS }, (_, table) => {
    const frequencies = all.subarray(table * SYMBOLS, (table + 1) * SYMBOLS);
    const bases = new Uint16Array(SYMBOLS);
    const symbolAt = new Uint8Array(1 << PROBABILITY_BITS);
    let base = 0;
    for (const [symbol, frequency] of frequencies.entries()) {
      bases[symbol] = base;
      symbolAt.fill(symbol, base, base + frequency);
      base += frequency;
    }
    return { symbolAt, frequencies, bases };
  });
}

/**
 * Finds a token's coded row: those of frequent tokens, which come first, are kept; others are read when they are met, so
 * that most of the embedding never lies in memory.
 */
function codedRows(tensors: Tensors): (id: number) => Uint8Array {
  const all = tensorOf(tensors, 'embedding.bytes', 'U8');
  const starts = startsOf(shortsOf(tensors, 'embedding.lengths'));
  const startOf = (id: number): number => starts[id] ?? all.length;
  const kept = all.read(0, startOf(FREQUENT_TOKENS));
  return (id) => {
    const [start, end] = [startOf(id), startOf(id + 1)];
    return end <= kept.length ? kept.subarray(start, end) : all.read(start, end);
  };
}

function startsOf(lengths: Uint16Array): Uint32Array {
  const starts = new Uint32Array(lengths.length);
  let start = 0;
  for (const [id, length] of lengths.entries()) {
    starts[id] = start;
    start += length;
  }
  return starts;
}
