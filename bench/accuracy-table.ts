/**
 * The table of docs/accuracy.md, row by row: each is one `usher evaluate --json` with the flags that the table names.
 * Prints a Markdown table and one line of JSON.
 *
 * `npm run build && node scripts/run-ts.mjs bench/accuracy-table.ts [--valid-instead-of-test] [--only TEXT] [--encoder none,bundled,DIR] [--out FILE]`
 *
 * `USHER_DATA` is the folder of the data sets. `--valid-instead-of-test` reads no test part: rows are scored on
 * valid.jsonl, which then tunes nothing, and rows without one are left out. `--only` keeps the rows whose name has the
 * text, `--encoder` those of some encoders, `--out` writes every report whole, as JSON.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { EvaluationReport } from '../src/nlu/evaluation/evaluation-report.ts';

interface Row {
  readonly name: string;
  readonly data: string;
  readonly flags?: readonly string[];
  readonly encoders: readonly ('none' | 'bundled' | 'onnx')[];
}

const both = ['none', 'bundled'] as const;
const all = ['none', 'bundled', 'onnx'] as const;
const fewShot = (set: string, examples: number): Row => ({
  name: `${set}, ${examples} an intent`,
  data: set,
  flags: ['--train', `../${set}_dialoglue/train_${examples}.jsonl`],
  encoders: all,
});
const rows: readonly Row[] = [
  { name: 'banking77', data: 'banking77', encoders: all },
  fewShot('banking77', 5),
  fewShot('banking77', 10),
  {
    name: 'banking77, names alone',
    data: 'banking77',
    flags: ['--names-only'],
    encoders: ['bundled', 'onnx'],
  },
  { name: 'clinc150', data: 'clinc150', encoders: all },
  fewShot('clinc150', 5),
  fewShot('clinc150', 10),
  { name: 'clinc150, names alone', data: 'clinc150', flags: ['--names-only'], encoders: ['bundled', 'onnx'] },
  { name: 'hwu64 (fold 1)', data: 'hwu64_kfold1', encoders: all },
  {
    name: 'hwu64 (fold 1), encoder always',
    data: 'hwu64_kfold1',
    flags: ['--no-shortcut'],
    encoders: ['bundled'],
  },
  { name: 'snips', data: 'snips_slotgated', encoders: both },
  ...['Buses_1', 'Events_1', 'Homes_1', 'RentalCars_1'].map((service): Row => ({
    name: `dstc8 ${service}`,
    data: `dstc8_span/${service}`,
    flags: ['--context'],
    encoders: both,
  })),
  ...['zh', 'de', 'ja', 'tr', 'it', 'nl', 'ar'].map((language): Row => ({
    name: `xsid, English to ${language}`,
    data: `xsid/${language}`,
    flags: ['--train', '../en/train.jsonl'],
    encoders: ['bundled'],
  })),
];

const { values } = parseArgs({
  options: {
    'valid-instead-of-test': { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    encoder: { type: 'string', default: 'none,bundled' },
    onnx: { type: 'string', default: '../shared/models/all-MiniLM-L6-v2' },
    out: { type: 'string' },
  },
});
const home = process.env['USHER_DATA'] ?? '../shared/data';
const encoders = values.encoder.split(',');
const validOnly = values['valid-instead-of-test'];

interface Measured {
  readonly row: string;
  readonly encoder: string;
  readonly command: string;
  readonly report: EvaluationReport;
}

function measure(row: Row, encoder: Row['encoders'][number]): Measured | undefined {
  const folder = `${home}/${row.data}`;
  if (validOnly && !existsSync(`${folder}/valid.jsonl`)) return undefined;
  const flags = [
    ...['evaluate', '--data', folder, '--encoder', encoder === 'onnx' ? values.onnx : encoder],
    ...(row.flags ?? []),
    // Naming a training file is also what keeps valid.jsonl from tuning.
    ...(validOnly ? ['--test', 'valid.jsonl'] : []),
    ...(validOnly && row.flags?.includes('--train') !== true ? ['--train', 'train.jsonl'] : []),
    '--json',
  ];
  const json = execFileSync(process.execPath, ['dist/cli/main.js', ...flags], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 28,
  });
  const report = JSON.parse(json) as EvaluationReport;
  return { row: row.name, encoder, command: `usher ${flags.join(' ')}`, report };
}

const percent = (share: number | null | undefined): string =>
  share === null || share === undefined ? '-' : (100 * share).toFixed(1);
const fixed = (value: number | null | undefined, digits: number): string =>
  value === null || value === undefined ? '-' : value.toFixed(digits);

function line({ row, encoder, report }: Measured): string {
  const { intent, rejection, calibration, entities, speed, model } = report;
  const requested = entities?.requested;
  const cells = [
    ...[row, encoder, percent(intent?.accuracy)],
    `${percent(rejection?.inScopeAccuracy)} / ${percent(rejection?.oosRecall)} at ${fixed(rejection?.threshold, 2)}`,
    ...[fixed(rejection?.auroc, 3), fixed(calibration?.ece, 3)],
    `${percent(entities?.microF1)} / ${percent(entities?.overlapF1)}`,
    requested ? `${percent(requested.with)} / ${percent(requested.without)}` : '-',
    `${speed.fitSeconds.toFixed(1)} / ${speed.trainSeconds.toFixed(1)}`,
    `${speed.p50Ms.toFixed(2)} / ${speed.p99Ms.toFixed(2)}`,
    ...[percent(speed.shortcutRate), (model.bytes / 1e6).toFixed(1)],
  ];
  return `| ${cells.join(' | ')} |`;
}

const heads = [
  ...['data', 'encoder', 'accuracy', 'right and accepted / out of scope rejected', 'AUROC', 'ECE'],
  ...['entities exact / overlapping', 'asked: known / withheld', 'fit / training s', 'p50 / p99 ms'],
  ...['shortcut', 'MB'],
];
console.log(`| ${heads.join(' | ')} |\n|${heads.map(() => '---').join('|')}|`);
const measured: Measured[] = [];
for (const row of rows.filter(({ name }) => name.includes(values.only))) {
  for (const encoder of row.encoders.filter((name) => encoders.includes(name))) {
    const result = measure(row, encoder);
    if (!result) continue;
    measured.push(result);
    console.log(line(result));
  }
}
const summary = measured.map(({ report, ...rest }) => ({
  ...rest,
  accuracy: report.intent?.accuracy ?? null,
  rejection: report.rejection && { ...report.rejection, curve: undefined },
  ece: report.calibration?.ece ?? null,
  entities: report.entities && { ...report.entities, perType: undefined },
  ...{ speed: report.speed, model: report.model },
}));
console.log(JSON.stringify({ bench: 'accuracy-table', test: !validOnly, rows: summary }));
if (values.out !== undefined) writeFileSync(values.out, JSON.stringify(measured, undefined, 2));
