/**
 * This recogniser and nlp.js's own on the same data in the same run: one line of JSON with the ratios.
 *
 * `USHER_DATA` is the folder of the data sets; the argument names one of them, clinc150 by default.
 * `npx esbuild bench/understanding.ts --bundle --platform=node --format=esm --packages=external --outfile=node_modules/.cache/bench/understanding.mjs && node node_modules/.cache/bench/understanding.mjs [clinc150]`
 */
import { readFileSync } from 'node:fs';
import { parseDataLines } from '../src/nlu/evaluation/data-set.ts';
import { highestPlace } from '../src/nlu/highest-places.ts';
import { classify, createWorkspace, decide } from '../src/nlu/intent-classifier.ts';
import { trainBaseline } from '../src/nlu/nlpjs-classifier.ts';
import { defaultIntentSettings, trainIntents } from '../src/nlu/train-intents.ts';
import { outOfScopeIntent } from '../src/nlu/training-table.ts';

const name = process.argv[2] ?? 'clinc150';
const folder = `${process.env['USHER_DATA'] ?? '../shared/data'}/${name}`;

function read(file: string): readonly { readonly text: string; readonly intent: string }[] {
  return parseDataLines(file, readFileSync(`${folder}/${file}`, 'utf8')).flatMap(({ text, intent }) =>
    intent === undefined || intent === outOfScopeIntent ? [] : [{ text, intent }],
  );
}

function seconds(from: number): number {
  return Math.round(performance.now() - from) / 1000;
}

const train = parseDataLines('train.jsonl', readFileSync(`${folder}/train.jsonl`, 'utf8'));
const test = read('test.jsonl');

let fitSeconds = 0;
const oursAt = performance.now();
const { model } = await trainIntents(train, [], defaultIntentSettings, {
  onFitted: () => {
    fitSeconds = seconds(oursAt);
  },
});
const trainSeconds = seconds(oursAt);
const work = createWorkspace(model);
const understandAt = performance.now();
const right = test.filter(({ text, intent }) => {
  classify(model, text, work);
  decide(model, work);
  return model.intents[highestPlace(work.probabilities)] === intent;
}).length;
const messageMs = (performance.now() - understandAt) / test.length;

const peerAt = performance.now();
const peer = await trainBaseline(read('train.jsonl'), 1);
const peerTrainSeconds = seconds(peerAt);
const peerUnderstandAt = performance.now();
let peerRight = 0;
for (const { text, intent } of test) if ((await peer.classify(text)) === intent) peerRight += 1;
const peerMessageMs = (performance.now() - peerUnderstandAt) / test.length;

console.log(
  JSON.stringify({
    bench: 'understanding',
    data: name,
    usher: { accuracy: right / test.length, fitSeconds, trainSeconds, messageMs },
    nlpjs: { accuracy: peerRight / test.length, trainSeconds: peerTrainSeconds, messageMs: peerMessageMs },
    ratio: {
      fit: peerTrainSeconds / fitSeconds,
      train: peerTrainSeconds / trainSeconds,
      message: peerMessageMs / messageMs,
    },
  }),
);
