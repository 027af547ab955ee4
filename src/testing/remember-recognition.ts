import type { BotUnderstanding } from '../compose.ts';
import type { Understanding } from '../nlu/recognizer.ts';

/** Recognises the same text in the same context once: dialogues share their beginnings, and mutants of the flows all of it. */
export function rememberRecognition(understanding: BotUnderstanding): BotUnderstanding {
  const { recognizer } = understanding;
  const known = new Map<string, Promise<Understanding>>();
  return {
    ...understanding,
    recognizer: {
      modelId: recognizer.modelId,
      recognise(text, context, options) {
        const key = JSON.stringify([text, context]);
        const found = known.get(key) ?? recognizer.recognise(text, context, options);
        known.set(key, found);
        return found;
      },
    },
    [Symbol.asyncDispose]: () => understanding[Symbol.asyncDispose](),
  };
}
