import { GRIDS, PROBABILITY_BITS, SMALLEST, SYMBOLS } from '../../src/nlu/encoder/coded-embedding.ts';
import { TOKEN_WIDTH } from '../../src/nlu/encoder/network-weights.ts';
import { bytesOf, floatsOf, type Tensors } from '../../src/nlu/encoder/safetensors.ts';
import { encodeRow } from './encode-row.ts';
import type { NewTensor } from './write-safetensors.ts';

/** How finely tokens are kept: by rank of frequency, standard deviations in grid steps. */
export interface Fineness {
  /** Tokens before this id. */
  readonly before: number;
  /** A row that spreads over more steps than this (as a standard deviation) moves to a coarser grid. */
  readonly steps: number;
}

const TABLES = 16;
const TOTAL = 1 << PROBABILITY_BITS;

interface QuantisedRow {
  readonly symbols: Uint8Array;
  readonly multiple: number;
  readonly table: number;
}

/** Entropy-codes the published embedding; `readCodedEmbedding` undoes it. */
export function codeEmbedding(tensors: Tensors, fineness: readonly Fineness[]): Record<string, NewTensor> {
  const codes = bytesOf(tensors, 'embedding.codes', 'U8');
  const steps = floatsOf(tensors, 'embedding.scale').slice(0, GRIDS);
  const zeros = floatsOf(tensors, 'embedding.offset')
    .slice(0, GRIDS)
    .map((offset, grid) => -offset / (steps[grid] ?? 1));
  const tokens = codes.length / TOKEN_WIDTH;

  const rows = Array.from({ length: tokens }, (_, id) => {
    const wanted = fineness.find(({ before }) => id < before)?.steps ?? Infinity;
    const row = codes.subarray(id * TOKEN_WIDTH, (id + 1) * TOKEN_WIDTH);
    return quantiseRow(row, Math.round(zeros[id % GRIDS] ?? 0), wanted);
  });
  const frequencies = tableFrequencies(rows);
  const coded = rows.map(({ symbols, table }) =>
    encodeRow(symbols, frequencies.subarray(table * SYMBOLS, (table + 1) * SYMBOLS)),
  );
  return {
    'embedding.steps': { dtype: 'F32', shape: [GRIDS], values: steps },
    'embedding.shifts': {
      dtype: 'F32',
      shape: [GRIDS],
      values: zeros.map((zero) => Math.round(zero) - zero),
    },
    'embedding.frequencies': { dtype: 'U16', shape: [TABLES, SYMBOLS], values: frequencies },
    'embedding.lengths': {
      dtype: 'U16',
      shape: [tokens],
      values: Uint16Array.from(coded, (row) => row.length),
    },
    'embedding.kinds': {
      dtype: 'U8',
      shape: [tokens],
      values: Uint8Array.from(rows, ({ multiple, table }) => ((multiple - 1) << 4) | table),
    },
    'embedding.bytes': {
      dtype: 'U8',
      shape: [coded.reduce((sum, row) => sum + row.length, 0)],
      values: new Uint8Array(Buffer.concat(coded)),
    },
  };
}

function quantiseRow(codes: Uint8Array, zero: number, wanted: number): QuantisedRow {
  let square = 0;
  for (const code of codes) square += (code - zero) ** 2;
  const spread = Math.sqrt(square / codes.length);
  const multiple = Math.min(16, Math.max(1, Math.round(spread / wanted)));
  const below = Math.floor((multiple - 1) / 2);
  const symbols = codes.map((code) => Math.floor((code - zero + below) / multiple) - SMALLEST);
  return { symbols, multiple, table: tableFor(spread / multiple) };
}

/** Tables are for spreads a factor of 2^(1/3) apart, from 0.4 to 10 steps. */
function tableFor(spread: number): number {
  return Math.min(TABLES - 1, Math.max(0, Math.round(3 * Math.log2(Math.max(spread, 0.01) / 0.4))));
}

/** Each table's shares of 2^12; every symbol has one, so that every row can be coded. */
function tableFrequencies(rows: readonly QuantisedRow[]): Uint16Array {
  const counts = new Float64Array(TABLES * SYMBOLS);
  for (const { symbols, table } of rows) {
    for (const symbol of symbols)
      counts[table * SYMBOLS + symbol] = (counts[table * SYMBOLS + symbol] ?? 0) + 1;
  }
  const frequencies = new Uint16Array(TABLES * SYMBOLS);
  for (let table = 0; table < TABLES; table += 1) {
    const part = counts.subarray(table * SYMBOLS, (table + 1) * SYMBOLS);
    const sum = part.reduce((total, count) => total + count, 0) || 1;
    const shares = frequencies.subarray(table * SYMBOLS, (table + 1) * SYMBOLS);
    for (const [symbol, count] of part.entries())
      shares[symbol] = 1 + Math.floor((count / sum) * (TOTAL - SYMBOLS));
    const likeliest = shares.indexOf(shares.reduce((most, share) => Math.max(most, share), 0));
    shares[likeliest] = (shares[likeliest] ?? 0) + TOTAL - shares.reduce((total, share) => total + share, 0);
  }
  return frequencies;
}
