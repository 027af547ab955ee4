import type { Locale } from '../../message.ts';
import { entitiesOf } from '../../dialogue/recognition-context.ts';
import type { Recognizer, Understanding } from '../../nlu/recognizer.ts';
import type { TrainingData } from '../../nlu/training-example.ts';
import type { Program } from '../../dialogue/program.ts';
import { takesAnyText } from '../coverage/any-text.ts';
import type { Saying, Phrase } from './transcript.ts';

/** Finds words for what a customer says in a generated dialogue. */
export interface Phrases {
  /** What is typed; a text that begins with a slash presses a button. */
  wordsFor(saying: Exclude<Saying, { kind: 'wait' }>): string;
}

export interface PhraseSources {
  readonly program: Program;
  /** The bot's own examples and the engine's. */
  readonly data: TrainingData;
  readonly locale: Locale;
  /** Titles of articles in the locale. */
  readonly articles: readonly string[];
  readonly recognizer: Recognizer;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: string;
}

/**
 * Takes the words from the training data: of a task's examples the one that is understood best, without a value in it,
 * since a dialogue gives its values one by one.
 */
export async function createPhrases(sources: PhraseSources): Promise<Phrases> {
  const { program } = sources;
  const tasks = new Map<string, string>();
  for (const { id, triggers } of Object.values(program.flows)) {
    const intents = triggers.map(({ intent }) => intent);
    if (intents.length > 0) tasks.set(id, await clearest(sources, intents));
  }
  const phrases = new Map<Phrase, string>();
  for (const phrase of spoken) phrases.set(phrase, await clearest(sources, [phrase]));
  phrases.set(
    'question',
    await likeliest(sources, sources.articles.map(asQuestion(sources.locale)), answered),
  );
  phrases.set('nonsense', await likeliest(sources, nonsense, meaningless));
  return {
    wordsFor(saying) {
      switch (saying.kind) {
        case 'task':
          return tasks.get(saying.flow) ?? `/${saying.flow}`;
        case 'answer':
          return saying.unknown.decide().text;
        case 'correction':
          return takesAnyText(program, saying.slot)
            ? `/SetSlots(${saying.slot}=${JSON.stringify(saying.sample.value)})`
            : correction(sources.locale, saying.sample.text);
        case 'empty':
          return `/SetSlots(${saying.slot}="")`;
        case 'phrase':
          return phrases.get(saying.phrase) ?? saying.phrase;
        default:
          return saying satisfies never;
      }
    },
  };
}

const spoken = [
  'affirm',
  'deny',
  'cancel',
  'repeat',
  'explain',
  'skip',
  'handoff',
  'release',
  'restart',
] as const;

const nonsense = ['blorp wizzle', 'xqz flumph trib', 'zzkrt', 'snorf glib wub'];

/** Examples looked at for one intent. */
const mostExamples = 16;

/** The example of some intents that is understood best; it has no values, where there is one without. */
function clearest(sources: PhraseSources, intents: readonly string[]): Promise<string> {
  const examples = sources.data.examples.filter(
    ({ intent, locale }) => locale === sources.locale && intent !== undefined && intents.includes(intent),
  );
  const bare = examples.filter(({ entities, text }) => entities.length === 0 && text.length > 2);
  const texts = (bare.length > 0 ? bare : examples).slice(0, mostExamples).map(({ text }) => text);
  return likeliest(sources, texts, (understanding) => {
    const { intents: ranked = [], entities = [] } = understanding.segments[0] ?? {};
    const sure = ranked.find(({ intent }) => intents.includes(intent))?.probability ?? 0;
    const isWhole = understanding.segments.length === 1 && entities.length === 0;
    return sure + (isWhole ? 1 : 0) + (isPlain(understanding.text) ? 0.5 : 0);
  });
}

/** A sentence of some words without a comma can be nothing but itself, even where a name is asked for. */
function isPlain(text: string): boolean {
  return text.split(' ').length >= 3 && !/[,;]/u.test(text);
}

/** The text that fits best, wherever in a conversation it is said: where nothing is asked, and where a text is. */
async function likeliest(
  { recognizer, locale, now, timeZone, program }: PhraseSources,
  texts: readonly string[],
  fits: (understanding: Understanding) => number,
): Promise<string> {
  const asked = Object.values(program.slots)
    .filter(({ name }) => takesAnyText(program, name))
    .slice(0, mostQuestions)
    .map((slot) => [{ slot: slot.name, type: slot.type, entities: entitiesOf(slot) }]);
  let best = { text: texts[0] ?? '', score: -Infinity };
  for (const text of texts) {
    const scores: number[] = [];
    for (const requested of [[], ...asked])
      scores.push(fits(await recognizer.recognise(text, { requested, locale, now, timeZone })));
    const score = Math.min(...scores);
    if (score > best.score) best = { text, score };
  }
  return best.text;
}

/** Questions for a text that words are tried at. */
const mostQuestions = 8;

/** How surely a text asks what an article answers. */
function answered({ articles, segments }: Understanding): number {
  const task = segments[0]?.intents[0]?.probability ?? 0;
  return (articles[0]?.score ?? 0) - task;
}

function meaningless({ segments }: Understanding): number {
  const [first] = segments;
  return (first?.outOfScope ?? 0) - (first?.entities.length ?? 0);
}

function asQuestion(locale: Locale): (title: string) => string {
  return (title) => {
    const bare = title.replace(/[?？]$/u, '');
    return locale.startsWith('zh') ? `${bare}？` : `${bare}?`;
  };
}

function correction(locale: Locale, text: string): string {
  return locale.startsWith('zh') ? `不对，是${text}` : `no, I meant ${text}`;
}
