import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, shuffledIndices, type Random } from '../src/nlu/random.ts';

/** After these a person answers, or nobody. */
const endings = new Set(['handoff', 'release', 'goodbye']);

const cancellations = ['never mind', 'cancel', 'forget it', '算了', 'stop this', '取消'];

/**
 * Some thousands of different messages to the shop, the same in every run, by turns a request and its cancellation, so that
 * conversations go on for ever: what the shop's own examples say, with one word (or, in Chinese, one character) left out, so
 * that no message is one that the model has learned.
 */
export function shopTexts(botDir: string): readonly string[] {
  const random = createRandom(1);
  const requests = new Set(shopExamples(botDir).map((text) => withoutOne(text, random)));
  const distinct = [...requests];
  return [...shuffledIndices(distinct.length, random)].flatMap((place, at) => [
    distinct[place] ?? '',
    cancellations[at % cancellations.length] ?? '',
  ]);
}

/** Read by lines: what measures memory must not need much of it. */
function shopExamples(botDir: string): readonly string[] {
  const folder = join(botDir, 'training-data');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.yml'),
  );
  return files.sort().flatMap((name) => {
    let intent: string | undefined;
    return readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .flatMap((line) => {
        const [, kind, value = ''] = /^ {2}- (\w+): *(\w+)/.exec(line) ?? [];
        if (kind !== undefined) intent = kind === 'intent' ? value : undefined;
        const [, example] = /^ {6}- (.+)/.exec(line) ?? [];
        return example === undefined || intent === undefined || endings.has(intent)
          ? []
          : [unmarked(example)];
      });
  });
}

/** Without the marks of entities: `[AB123456](order_id)`, `[blue]{"entity": "colour"}`. */
function unmarked(example: string): string {
  return example.replace(/\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})/g, '$1');
}

/** A text too short to lose a word stays whole. */
function withoutOne(text: string, random: Random): string {
  const separator = /\s/.test(text) ? ' ' : '';
  const pieces = separator === '' ? Array.from(text) : text.split(/\s+/);
  if (pieces.length < 4) return text;
  const gone = Math.floor(random() * pieces.length);
  return pieces.filter((_, place) => place !== gone).join(separator);
}
