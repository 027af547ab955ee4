/**
 * Entities on public data: one line of JSON a data set, F1 by exact span and by overlap, speed and size; then answers to
 * questions, on public data and on the shop's own, where every question is put to every text.
 *
 * `USHER_DATA` is the folder of the data sets; `--test` reads their test parts, else parts of train are held out.
 * `node scripts/run-ts.mjs bench/entities.ts [--test] [--answers]`; `--answers` reads the questions alone.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { attachSynonyms } from '../src/nlu/attach-synonyms.ts';
import { builtinTrainingData } from '../src/nlu/builtin-data.ts';
import { createEntityExtractor, type EntityExtractor } from '../src/nlu/entities/entity-extractor.ts';
import { decodeEntityModel, encodeEntityModel } from '../src/nlu/entities/entity-model-bytes.ts';
import { scoreEntities } from '../src/nlu/entities/entity-scores.ts';
import { trainEntityModel } from '../src/nlu/entities/train-entity-model.ts';
import type { Entity } from '../src/nlu/recognizer.ts';
import { parseTrainingData } from '../src/nlu/training-data.ts';
import type { TrainingData, TrainingExample } from '../src/nlu/training-example.ts';

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

if (!process.argv.includes('--answers')) {
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
}

/** The test part, or each consecutive third of train, which holds whole dialogues. */
function thirds(folder: string): readonly Parts[] {
  const train = read(`${folder}/train.jsonl`);
  if (onTest) return [{ train, test: read(`${folder}/test.jsonl`) }];
  return [0, 1, 2].map((part) => {
    const isHeld = (i: number): boolean => Math.floor((i * 3) / train.length) === part;
    return { train: train.filter((_, i) => !isHeld(i)), test: train.filter((_, i) => isHeld(i)) };
  });
}

for (const service of services) {
  const parts = thirds(`dstc8_span/${service}`).map(({ train, test }) => {
    const asked = test.filter(({ requested = [] }) => requested.length > 0);
    const plain = learn(train.map((line) => ({ ...line, requested: undefined }))).extractor;
    const { extractor } = learn(train);
    return {
      gold: asked.map(({ entities }) => entities),
      plain: extractAll(plain, asked, false),
      without: extractAll(extractor, asked, false),
      with: extractAll(extractor, asked, true),
    };
  });
  const gold = parts.flatMap((part) => part.gold);
  const microF1 = (way: 'plain' | 'without' | 'with'): number =>
    scoreEntities(
      gold,
      parts.flatMap((part) => part[way]),
    ).microF1;
  print({
    data: `dstc8_span/${service}`,
    part: onTest ? 'test' : 'thirds of train',
    lines: gold.length,
    plain: microF1('plain'),
    without: microF1('without'),
    with: microF1('with'),
  });
}

/** The shop's training data: what its files teach, without what its flows add. */
function shopData(): TrainingData {
  const folder = 'training-data';
  const files = ['en', 'zh'].flatMap((locale) =>
    readdirSync(`${folder}/${locale}`).map((file) => ({
      file,
      text: readFileSync(`${folder}/${locale}/${file}`, 'utf8'),
      locale,
    })),
  );
  return attachSynonyms(parseTrainingData(files));
}

const quarters = 4;

/** Puts every question to every held-out text: what is found where it is, and what is guessed where nothing answers. */
function putQuestions(): object {
  const data = shopData();
  const builtin = builtinTrainingData(['en', 'zh']).examples;
  const all = [...data.examples, ...builtin];
  const count = { answers: 0, found: 0, without: 0, guessed: 0 };
  for (let part = 0; part < quarters; part++) {
    const examples = all.filter((_, i) => i % quarters !== part);
    const held = all.filter((_, i) => i % quarters === part);
    const model = trainEntityModel({ ...data, examples }, { locales: ['en', 'zh'], seed: 1 });
    const extractor = createEntityExtractor(model);
    for (const slot of new Set(examples.flatMap(({ entities }) => entities.map(({ entity }) => entity)))) {
      for (const { text, locale, entities } of held) {
        const requested = [{ slot, type: 'text', entities: [slot] }] as const;
        const found = extractor
          .extract(text, { locale, requested, now, timeZone: 'UTC' })
          .filter(({ entity }) => entity === slot);
        const right = entities.filter(({ entity }) => entity === slot);
        count.answers += right.length;
        count.found += right.filter(({ start, end }) =>
          found.some((each) => each.start === start && each.end === end),
        ).length;
        if (right.length > 0) continue;
        count.without++;
        count.guessed += found.filter(({ source }) => source === 'tagger').length;
      }
    }
  }
  return { data: 'the shop', part: 'quarters of its training data', ...count };
}

if (!onTest) print(putQuestions());
