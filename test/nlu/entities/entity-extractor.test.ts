import { describe, expect, test } from 'vitest';
import { createEntityExtractor, type ExtractOptions } from '../../../src/nlu/entities/entity-extractor.ts';
import { decodeEntityModel, encodeEntityModel } from '../../../src/nlu/entities/entity-model-bytes.ts';
import { trainEntityModel } from '../../../src/nlu/entities/train-entity-model.ts';
import type { TrainingData, TrainingExample } from '../../../src/nlu/training-example.ts';

const options: ExtractOptions = {
  locale: 'en',
  requested: [],
  now: Date.UTC(2026, 10, 18, 2, 30),
  timeZone: 'Asia/Shanghai',
};

/** `[surface](entity)` marks an annotation. */
function example(marked: string): TrainingExample {
  const entities: { entity: string; start: number; end: number }[] = [];
  let text = '';
  let last = 0;
  for (const found of marked.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)) {
    text += marked.slice(last, found.index);
    entities.push({ entity: found[2] ?? '', start: text.length, end: text.length + (found[1] ?? '').length });
    text += found[1] ?? '';
    last = found.index + found[0].length;
  }
  return { text: text + marked.slice(last), intent: undefined, locale: 'en', entities };
}

const data: TrainingData = {
  examples: [
    'send it to [Lyon](city) please',
    'ship my parcel to [Paris](city)',
    'can you send the shoes to [New York](city) instead',
    'deliver to [Berlin](city) tomorrow',
    'I want it sent to [San Francisco](city)',
    'where is my parcel',
    'cancel the order',
    'the shoes are too small',
    'when does it arrive',
  ].map(example),
  lists: [
    {
      entity: 'reason',
      items: [
        { value: 'damaged', forms: ['broken', 'in pieces', '坏了'] },
        { value: 'late', forms: ['too slow'] },
      ],
    },
  ],
  patterns: [{ entity: 'order_id', pattern: '^[A-Z]{2}\\d{6}$' }],
};

const model = trainEntityModel(data, { locales: ['en', 'zh'], seed: 1 });
const extractor = createEntityExtractor(model);

function found(text: string, more: Partial<ExtractOptions> = {}): readonly unknown[] {
  return extractor
    .extract(text, { ...options, ...more })
    .map(({ entity, text: surface, value, source }) => [entity, surface, value, source]);
}

