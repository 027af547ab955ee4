// How fast the bundled encoder is ready and encodes, beside the same network in plain JavaScript.
// Usage: node scripts/run-ts.mjs bench/encoder.ts [texts]
import { createBundledEncoder } from '../src/nlu/encoder/bundled-encoder.ts';
import {
  createMatrixKernel,
  createPlainKernel,
  type MatrixKernel,
} from '../src/nlu/encoder/matrix-kernel.ts';
import { percentile, round } from './percentile.ts';

const texts = Number(process.argv[2] ?? '300');

const residentBefore = process.memoryUsage().rss;
const cpuBefore = process.cpuUsage();
const from = performance.now();
await using encoder = createBundledEncoder();
const readyMs = performance.now() - from;
const { user, system } = process.cpuUsage(cpuBefore);
const residentMb = (process.memoryUsage().rss - residentBefore) / 1e6;

/** 12 to 14 tokens, each text another one: nothing comes from the cache. */
const textAt = (index: number): string => `can you tell me where my order number ${index} is`;
for (let index = 0; index < 100; index += 1) await encoder.encode([textAt(-1 - index)]);
const times: number[] = [];
for (let index = 0; index < texts; index += 1) {
  const start = performance.now();
  await encoder.encode([textAt(index)]);
  times.push(performance.now() - start);
}
times.sort((left, right) => left - right);

/** The largest of the network's products, once. */
function productMs(kernel: MatrixKernel, rounds: number): number {
  const shape = { rows: 14, inner: 1280, columns: 256, aStride: 256, cStride: 256, relu: true };
  const places = { a: 0, b: 8192, bias: 340_000, c: 350_000 };
  const started = performance.now();
  for (let round = 0; round < rounds; round += 1) kernel.multiply({ ...shape, ...places });
  return (performance.now() - started) / rounds;
}
const wasm = createMatrixKernel(400_000);
const plain = createPlainKernel(400_000);
productMs(wasm, 50);
productMs(plain, 5);
const ratio = productMs(plain, 20) / productMs(wasm, 200);

console.log(
  JSON.stringify({
    readyMs: round(readyMs),
    readyCpuMs: round((user + system) / 1000),
    residentMb: round(residentMb),
    p50Ms: round(percentile(times, 0.5)),
    p99Ms: round(percentile(times, 0.99)),
    leastMs: round(times[0] ?? 0),
    plainToWasm: round(ratio),
  }),
);
