import type { EvaluationReport, IntentScore, ThresholdPoint } from './evaluation-report.ts';
import { figures } from './render-table.ts';

const SIZE = 320;
const MARGIN = 36;
const MOST_CELLS = 40;

/** A report in one file with nothing to load: figures, reliability and threshold curves, confusions, intents, entities. */
export function renderHtml(report: EvaluationReport): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Understanding of ${escape(report.data)}</title>
<style>${style}</style>
<main>
<h1>Understanding of ${escape(report.data)}</h1>
<p class="note">${escape(report.locale)} · trained on ${report.train.lines} lines · tested on ${report.test.lines} · seed ${report.seed}</p>
<table class="figures">${figures(report).map(row).join('')}</table>
<div class="charts">${reliabilityChart(report)}${thresholdChart(report)}</div>
${confusionMatrix(report)}
${confusionList(report)}
${scoreTable('Intents', report.intent?.perIntent ?? [])}
${scoreTable(
  'Entities',
  (report.entities?.perType ?? []).map(({ entity, ...scores }) => ({ intent: entity, ...scores })),
)}
</main>
</html>
`;
}

const style = `
:root { color-scheme: light dark; --ink: #1d2330; --soft: #667085; --line: #d0d5dd; --fill: #2f6feb; --bad: #d1453b; --page: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --soft: #98a2b3; --line: #344054; --page: #12161f; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2.5rem; }
.note, td.note { color: var(--soft); }
table { border-collapse: collapse; } td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
.charts { display: flex; flex-wrap: wrap; gap: 2rem; } figure { margin: 2rem 0 0; } figcaption { color: var(--soft); }
svg text { fill: var(--soft); font-size: 11px; } .axis { stroke: var(--line); fill: none; } .ideal { stroke: var(--soft); stroke-dasharray: 4 4; }
.curve { fill: none; stroke: var(--fill); stroke-width: 2; } .other { stroke: var(--bad); } .dot { fill: var(--fill); }
.scroll { overflow-x: auto; }
`;

function row([name, value, note]: readonly [string, string, string]): string {
  return `<tr><th>${escape(name)}</th><td class="number">${escape(value)}</td><td class="note">${escape(note)}</td></tr>`;
}

function chart(title: string, caption: string, content: string): string {
  const end = SIZE - MARGIN / 2;
  const ticks = [0, 0.5, 1]
    .map(
      (at) =>
        `<text x="${x(at)}" y="${SIZE - 12}" text-anchor="middle">${at}</text><text x="${MARGIN - 8}" y="${y(at) + 4}" text-anchor="end">${at}</text>`,
    )
    .join('');
  return `<figure><h2>${title}</h2><svg width="${SIZE}" height="${SIZE}" role="img" aria-label="${title}"><path class="axis" d="M${MARGIN} ${MARGIN / 2}V${SIZE - MARGIN}H${end}"/>${ticks}${content}</svg><figcaption>${caption}</figcaption></figure>`;
}

function reliabilityChart({ calibration }: EvaluationReport): string {
  if (!calibration) return '';
  const most = Math.max(...calibration.bins.map(({ count }) => count), 1);
  const dots = calibration.bins.flatMap(({ confidence, accuracy, count }) =>
    confidence === null || accuracy === null
      ? []
      : [
          `<circle class="dot" cx="${x(confidence)}" cy="${y(accuracy)}" r="${(3 + 6 * Math.sqrt(count / most)).toFixed(1)}"/>`,
        ],
  );
  const ideal = `<path class="ideal" d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}"/>`;
  const caption =
    'Across: how sure. Up: how often right. Larger dots hold more lines; on the dashed line, a probability means what it says.';
  return chart('Reliability', caption, ideal + dots.join(''));
}

