/**
 * Entities on public data: one line of JSON a data set, F1 by exact span and by overlap, speed and size.
 *
 * `USHER_DATA` is the folder of the data sets; `--test` reads their test parts, else folds of train are read.
 * `npx esbuild bench/entities.ts --bundle --platform=node --format=esm --packages=external --outfile=node_modules/.cache/entities.mjs && node node_modules/.cache/entities.mjs [--test]`
 */
import { existsSync, readFileSync } from 'node:fs';
import { createEntityExtractor, type EntityExtractor } from '../src/nlu/entities/entity-extractor.ts';
import { decodeEntityModel, encodeEntityModel } from '../src/nlu/entities/entity-model-bytes.ts';
import { scoreEntities } from '../src/nlu/entities/entity-scores.ts';
import { trainEntityModel } from '../src/nlu/entities/train-entity-model.ts';
import type { Entity } from '../src/nlu/recognizer.ts';
import type { TrainingExample } from '../src/nlu/training-example.ts';

const root = process.env['USHER_DATA'] ?? '../shared/data';
const onTest = process.argv.includes('--test');
const services = ['Buses_1', 'Events_1', 'Homes_1', 'RentalCars_1'];
const now = Date.UTC(2026, 10, 18);

interface Parts {
  readonly train: readonly TrainingExample[];
  readonly test: readonly TrainingExample[];
}

function read(file: string): readonly TrainingExample[] {
  const lines = readFileSync(`${root}/${file}`, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const { text, intent, locale, entities, requested } = JSON.parse(line) as TrainingExample;
    const spans = entities.map(({ entity, start, end }) => ({ entity, start, end }));
    return { text, intent, locale, entities: spans, requested };
  });
}

/** The test part, or the last tenth of every ten lines of train. */
function split(folder: string): Parts {
  const train = read(`${folder}/train.jsonl`);
  if (onTest) return { train, test: read(`${folder}/test.jsonl`) };
  const valid = `${folder}/valid.jsonl`;
  if (existsSync(`${root}/${valid}`)) return { train, test: read(valid) };
  return { train: train.filter((_, i) => i % 10 !== 3), test: train.filter((_, i) => i % 10 === 3) };
}

function learn(examples: readonly TrainingExample[]): {
  extractor: EntityExtractor;
  bytes: number;
  seconds: number;
  loadMs: number;
} {
  const start = performance.now();
  const bytes = encodeEntityModel(
    trainEntityModel({ examples, lists: [], patterns: [] }, { locales: ['en'], seed: 1 }),
  );
  const trained = performance.now();
  const extractor = createEntityExtractor(decodeEntityModel(bytes));
  return {
    extractor,
    bytes: bytes.length,
    seconds: (trained - start) / 1000,
    loadMs: performance.now() - trained,
  };
}

function extractAll(
  extractor: EntityExtractor,
  lines: readonly TrainingExample[],
  asked: boolean,
): readonly (readonly Entity[])[] {
  return lines.map(({ text, locale, requested = [] }) => {
    const slots = asked ? requested.map((slot) => ({ slot, type: 'any' as const, entities: [slot] })) : [];
    return extractor
      .extract(text, { locale, requested: slots, now, timeZone: 'UTC' })
      .filter(({ source }) => source !== 'recogniser');
  });
}

function measure(
  extractor: EntityExtractor,
  lines: readonly TrainingExample[],
): { p50Ms: number; p99Ms: number } {
  const times = [...lines, ...lines, ...lines].map((line) => {
    const start = performance.now();
    extractor.extract(line.text, { locale: line.locale, requested: [], now, timeZone: 'UTC' });
    return performance.now() - start;
  });
  const sorted = times.slice(lines.length).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

for (const folder of ['snips_slotgated', 'hwu64_kfold1']) {
  const { train, test } = split(folder);
  const { extractor, bytes, seconds, loadMs } = learn(train);
  const gold = test.map(({ entities }) => entities);
  const { microF1, overlapF1 } = scoreEntities(gold, extractAll(extractor, test, false));
  print({
    data: folder,
    part: onTest ? 'test' : 'held out',
    microF1,
    overlapF1,
    ...measure(extractor, test),
    bytes,
    trainSeconds: seconds,
    loadMs,
  });
}

for (const service of services) {
  const { train, test } = split(`dstc8_span/${service}`);
  const asked = test.filter(({ requested = [] }) => requested.length > 0);
  const gold = asked.map(({ entities }) => entities);
  const plain = learn(train.map((line) => ({ ...line, requested: undefined }))).extractor;
  const { extractor } = learn(train);
  print({
    data: `dstc8_span/${service}`,
    part: onTest ? 'test' : 'held out',
    lines: asked.length,
    plain: scoreEntities(gold, extractAll(plain, asked, false)).microF1,
    without: scoreEntities(gold, extractAll(extractor, asked, false)).microF1,
    with: scoreEntities(gold, extractAll(extractor, asked, true)).microF1,
  });
}