describe('an entity extractor', () => {
  test('marks what annotations taught it, in words it has not seen', () => {
    expect(found('I want my shoes sent to Lima tomorrow')).toContainEqual(['city', 'Lima', 'Lima', 'tagger']);
  });

  test('says how sure it is: surer of what it was taught than of a new word', () => {
    const scoreOf = (text: string): number =>
      extractor.extract(text, options).find(({ source }) => source === 'tagger')?.score ?? Number.NaN;
    const [taught, fresh] = ['send it to Lyon please', 'I want my shoes sent to Lima tomorrow'].map(scoreOf);
    expect(fresh).toBeGreaterThan(0);
    expect(taught).toBeGreaterThan(fresh ?? 1);
    expect(taught).toBeLessThan(1);
  });

  test.each([
    ['it came in pieces', 'in pieces', 'damaged'],
    ['it is damagd', 'damagd', 'damaged'],
    ['BROKEN', 'BROKEN', 'damaged'],
    ['杯子坏了', '坏了', 'damaged'],
    ['杯子壞了', '壞了', 'damaged'],
  ])('finds a listed word in "%s"', (text, surface, value) => {
    expect(found(text)).toEqual([['reason', surface, value, 'list']]);
  });

  test('a short word one letter off is another word', () => {
    expect(found('lane')).toEqual([]);
  });

  test('a pattern is found inside a text, in either case', () => {
    expect(found('my order ab123456 please')).toEqual([['order_id', 'ab123456', 'AB123456', 'regex']]);
  });

  test('an answer is read in the light of the question', () => {
    const requested = [{ slot: 'city', type: 'text', entities: ['city'] }] as const;
    expect([found('Toulouse', { requested }), found('where is my parcel', { requested })]).toEqual([
      [['city', 'Toulouse', 'Toulouse', 'tagger']],
      [],
    ]);
  });

  test('an answer is read in the light of a question about a slot that the entity fills', () => {
    const requested = [{ slot: 'destination', type: 'text', entities: ['city', 'port'] }] as const;
    expect(found('Toulouse', { requested })).toEqual([['city', 'Toulouse', 'Toulouse', 'tagger']]);
  });

  test.each(['the parcel', 'can it arrive', 'it is where I want it', 'to the'])(
    'words that stand around values are no answer: "%s"',
    (text) => {
      const requested = [{ slot: 'city', type: 'text', entities: ['city'] }] as const;
      expect(found(text, { requested })).toEqual([]);
    },
  );

  test('of two things that the same words can mean, the question tells which', () => {
    const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'today', 'tomorrow'];
    const examples = days.flatMap((day) =>
      ['pickup', 'return'].map((slot): TrainingExample => ({
        ...example(`on [${day}](${slot}) please`),
        requested: [slot],
      })),
    );
    const taught = createEntityExtractor(
      trainEntityModel({ examples, lists: [], patterns: [] }, { locales: ['en'], seed: 1 }),
    );
    const read = ['pickup', 'return'].map((slot) => {
      const requested = [{ slot, type: 'date', entities: [slot] }] as const;
      return taught.extract('on Saturday please', { ...options, requested }).map(({ entity }) => entity);
    });
    expect(read).toEqual([['pickup'], ['return']]);
  });

  test.each([
    ['a list before a recogniser', 'in pieces by Friday', ['reason', 'date']],
    ['a pattern before a code', 'AB123456', ['order_id']],
  ])('%s where they overlap', (_, text, entities) => {
    expect(extractor.extract(text, options).map(({ entity }) => entity)).toEqual(entities);
  });

  test('a marked span that a recogniser reads in full has its value', () => {
    const due = (day: string): TrainingExample => example(`pick it up [${day}](pickup_date)`);
    const examples = ['today', 'tomorrow', 'on Friday', 'next Monday', 'on the 3rd of May'].map(due);
    const dated = createEntityExtractor(
      trainEntityModel({ examples, lists: [], patterns: [] }, { locales: ['en'], seed: 1 }),
    );
    expect(dated.extract('pick it up tomorrow', options)).toMatchObject([
      { entity: 'pickup_date', value: '2026-11-19' },
    ]);
  });

  test('what the sentence is about tells what a name in it is', () => {
    const about = (intent: string, marked: string): TrainingExample => ({ ...example(marked), intent });
    const names = ['Blue Moon', 'Dune', 'Emma', 'Yesterday', 'Ulysses', 'Imagine'];
    const examples = names.flatMap((name) => [
      about('listen', `please put on [${name}](song) for me now`),
      about('read', `please read out [${name}](book) for me now`),
    ]);
    const taught = createEntityExtractor(
      trainEntityModel({ examples, lists: [], patterns: [] }, { locales: ['en'], seed: 1 }),
    );
    const kinds = ['put on Waverley', 'read out Waverley'].map((text) =>
      taught.extract(text, options).map(({ entity }) => entity),
    );
    expect(kinds).toEqual([['song'], ['book']]);
  });

  test('the same data and seed give the same bytes', () => {
    expect(encodeEntityModel(trainEntityModel(data, { locales: ['en', 'zh'], seed: 1 }))).toEqual(
      encodeEntityModel(model),
    );
  });

  test('a model read back from its bytes finds the same', () => {
    const again = createEntityExtractor(decodeEntityModel(encodeEntityModel(model)));
    const text = 'send AB123456 to Madrid in two weeks, it is damaged';
    expect(again.extract(text, options)).toEqual(extractor.extract(text, options));
  });

  test('bytes that are no model are refused', () => {
    expect(() => decodeEntityModel(new Uint8Array([1, 2, 3]))).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID' }),
    );
  });
});
