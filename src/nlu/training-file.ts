import { RE2JS } from 're2js';
import type { Diagnostic, Position } from '../errors.ts';
import type { Locale } from '../message.ts';
import { nearestName } from '../nearest-name.ts';
import { readYaml, type YamlPath, type YamlSource } from '../yaml-source.ts';

export interface TrainingFile {
  /** Path relative to the bot's folder, with forward slashes. */
  readonly file: string;
  readonly text: string;
  /** Absent = the file serves every locale: synonyms, lookups and regexes only. */
  readonly locale: Locale | undefined;
}

/** One entry of a file's `nlu` list: a name and the lines of its examples. */
export interface TrainingItem {
  readonly kind: 'intent' | 'synonym' | 'lookup' | 'regex';
  readonly name: string;
  readonly position: Position;
  readonly lines: readonly TrainingLine[];
}

export interface TrainingLine {
  readonly text: string;
  readonly position: Position;
}

const kinds = ['intent', 'synonym', 'lookup', 'regex'] as const;
const itemKeys: readonly string[] = [...kinds, 'examples', 'metadata'];
const fileKeys: readonly string[] = ['version', 'nlu'];
const entryFix = 'Write `- intent: <name>` and `examples: |` with one `- <text>` a line.';

type Fault = Omit<Diagnostic, 'severity' | 'position'>;

/** Reads one file; findings are added to `diagnostics`, and what is sound is returned nonetheless. */
export function readTrainingFile({ file, text }: TrainingFile, diagnostics: Diagnostic[]): TrainingItem[] {
  return new TrainingReader(readYaml(file, text), diagnostics).items();
}

class TrainingReader {
  readonly #source: YamlSource;
  readonly #diagnostics: Diagnostic[];

  constructor(source: YamlSource, diagnostics: Diagnostic[]) {
    this.#source = source;
    this.#diagnostics = diagnostics;
  }

  items(): TrainingItem[] {
    const { value, diagnostics } = this.#source;
    this.#diagnostics.push(...diagnostics);
    if (value === undefined || value === null) return [];
    if (!isMap(value)) {
      const message = 'The file is not a map.';
      return this.#report([], {
        rule: 'training-data-shape',
        message,
        fix: 'Put the examples under `nlu:`.',
      });
    }
    this.#refuseUnknownKeys([], value, fileKeys);
    const entries = value['nlu'] ?? [];
    if (Array.isArray(entries)) return entries.flatMap((entry, index) => this.#item(['nlu', index], entry));
    return this.#report(['nlu'], {
      rule: 'training-data-shape',
      message: '`nlu` is not a list.',
      fix: entryFix,
    });
  }

  #item(path: YamlPath, entry: unknown): TrainingItem[] {
    if (!isMap(entry)) {
      return this.#report(path, {
        rule: 'training-data-shape',
        message: 'An entry is not a map.',
        fix: entryFix,
      });
    }
    this.#refuseUnknownKeys(path, entry, itemKeys);
    const kind = kinds.find((key) => key in entry);
    const name = kind === undefined ? undefined : entry[kind];
    if (kind === undefined || (typeof name !== 'string' && typeof name !== 'number') || name === '') {
      const message = 'An entry names no `intent`, `synonym`, `lookup` or `regex`.';
      return this.#report(path, { rule: 'training-data-shape', message, fix: entryFix });
    }
    const lines = this.#lines([...path, 'examples'], entry['examples']);
    const position = this.#source.positionOf([...path, kind]);
    if (lines.length === 0) {
      const message = `The ${kind} "${name}" has no examples.`;
      const fix = 'Add `examples: |` with one `- <text>` a line.';
      return this.#report([...path, kind], { rule: 'training-data-empty', message, fix });
    }
    if (kind === 'regex') this.#checkPatterns(lines);
    return [{ kind, name: String(name), position, lines }];
  }

  #lines(path: YamlPath, examples: unknown): TrainingLine[] {
    if (typeof examples === 'string') return this.#block(path, examples);
    if (!Array.isArray(examples)) return [];
    return examples.flatMap((example: unknown, index) => this.#listed([...path, index], example));
  }

  /** An entry of a list: a text, or Rasa's `{ text, metadata }`. */
  #listed(path: YamlPath, example: unknown): TrainingLine[] {
    const text = isMap(example) ? example['text'] : example;
    if (typeof text !== 'string' || text.trim() === '') {
      const message = 'An example is not a text.';
      return this.#report(path, { rule: 'training-data-shape', message, fix: 'Put it in quotes.' });
    }
    return [{ text: text.trim().replace(/^- /, ''), position: this.#source.positionOf(path) }];
  }

  /** A block scalar: each line of it is `- <text>`. */
  #block(path: YamlPath, block: string): TrainingLine[] {
    const lines: TrainingLine[] = [];
    for (const match of block.matchAll(/^(\s*)(-\s+)?(.*)$/gm)) {
      const [, indent = '', bullet, rest = ''] = match;
      const text = rest.trim();
      if (text === '') continue;
      const position = this.#source.positionInside(path, match.index + indent.length + (bullet?.length ?? 0));
      if (bullet !== undefined) {
        lines.push({ text, position });
        continue;
      }
      const message = `"${text}" does not start with "- ".`;
      const fix = 'Start each example with "- ", after `examples: |`.';
      this.#diagnostics.push({ severity: 'error', rule: 'training-data-line', message, fix, position });
    }
    return lines;
  }

  #checkPatterns(lines: readonly TrainingLine[]): void {
    for (const { text, position } of lines) {
      try {
        RE2JS.compile(text);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        const message = `"${text}" is not a regular expression: ${reason}.`;
        const fix = 'Use RE2 syntax: no look-around and no back references.';
        this.#diagnostics.push({ severity: 'error', rule: 'training-data-regex', message, fix, position });
      }
    }
  }

  #refuseUnknownKeys(path: YamlPath, map: Readonly<Record<string, unknown>>, known: readonly string[]): void {
    for (const key of Object.keys(map)) {
      if (known.includes(key)) continue;
      const nearest = nearestName(key, known);
      this.#diagnostics.push({
        severity: 'error',
        rule: 'training-data-key',
        message: `"${key}" is not a key of training data.`,
        fix: nearest === undefined ? `Use one of: ${known.join(', ')}.` : `Did you mean "${nearest}"?`,
        position: this.#source.keyPositionOf([...path, key]),
      });
    }
  }

  #report(path: YamlPath, fault: Fault): [] {
    this.#diagnostics.push({ severity: 'error', ...fault, position: this.#source.positionOf(path) });
    return [];
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
