import type { Sense } from './sense.ts';

interface TrieNode {
  readonly next: Map<number, TrieNode>;
  sense: Sense | undefined;
}

/** The words of a language, found by walking along a text. */
export interface SenseTrie {
  /** The longest entry at `start`, or `undefined`; entries of spaced scripts end at a word's end. */
  match(folded: string, start: number): TrieMatch | undefined;
}

export interface TrieMatch {
  readonly sense: Sense;
  readonly end: number;
}

const space = 0x20;
const hyphen = 0x2d;

/** @param entries - Folded words or phrases; a space in one stands for any run of spaces or a hyphen. Later ones add to earlier. */
export function createSenseTrie(entries: Iterable<readonly [string, Sense]>): SenseTrie {
  const root: TrieNode = { next: new Map(), sense: undefined };
  for (const [phrase, sense] of entries) {
    let node = root;
    for (let i = 0; i < phrase.length; i++) node = childOf(node, phrase.charCodeAt(i));
    node.sense = { ...node.sense, ...sense };
  }
  return { match: (folded, start) => matchFrom(root, folded, start) };
}

function childOf(node: TrieNode, code: number): TrieNode {
  let child = node.next.get(code);
  if (!child) {
    child = { next: new Map(), sense: undefined };
    node.next.set(code, child);
  }
  return child;
}

function matchFrom(root: TrieNode, folded: string, start: number): TrieMatch | undefined {
  let node = root;
  let found: TrieMatch | undefined;
  let i = start;
  while (i < folded.length) {
    const code = folded.charCodeAt(i);
    const next = node.next.get(code) ?? (code === hyphen ? node.next.get(space) : undefined);
    if (!next) break;
    node = next;
    i++;
    if (code === space || code === hyphen) while (folded.charCodeAt(i) === space) i++;
    if (node.sense && endsWord(folded, i)) found = { sense: node.sense, end: i };
  }
  return found;
}

/** Whether no word of a spaced script runs on over `end`. */
function endsWord(folded: string, end: number): boolean {
  return end >= folded.length || !isLetter(folded.charCodeAt(end)) || !isLetter(folded.charCodeAt(end - 1));
}

/** Letters of scripts that separate words with spaces. */
export function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0xc0 && code < 0x2000 && code !== 0xd7 && code !== 0xf7);
}
