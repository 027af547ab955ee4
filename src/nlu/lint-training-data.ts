import { entityKinds } from './recognizer.ts';
import type { Diagnostic, Position } from '../errors.ts';
import type { Locale } from '../message.ts';
import { unknownSynonyms } from './attach-synonyms.ts';
import { isBuiltinIntent } from './builtin-intents.ts';
import type { Confusion } from './evaluation/evaluation-report.ts';
import { outOfScopeIntent } from './training-table.ts';
import type { TrainingData, TrainingExample } from './training-example.ts';

/** Below this, an intent is a guess. */
const FEW_EXAMPLES = 5;
/** Fewer confusions than this between two intents are chance. */
const MANY_CONFUSIONS = 3;
/** A surface this short is too often part of something else. */
const SHORT_SURFACE = 4;

type Finding = Omit<Diagnostic, 'position'>;

/**
 * Finds what would make a model of this data worse, without training one.
 *
 * @param locales - The bot's; an intent is held to have examples in each that has any data at all.
 * @returns In the order of the rules, then of the data.
 */
export function lintTrainingData(data: TrainingData, locales: readonly Locale[]): Diagnostic[] {
  return [
    ...examplesInTwoIntents(data.examples),
    ...nearDuplicates(data.examples),
    ...fewExamples(data.examples, locales),
    ...missedAnnotations(data.examples),
    ...wholeAnnotations(data.examples),
    ...strangeSynonyms(data),
  ];
}

function examplesInTwoIntents(examples: readonly TrainingExample[]): Diagnostic[] {
  return clashesBy(examples, ({ text }) => text.trim().toLowerCase()).map(([example, first]) =>
    at(example, {
      severity: 'error',
      rule: 'example-in-two-intents',
      message: `"${example.text}" is an example of "${example.intent ?? ''}" and of "${first.intent ?? ''}" (${first.source ?? ''}).`,
      fix: 'Keep it where it belongs and remove the other.',
    }),
  );
}

/** The same but for case, punctuation, digits and doubled spaces. */
function nearDuplicates(examples: readonly TrainingExample[]): Diagnostic[] {
  const exact = new Set(
    clashesBy(examples, ({ text }) => text.trim().toLowerCase()).map(([example]) => example),
  );
  const across = clashesBy(examples, skeleton)
    .filter(([example]) => !exact.has(example))
    .map(([example, first]) =>
      at(example, {
        severity: 'warning',
        rule: 'near-duplicate-across-intents',
        message: `"${example.text}" (${example.intent ?? ''}) says the same as "${first.text}" (${first.intent ?? ''}, ${first.source ?? ''}).`,
        fix: 'Keep one, or write what sets them apart.',
      }),
    );
  const seen = new Map<string, TrainingExample>();
  const within = examples.flatMap((example) => {
    const key = JSON.stringify([example.intent, example.locale, skeleton(example)]);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, example);
      return [];
    }
    return [
      at(example, {
        severity: 'warning',
        rule: 'near-duplicate',
        message: `"${example.text}" teaches nothing that "${first.text}" (${first.source ?? ''}) does not.`,
        fix: 'Replace it with words that a customer would use instead.',
      }),
    ];
  });
  return [...across, ...within];
}

function fewExamples(examples: readonly TrainingExample[], locales: readonly Locale[]): Diagnostic[] {
  const taught = locales.filter((locale) => examples.some((example) => example.locale === locale));
  const firsts = new Map<string, TrainingExample>();
  const counts = new Map<string, number>();
  for (const example of examples) {
    const { intent, locale } = example;
    if (intent === undefined || intent === outOfScopeIntent || isBuiltinIntent(intent)) continue;
    if (!firsts.has(intent)) firsts.set(intent, example);
    counts.set(`${intent} ${locale}`, (counts.get(`${intent} ${locale}`) ?? 0) + 1);
  }
  return [...firsts].flatMap(([intent, first]) =>
    taught.flatMap((locale) => {
      const count = counts.get(`${intent} ${locale}`) ?? 0;
      if (count >= FEW_EXAMPLES) return [];
      const message = `"${intent}" has ${count} ${count === 1 ? 'example' : 'examples'} in ${locale}.`;
      const fix = `Write at least ${FEW_EXAMPLES}, as different from each other as customers are.`;
      return [at(first, { severity: 'warning', rule: 'few-examples', message, fix })];
    }),
  );
}

const recognised: ReadonlySet<string> = new Set(entityKinds);

