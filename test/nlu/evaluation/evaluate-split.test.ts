import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataOf, namesAsExamples, parseDataLines } from '../../../src/nlu/evaluation/data-set.ts';
import { evaluateFolds } from '../../../src/nlu/evaluation/evaluate-folds.ts';
import { evaluateSplit, type EvaluationOptions } from '../../../src/nlu/evaluation/evaluate-split.ts';
import type { EvaluationReport } from '../../../src/nlu/evaluation/evaluation-report.ts';
import { renderHtml } from '../../../src/nlu/evaluation/render-html.ts';
import { renderTable } from '../../../src/nlu/evaluation/render-table.ts';

const words = {
  lights: ['turn on the lamp', 'lights off please', 'dim the lamp', 'switch the lights on', 'brighter lamp'],
  music: ['play some jazz', 'stop the song', 'next song please', 'play the radio', 'louder music'],
  oos: ['what is love', 'how tall is everest'],
};
const lines = Object.entries(words)
  .flatMap(([intent, texts]) => texts.map((text) => JSON.stringify({ text, intent, requested: ['room'] })))
  .join('\n');
const examples = parseDataLines('train.jsonl', lines);
const tested = parseDataLines(
  'test.jsonl',
  [
    { text: 'lamp on in the kitchen', intent: 'lights', entities: [{ entity: 'room', start: 15, end: 22 }] },
    { text: 'play a <b>song</b>', intent: 'music' },
    { text: 'qqq zzz', intent: 'oos' },
  ]
    .map((line) => JSON.stringify(line))
    .join('\n'),
);

let options: EvaluationOptions;
let report: EvaluationReport;

beforeAll(async () => {
  let ticks = 0;
  options = {
    ...{ data: 'tiny', seed: 1, wrongCost: 3, context: false, builtin: false, locales: ['en'] },
    clock: () => (ticks += 1),
    scratch: await mkdtemp(join(tmpdir(), 'usher-evaluate-')),
  };
  report = await evaluateSplit(
    {
      train: { files: ['train.jsonl'], examples },
      valid: undefined,
      test: { files: ['test.jsonl'], examples: tested },
    },
    dataOf(examples),
    options,
  );
});

afterAll(() => rm(options.scratch, { recursive: true, force: true }));

test('the report has the keys that scripts rely on', () => {
  const keys = Object.entries(report).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && key !== 'train' && key !== 'test'
      ? Object.keys(value).map((inner) => `${key}.${inner}`)
      : [key],
  );
  expect(keys.sort()).toEqual(
    [
      ...['data', 'locale', 'seed', 'train', 'test', 'valid'],
      ...['accuracy', 'macroF1', 'perIntent', 'confusions'].map((key) => `intent.${key}`),
      ...['threshold', 'wrongCost', 'inScopeAccuracy', 'oosRecall', 'auroc', 'aurc', 'curve'].map(
        (key) => `rejection.${key}`,
      ),
      ...['ece', 'interval', 'bins'].map((key) => `calibration.${key}`),
      ...['microF1', 'overlapF1', 'perType', 'requested'].map((key) => `entities.${key}`),
      ...['fitSeconds', 'trainSeconds', 'loadMs', 'p50Ms', 'p99Ms', 'shortcutRate'].map(
        (key) => `speed.${key}`,
      ),
      ...['bytes', 'featurisers'].map((key) => `model.${key}`),
    ].sort(),
  );
});

test('what was read is counted, and what was learned is right', () => {
  expect(report.train).toEqual({ files: ['train.jsonl'], lines: 12, outOfScope: 2 });
  expect(report.intent?.accuracy).toBe(1);
  expect(report.entities?.microF1).toBe(0);
});

test('the table and the page show it, texts escaped', () => {
  const plain = (text: string): string => text;
  expect(renderTable(report, plain, plain)).toContain('intent accuracy');
  const page = renderHtml(report);
  expect(page).toContain('<svg');
  expect(page).not.toMatch(/<b>|https?:/);
});

test('folds give every line to a model that never saw it', async () => {
  const folded = await evaluateFolds(dataOf(examples), ['a.yml'], 2, { ...options, builtin: true });
  expect(folded.test.lines).toBe(12);
  expect(folded.intent?.perIntent.map(({ support }) => support)).toEqual([5, 5]);
});

test("intents' names alone make one example each, out of scope none", () => {
  expect(namesAsExamples(examples).map(({ text }) => text)).toEqual(['lights', 'music']);
});

test.each([
  ['{"text": 1}', 'has no text'],
  ['{', 'is not JSON'],
  ['{"text": "a", "entities": [{"entity": "x", "start": 0, "end": 9}]}', 'not in its text'],
])('the line %s is refused', (line, message) => {
  expect(() => parseDataLines('x.jsonl', `{"text": "fine"}\n${line}`)).toThrow(`x.jsonl:2`);
  expect(() => parseDataLines('x.jsonl', line)).toThrow(message);
});
