import { EngineError, type Diagnostic } from '../errors.ts';
import type { Colours } from './terminal.ts';

/** Reads a bot's file for its code frame; `undefined` when it is not to be had. */
export type ReadLines = (file: string) => readonly string[] | undefined;

const diagnosticsShown = 20;

/** An error as a person reads it: what, where, the fix; each finding about a file with the lines around it. */
export function renderError(error: unknown, colours: Colours, readLines?: ReadLines): string {
  if (!(error instanceof EngineError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `${colours.red('error')} This is a fault of Usher itself; please report it with the text below.\n${stack}`;
  }
  const shown = error.diagnostics
    .slice(0, diagnosticsShown)
    .map((finding) => renderDiagnostic(finding, colours, readLines));
  const more = error.diagnostics.length - shown.length;
  return [
    `${colours.red('error')} ${error.message} ${colours.dim(`[${error.code}]`)}`,
    ...shown,
    ...(more > 0 ? [`… and ${more} more.`] : []),
    ...(error.fix ? [`${colours.green('fix')}   ${error.fix}`] : []),
  ].join('\n');
}

/**
 * One finding with its code frame.
 *
 * @param readLines - Where the file's lines come from; without it, or the file, there is no frame.
 */
export function renderDiagnostic(
  { severity, rule, message, fix, position }: Diagnostic,
  colours: Colours,
  readLines?: ReadLines,
): string {
  const paint = severity === 'error' ? colours.red : colours.yellow;
  return [
    `${colours.bold(`${position.file}:${position.line}:${position.column}`)} ${paint(severity)} ${message} ${colours.dim(rule)}`,
    ...codeFrame(readLines?.(position.file), position.line, position.column, paint, colours),
    ...(fix ? [`  ${colours.green('fix:')} ${fix}`] : []),
  ].join('\n');
}

function codeFrame(
  lines: readonly string[] | undefined,
  line: number,
  column: number,
  paint: (text: string) => string,
  colours: Colours,
): string[] {
  if (!lines || line > lines.length) return [];
  const first = Math.max(1, line - 1);
  const gutter = String(line + 1).length;
  return lines.slice(first - 1, line + 1).flatMap((text, index) => {
    const number = first + index;
    const shown = `${colours.dim(`  ${String(number).padStart(gutter)} │`)} ${text.slice(0, 160)}`;
    if (number !== line) return [shown];
    const indent = text
      .slice(0, column - 1)
      .replace(/[^\t]/g, (character) => (isWide(character) ? '  ' : ' '));
    return [shown, `${colours.dim(`  ${' '.repeat(gutter)} │`)} ${indent}${paint('^')}`];
  });
}

/** Whether a terminal gives the character two columns (CJK and full-width forms). */
function isWide(character: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(
    character,
  );
}