/** A text that is annotated in one example and stands bare in another teaches both that it is an entity and that it is not. */
function missedAnnotations(examples: readonly TrainingExample[]): Diagnostic[] {
  const known = new Map<string, string>();
  for (const { text, entities } of examples) {
    for (const { entity, start, end } of entities) {
      // What a recogniser finds by itself is annotated for the part that it plays.
      if (!recognised.has(entity)) known.set(text.slice(start, end).toLowerCase(), entity);
    }
  }
  const surfaces = [...known].filter(([surface]) => surface.length >= SHORT_SURFACE);
  const annotated = new Set(
    examples.filter(({ entities }) => entities.length > 0).map(({ intent }) => intent),
  );
  return examples.flatMap((example) => {
    // Examples of intents that annotate nothing at all are not about entities.
    if (!annotated.has(example.intent)) return [];
    const bare = maskEntities(example).toLowerCase();
    const missed = surfaces.find(([surface]) => contains(bare, surface));
    if (missed === undefined) return [];
    const [surface, entity] = missed;
    return [
      at(example, {
        severity: 'warning',
        rule: 'entity-not-annotated',
        message: `"${surface}" is a ${entity} in other examples, and not in "${example.text}".`,
        fix: `Write [${surface}](${entity}), or say in a list what it is.`,
      }),
    ];
  });
}

function wholeAnnotations(examples: readonly TrainingExample[]): Diagnostic[] {
  return examples.flatMap((example) => {
    const [only] = example.entities;
    const { length } = example.text.trim();
    if (only === undefined || only.end - only.start < length || example.text.trim().split(/\s+/).length < 4)
      return [];
    const message = `The whole of "${example.text}" is annotated as ${only.entity}.`;
    const fix = 'Annotate only the words that are the value.';
    return [at(example, { severity: 'warning', rule: 'whole-utterance-annotated', message, fix })];
  });
}

function strangeSynonyms(data: TrainingData): Diagnostic[] {
  return unknownSynonyms(data).map(({ value, source }) => ({
    severity: 'warning',
    rule: 'unknown-synonym',
    message: `No entity knows the value "${value}" that this synonym stands for.`,
    fix: "Use a value of a lookup, of a slot's choices or of an annotation, spelt the same.",
    position: parsePosition(source),
  }));
}

/**
 * Intents that held-out folds confuse, with the examples that clash.
 *
 * @param confusions - Of the manifest of a model trained on `data`.
 */
export function lintConfusions(data: TrainingData, confusions: readonly Confusion[]): Diagnostic[] {
  const sources = new Map(
    data.examples.map((example) => [`${example.intent ?? ''}\n${example.text}`, example]),
  );
  return confusions
    .filter(({ count }) => count >= MANY_CONFUSIONS)
    .flatMap(({ expected, predicted, count, texts }) => {
      const example = texts
        .map((text) => sources.get(`${expected}\n${text}`))
        .find((found) => found !== undefined);
      if (example === undefined) return [];
      const quoted = texts.map((text) => `"${text}"`).join(', ');
      const message = `${count} examples of "${expected}" are mistaken for "${predicted}": ${quoted}.`;
      const fix = 'Write examples that show the difference, move these, or merge the two intents.';
      return [at(example, { severity: 'warning', rule: 'confusable-intents', message, fix })];
    });
}

/** Examples whose key another intent's example has already, with that one. */
function clashesBy(
  examples: readonly TrainingExample[],
  keyOf: (example: TrainingExample) => string,
): (readonly [TrainingExample, TrainingExample])[] {
  const firsts = new Map<string, TrainingExample>();
  return examples.flatMap((example) => {
    const key = keyOf(example);
    if (example.intent === undefined || key === '') return [];
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, example);
    return first === undefined || first.intent === example.intent ? [] : [[example, first] as const];
  });
}

function skeleton({ text }: TrainingExample): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Nd}+/gu, '0')
    .replace(/[\p{P}\p{S}\s]+/gu, ' ')
    .trim();
}

function maskEntities({ text, entities }: TrainingExample): string {
  return entities.reduce(
    (masked, { start, end }) => masked.slice(0, start) + '\u0000'.repeat(end - start) + masked.slice(end),
    text,
  );
}

function contains(text: string, surface: string): boolean {
  const place = text.indexOf(surface);
  if (place < 0) return false;
  const letter = /[\p{Script=Latin}\p{Nd}]/u;
  const before = text[place - 1] ?? ' ';
  const after = text[place + surface.length] ?? ' ';
  return !letter.test(before) && !letter.test(after);
}

function at(example: TrainingExample, finding: Finding): Diagnostic {
  return { ...finding, position: parsePosition(example.source) };
}

/** @param source - `file:line:column`. */
export function parsePosition(source: string | undefined): Position {
  const match = /^(.*):(\d+):(\d+)$/.exec(source ?? '');
  return { file: match?.[1] ?? '', line: Number(match?.[2] ?? 1), column: Number(match?.[3] ?? 1) };
}
