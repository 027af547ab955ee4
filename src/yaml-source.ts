import {
  LineCounter,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Document,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Diagnostic, Position } from './errors.ts';

/** A YAML file read once: its plain value, and where each part of it stands. */
export interface YamlSource {
  readonly file: string;
  readonly text: string;
  /** The document as plain data; `null` for an empty file, `undefined` when it does not parse. */
  readonly value: unknown;
  /** Syntax errors, duplicate keys, aliases; with rule `yaml-syntax`. */
  readonly diagnostics: readonly Diagnostic[];
  /** Where the value at `path` starts; for a missing one, where its nearest existing parent does. */
  positionOf(path: YamlPath): Position;
  /** Where the key at `path` starts; for items of a list, where the item does. */
  keyPositionOf(path: YamlPath): Position;
  /** Where offset `offset` of the decoded scalar at `path` stands; right for block scalars, near enough for folded ones. */
  positionInside(path: YamlPath, offset: number): Position;
}

export type YamlPath = readonly (string | number)[];

/** Reads a file by YAML 1.2's core schema: `yes` and `no` are strings. Aliases are refused, so that no file can explode. */
export function readYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
  });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const diagnostics: Diagnostic[] = document.errors.map((error) => ({
    severity: 'error',
    rule: 'yaml-syntax',
    message: firstLine(error.message),
    fix:
      error.code === 'DUPLICATE_KEY'
        ? 'Remove or rename one of the two keys.'
        : 'Mend the YAML at this place.',
    position: at(error.pos[0]),
  }));
  if (text.includes('*')) diagnostics.push(...aliases(document, at));

  const index = new PairIndex();
  const offsetOf = (path: YamlPath): number => {
    let offset = document.contents?.range[0] ?? 0;
    let node: unknown = document.contents;
    for (const key of path) {
      node = index.child(node, key);
      if (!isNode(node)) break;
      offset = node.range?.[0] ?? offset;
    }
    return offset;
  };
  const nodeAt = (path: YamlPath): unknown =>
    path.reduce<unknown>((node, key) => index.child(node, key), document.contents);
  const keyOffsetOf = (path: YamlPath): number => {
    const key = index.pair(nodeAt(path.slice(0, -1)), path.at(-1) ?? '')?.key;
    return isScalar(key) && key.range ? key.range[0] : offsetOf(path);
  };
  const insideOffset = (path: YamlPath, offset: number): number => {
    const node = nodeAt(path);
    if (!isScalar(node) || !node.range) return offsetOf(path);
    if (node.type === 'BLOCK_LITERAL') return blockOffset(text, node.range[0], offset, String(node.value));
    return node.range[0] + (node.type === 'PLAIN' ? 0 : 1) + offset;
  };

  return {
    file,
    text,
    value: diagnostics.length > 0 ? undefined : (document.toJS() as unknown),
    diagnostics,
    positionOf: (path) => at(offsetOf(path)),
    keyPositionOf: (path) => at(keyOffsetOf(path)),
    positionInside: (path, offset) => at(insideOffset(path, offset)),
  };
}

function aliases(document: Document.Parsed, at: (offset: number) => Position): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(document, {
    Alias(_, node) {
      found.push({
        severity: 'error',
        rule: 'yaml-syntax',
        message: `The alias "*${node.source}" is not allowed.`,
        fix: 'Write the value out.',
        position: at(node.range?.[0] ?? 0),
      });
      return visit.BREAK;
    },
  });
  return found;
}

/** Finds the pairs of maps by key, each map read once: a file of many entries is asked for many positions. */
class PairIndex {
  private readonly pairs = new Map<YAMLMap, ReadonlyMap<string, Pair>>();

  pair(parent: unknown, key: string | number): Pair | undefined {
    if (!isMap(parent)) return undefined;
    let pairs = this.pairs.get(parent);
    if (!pairs) {
      pairs = new Map(
        parent.items.map((pair) => [String(isScalar(pair.key) ? pair.key.value : pair.key), pair]),
      );
      this.pairs.set(parent, pairs);
    }
    return pairs.get(String(key));
  }

  child(parent: unknown, key: string | number): unknown {
    return isSeq(parent) ? parent.items[Number(key)] : this.pair(parent, key)?.value;
  }
}

/** The offset in the file of a character of a `|` block, whose lines lost their indentation. */
function blockOffset(text: string, headerOffset: number, offset: number, value: string): number {
  const before = value.slice(0, offset);
  const lineIndex = before.split('\n').length - 1;
  const columnIndex = before.length - (before.lastIndexOf('\n') + 1);
  let lineStart = text.indexOf('\n', headerOffset) + 1;
  const indent = /^(?:[ \t]*\n)*([ ]*)/.exec(text.slice(lineStart))?.[1]?.length ?? 0;
  for (let index = 0; index < lineIndex; index += 1) lineStart = text.indexOf('\n', lineStart) + 1;
  return lineStart + indent + columnIndex;
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '').replace(/:$/, '.');
}
