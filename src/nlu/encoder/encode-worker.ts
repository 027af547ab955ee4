// A thread that encodes texts with the encoder that comes with the engine: see encode-all.ts.
import { parentPort } from 'node:worker_threads';
import { createBundledEncoder } from './bundled-encoder.ts';
import { sentenceVector } from './sentence-vector.ts';

const encoder = createBundledEncoder();

parentPort?.on('message', (texts: readonly string[]) => {
  void encoder.encode(texts).then((encodings) => {
    parentPort?.postMessage(encodings.map(sentenceVector));
  });
});
