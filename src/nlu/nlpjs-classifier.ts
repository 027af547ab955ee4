import { shuffledIndices, createRandom } from './random.ts';

/** nlp.js's own intent network, kept as the baseline that ours is measured against. */
export interface BaselineClassifier {
  /** The best intent; `None` when it knows no word of the text. */
  classify(text: string): Promise<string>;
}

export interface LabelledText {
  readonly text: string;
  readonly intent: string;
}

const plugins = [
  'ArrToObj',
  'Normalizer',
  'ObjToArr',
  'Stemmer',
  'Stopwords',
  'Tokenizer',
  'Timer',
  'MemoryStorage',
  'LangEn',
] as const;

/**
 * Trains it on English texts, shuffled: fed in the order of their intents it forgets the first ones.
 *
 * Its own loader, which runs every file of a folder it finds, is never started.
 */
export async function trainBaseline(
  texts: readonly LabelledText[],
  seed: number,
): Promise<BaselineClassifier> {
  const { default: basic } = await import('@nlpjs/basic');
  const container = new basic.Container();
  for (const plugin of plugins) container.use(basic[plugin]);
  const nlp = new basic.Nlp({ container, autoSave: false, autoLoad: false, nlu: { log: false } });
  nlp.addLanguage('en');
  for (const place of shuffledIndices(texts.length, createRandom(seed))) {
    const example = texts[place];
    if (example) nlp.addDocument('en', example.text, example.intent);
  }
  await nlp.train();
  return { classify: async (text) => (await nlp.process('en', text)).intent };
}
