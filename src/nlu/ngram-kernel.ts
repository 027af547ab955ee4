import { MemoryLayout } from './memory-layout.ts';
import { plainNeighbourSearch, type NeighbourIndex, type NeighbourSearch } from './neighbours.ts';
import { ngramKernelBinary } from './ngram-kernel-binary.ts';
import { plainScorer, type NgramScorer, type QuantizedWeights } from './quantize-weights.ts';

type WasmFunction = (...parameters: readonly number[]) => number;

let compiled: { readonly module: WebAssembly.Module | undefined } | undefined;

/** Compiles once; `undefined` where SIMD is missing. */
function compileKernel(): WebAssembly.Module | undefined {
  if (!compiled) {
    const bytes = Buffer.from(ngramKernelBinary, 'base64');
    compiled = { module: WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined };
  }
  return compiled.module;
}

/** Searches an index: in WebAssembly, over a copy of it, or in plain JavaScript where the engine has no SIMD. */
export function createNeighbourSearch(index: NeighbourIndex): NeighbourSearch {
  const module = compileKernel();
  return module ? wasmNeighbourSearch(module, index) : plainNeighbourSearch(index);
}

/** Scores with weights: in WebAssembly, over a copy of them, or in plain JavaScript where the engine has no SIMD. */
export function createScorer(weights: QuantizedWeights): NgramScorer {
  const module = compileKernel();
  return module ? wasmScorer(module, weights) : plainScorer(weights);
}

function wasmNeighbourSearch(module: WebAssembly.Module, index: NeighbourIndex): NeighbourSearch {
  const layout = new MemoryLayout();
  const query = placeQuery(layout, index.starts.length);
  const starts = layout.place(index.starts.length);
  const postings = layout.place(index.postings.length);
  const weights = layout.place(index.values.length);
  const similarities = layout.place(index.rows + 3);
  const foundRows = layout.place(MOST_FOUND);
  const foundScores = layout.place(MOST_FOUND);
  const memory = layout.createMemory();
  const words = new Uint32Array(memory.buffer);
  const floats = new Float32Array(memory.buffer);
  words.set(index.starts, starts / 4);
  words.set(index.postings, postings / 4);
  floats.set(index.values, weights / 4);
  const nearest = functionOf(module, memory, 'nearest');
  return (vector, from, to, buffer) => {
    words.set(vector.indices.subarray(from, to), query.indices / 4);
    floats.set(vector.values.subarray(from, to), query.values / 4);
    const most = Math.min(buffer.rows.length, MOST_FOUND);
    buffer.found = nearest(
      ...[query.indices, query.values, to - from, starts, postings, weights],
      ...[similarities, index.rows, foundRows, foundScores, most],
    );
    for (let place = 0; place < buffer.found; place += 1) {
      buffer.rows[place] = words[foundRows / 4 + place] ?? 0;
      buffer.scores[place] = floats[foundScores / 4 + place] ?? 0;
    }
  };
}

function wasmScorer(module: WebAssembly.Module, weights: QuantizedWeights): NgramScorer {
  const { features, classes } = weights;
  const layout = new MemoryLayout();
  const query = placeQuery(layout, features);
  const codes = layout.place(weights.codes.length, 1);
  const scales = layout.place(features);
  const bias = layout.place(classes);
  const result = layout.place(classes);
  const memory = layout.createMemory();
  const words = new Uint32Array(memory.buffer);
  const floats = new Float32Array(memory.buffer);
  new Int8Array(memory.buffer).set(weights.codes, codes);
  floats.set(weights.scales, scales / 4);
  floats.set(weights.bias, bias / 4);
  const logitsThere = floats.subarray(result / 4, result / 4 + classes);
  const score = functionOf(module, memory, 'score');
  return ({ indices, values }, size, logits) => {
    words.set(indices.subarray(0, size), query.indices / 4);
    floats.set(values.subarray(0, size), query.values / 4);
    score(query.indices, query.values, size, codes, scales, bias, classes, result);
    logits.set(logitsThere);
  };
}

const MOST_FOUND = 64;

/** A vector has at most one entry for each feature. */
function placeQuery(layout: MemoryLayout, features: number): { indices: number; values: number } {
  return { indices: layout.place(features), values: layout.place(features) };
}

function functionOf(module: WebAssembly.Module, memory: WebAssembly.Memory, name: string): WasmFunction {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports[name] as WasmFunction;
}
