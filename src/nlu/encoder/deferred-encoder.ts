import type { Encoder } from './encoder.ts';

/**
 * An encoder that opens when it is first asked to encode: a process whose messages the n-grams read alone never opens it.
 *
 * @param known - What can be said of it before.
 * @param open - Called once; where it fails, each `encode` rejects with its error.
 */
export function deferEncoder(
  known: Pick<Encoder, 'id' | 'dimensions' | 'pooledDimensions'>,
  open: () => Promise<Encoder>,
): Encoder {
  let opening: Promise<Encoder> | undefined;
  return {
    ...known,
    encode: async (texts, options) => {
      opening ??= open();
      const encoder = await opening;
      return encoder.encode(texts, options);
    },
    [Symbol.asyncDispose]: async () => {
      const opened = await opening?.catch(() => undefined);
      await opened?.[Symbol.asyncDispose]();
    },
  };
}
