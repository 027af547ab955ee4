import type { CalibrationBin, EvaluationReport } from './evaluation-report.ts';

/** Wraps a text in its emphasis, or leaves it. */
export type Emphasis = (text: string) => string;

/** The report for a terminal: the figures, the confusions, and calibration as a plot. */
export function renderTable(report: EvaluationReport, bold: Emphasis, dim: Emphasis): string {
  const rows = figures(report).map(
    ([name, value, note]) => `  ${name.padEnd(30)}${value.padStart(9)}  ${dim(note)}`,
  );
  return [
    bold(`${report.data} (${report.locale})`),
    dim(
      `  train ${describe(report.train)} · valid ${describe(report.valid)} · test ${describe(report.test)}`,
    ),
    '',
    ...rows,
    ...confusionLines(report, bold, dim),
    ...reliabilityLines(report.calibration?.bins ?? [], bold, dim),
  ].join('\n');
}

/** Name, value and what it means, for what the data has. */
export function figures(report: EvaluationReport): (readonly [string, string, string])[] {
  const { intent, rejection, calibration, entities, speed, model } = report;
  const lines: (readonly [string, string, string])[] = [];
  if (intent) {
    lines.push(['intent accuracy', percent(intent.accuracy), 'in-scope lines, nothing rejected']);
    lines.push(['intent macro F1', percent(intent.macroF1), `${intent.perIntent.length} intents`]);
  }
  if (rejection) {
    const at = `at threshold ${rejection.threshold.toFixed(3)}, wrong cost ${rejection.wrongCost}`;
    lines.push(['right and accepted', percent(rejection.inScopeAccuracy), at]);
    if (rejection.oosRecall !== null) lines.push(['out of scope rejected', percent(rejection.oosRecall), at]);
    if (rejection.auroc !== null)
      lines.push(['out of scope AUROC', rejection.auroc.toFixed(4), '1 is perfect']);
    lines.push(['risk-coverage area', rejection.aurc.toFixed(4), '0 is perfect']);
  }
  if (calibration) {
    const [low, high] = calibration.interval;
    const note = `95 % between ${low.toFixed(4)} and ${high.toFixed(4)}`;
    lines.push(['calibration error (ECE)', calibration.ece.toFixed(4), note]);
  }
  if (entities) {
    lines.push(['entity F1', percent(entities.microF1), 'exact span and type']);
    lines.push(['entity F1, overlapping', percent(entities.overlapF1), 'same type, shared text']);
    if (entities.requested) {
      const { lines: count, with: known, without } = entities.requested;
      lines.push(['entity F1, question known', percent(known), `${count} lines that answer a question`]);
      lines.push(['entity F1, question withheld', percent(without), 'the same lines']);
    }
  }
  lines.push(['fit', `${speed.fitSeconds.toFixed(1)} s`, 'features and weights, once']);
  lines.push(['training', `${speed.trainSeconds.toFixed(1)} s`, 'with folds, calibration and entities']);
  lines.push(['loading', `${speed.loadMs.toFixed(0)} ms`, `${(model.bytes / 1e6).toFixed(1)} MB`]);
  lines.push(['a message, p50 / p99', `${speed.p50Ms.toFixed(2)} ms`, `${speed.p99Ms.toFixed(2)} ms`]);
  if (speed.shortcutRate !== null)
    lines.push(['n-grams decided alone', percent(speed.shortcutRate), 'of lines, without the encoder']);
  return lines;
}

function confusionLines({ intent }: EvaluationReport, bold: Emphasis, dim: Emphasis): string[] {
  const worst = intent?.confusions.slice(0, 8) ?? [];
  if (worst.length === 0) return [];
  const lines = worst.map(
    ({ expected, predicted, count, texts }) =>
      `  ${String(count).padStart(4)}  ${expected} → ${predicted}  ${dim(`"${texts[0] ?? ''}"`)}`,
  );
  return ['', bold('  most confused: expected → understood'), ...lines];
}

/** One line for each bin that has any: how sure, how right, and a bar whose mark is where it ought to end. */
function reliabilityLines(bins: readonly CalibrationBin[], bold: Emphasis, dim: Emphasis): string[] {
  const width = 40;
  const lines = bins.flatMap(({ from, to, count, confidence, accuracy }) => {
    if (confidence === null || accuracy === null) return [];
    const filled = Math.round(accuracy * width);
    const due = Math.min(width - 1, Math.round(confidence * width));
    const bar = Array.from({ length: width }, (_, at) => (at === due ? '│' : at < filled ? '█' : '·')).join(
      '',
    );
    const range = `${(from * 100).toFixed(0).padStart(3)}–${(to * 100).toFixed(0).padStart(3)} %`;
    return [`  ${range}  ${bar}  ${percent(accuracy)}  ${dim(`${count} lines`)}`];
  });
  return lines.length === 0
    ? []
    : ['', bold('  how sure → how often right (│ is where it ought to be)'), ...lines];
}

function describe(part: EvaluationReport['valid']): string {
  if (part === null) return 'none';
  return `${part.lines} lines${part.outOfScope > 0 ? ` (${part.outOfScope} out of scope)` : ''}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