function thresholdChart({ rejection }: EvaluationReport): string {
  if (!rejection) return '';
  const { curve } = rejection;
  const line = (pick: (point: ThresholdPoint) => number | null, kind: string): string => {
    const points = curve.flatMap((point) => {
      const value = pick(point);
      return value === null ? [] : [`${x(point.threshold)},${y(value)}`];
    });
    return `<polyline class="curve ${kind}" points="${points.join(' ')}"/>`;
  };
  const chosen = `<path class="ideal" d="M${x(rejection.threshold)} ${y(0)}V${y(1)}"/>`;
  const caption = `Across: the threshold (chosen: ${rejection.threshold.toFixed(3)}). Blue: in-scope lines right and accepted. Red: out-of-scope lines rejected.`;
  const curves = line((point) => point.inScopeAccuracy, '') + line((point) => point.oosRecall, 'other');
  return chart('Threshold', caption, chosen + curves);
}

/** The intents that are confused most, as a matrix; a diagonal of a hundred right ones would show nothing. */
function confusionMatrix({ intent }: EvaluationReport): string {
  const confusions = intent?.confusions ?? [];
  const names = [...new Set(confusions.flatMap(({ expected, predicted }) => [expected, predicted]))].slice(
    0,
    MOST_CELLS,
  );
  if (names.length === 0) return '';
  const most = Math.max(...confusions.map(({ count }) => count));
  const cell = 14;
  const left = 180;
  const cells = confusions.flatMap(({ expected, predicted, count }) => {
    const line = names.indexOf(expected);
    const column = names.indexOf(predicted);
    if (line < 0 || column < 0) return [];
    const title = `${escape(expected)} → ${escape(predicted)}: ${count}`;
    return [
      `<rect x="${left + column * cell}" y="${line * cell}" width="${cell - 1}" height="${cell - 1}" fill="var(--bad)" opacity="${(0.25 + (0.75 * count) / most).toFixed(2)}"><title>${title}</title></rect>`,
    ];
  });
  const labels = names.map(
    (name, index) =>
      `<text x="${left - 6}" y="${index * cell + 11}" text-anchor="end">${escape(name.slice(0, 28))}</text><text transform="translate(${left + index * cell + 10},${names.length * cell + 6}) rotate(60)">${escape(name.slice(0, 28))}</text>`,
  );
  const width = left + names.length * cell + 120;
  const height = names.length * cell + 180;
  return `<h2>Confusion matrix</h2><p class="note">Down: expected. Across: understood. Only intents that are confused; the number shows under the pointer.</p><div class="scroll"><svg width="${width}" height="${height}" role="img" aria-label="Confusion matrix">${cells.join('')}${labels.join('')}</svg></div>`;
}

function confusionList({ intent }: EvaluationReport): string {
  const confusions = intent?.confusions ?? [];
  if (confusions.length === 0) return '';
  const lines = confusions.map(
    ({ expected, predicted, count, texts }) =>
      `<tr><td class="number">${count}</td><td>${escape(expected)}</td><td>${escape(predicted)}</td><td class="note">${texts.map(escape).join('<br>')}</td></tr>`,
  );
  return `<h2>Most confused</h2><div class="scroll"><table><tr><th></th><th>expected</th><th>understood</th><th>for example</th></tr>${lines.join('')}</table></div>`;
}

function scoreTable(title: string, scores: readonly IntentScore[]): string {
  if (scores.length === 0) return '';
  const lines = [...scores]
    .sort((a, b) => a.f1 - b.f1)
    .map(
      ({ intent, precision, recall, f1, support }) =>
        `<tr><td>${escape(intent)}</td>${[precision, recall, f1].map((value) => `<td class="number">${(value * 100).toFixed(1)}</td>`).join('')}<td class="number">${support}</td></tr>`,
    );
  const head = ['precision', 'recall', 'F1', 'lines']
    .map((name) => `<th class="number">${name}</th>`)
    .join('');
  return `<h2>${title}, weakest first</h2><div class="scroll"><table><tr><th></th>${head}</tr>${lines.join('')}</table></div>`;
}

function x(value: number): string {
  return (MARGIN + value * (SIZE - 1.5 * MARGIN)).toFixed(1);
}

function y(value: number): number {
  return Math.round(10 * (SIZE - MARGIN - value * (SIZE - 1.5 * MARGIN))) / 10;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
