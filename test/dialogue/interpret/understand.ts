import type { Entity, Segment, Understanding } from '../../../src/nlu/recognizer.ts';

/** What a recogniser might say of a text: intents by probability; entities as `[name, words, value, more]`. */
export interface Said {
  readonly intents?: Readonly<Record<string, number>>;
  readonly outOfScope?: number;
  readonly accepted?: boolean;
  readonly entities?: readonly (readonly [string, string, Entity['value']?, Partial<Entity>?])[];
  /** Who found them; they are certain (`regex`) unless this says otherwise. */
  readonly source?: Entity['source'];
}

export function understand(
  text: string,
  said: Said = {},
  articles: Understanding['articles'] = [],
): Understanding {
  return understandParts([[text, said]], articles);
}

export function understandParts(
  parts: readonly (readonly [string, Said])[],
  articles: Understanding['articles'] = [],
): Understanding {
  const text = parts.map(([each]) => each).join(' ');
  let at = 0;
  const segments = parts.map(([each, said]): Segment => {
    const start = text.indexOf(each, at);
    at = start + each.length;
    return segmentOf(each, start, said);
  });
  return { text, locale: 'en', localeReliable: true, sentiment: 0, segments, articles, notes: [] };
}

function segmentOf(text: string, offset: number, said: Said): Segment {
  const ranked = Object.entries(said.intents ?? {}).sort(([, left], [, right]) => right - left);
  return {
    start: offset,
    end: offset + text.length,
    text,
    intents: ranked.map(([intent, probability]) => ({ intent, probability, contextLogOdds: 0 })),
    outOfScope: said.outOfScope ?? (ranked.length > 0 ? 0.02 : 0.6),
    accepted: said.accepted ?? (ranked[0]?.[1] ?? 0) > 0.5,
    entities: (said.entities ?? []).map(([entity, words, value, more]): Entity => {
      const start = offset + text.indexOf(words);
      return {
        entity,
        start,
        end: start + words.length,
        text: words,
        value: value ?? words,
        score: 0.95,
        source: said.source ?? 'regex',
        ...more,
      };
    }),
    nearest: [],
  };
}
