import { describe, expect, test } from 'vitest';
import { deferEncoder } from '../../../src/nlu/encoder/deferred-encoder.ts';
import type { Encoder } from '../../../src/nlu/encoder/encoder.ts';
import { loadEncoder } from '../../../src/nlu/encoder/load-encoder.ts';

const known = { id: 'e', dimensions: 1, pooledDimensions: 0 };

/** An encoder that opens as often as it is told to, and tells what became of it. */
function watched() {
  const seen = { opened: 0, closed: 0 };
  const open = (): Promise<Encoder> => {
    seen.opened += 1;
    return Promise.resolve({
      ...known,
      encode: (texts) => Promise.resolve(texts.map((text) => ({ sentence: Float32Array.of(text.length) }))),
      [Symbol.asyncDispose]: () => {
        seen.closed += 1;
        return Promise.resolve();
      },
    });
  };
  return { seen, open };
}

describe('a deferred encoder', () => {
  test('opens at the first text, once, and closes with it', async () => {
    const { seen, open } = watched();
    const encoder = deferEncoder(known, open);
    expect(encoder.id).toBe('e');
    expect(seen.opened).toBe(0);

    const [first, second] = await Promise.all([encoder.encode(['ab']), encoder.encode(['abc'])]);
    expect([first[0]?.sentence[0], second[0]?.sentence[0]]).toEqual([2, 3]);
    expect(seen.opened).toBe(1);

    await encoder[Symbol.asyncDispose]();
    expect(seen.closed).toBe(1);
  });

  test('that was never used closes without being opened', async () => {
    const { seen, open } = watched();
    await deferEncoder(known, open)[Symbol.asyncDispose]();

    expect(seen).toEqual({ opened: 0, closed: 0 });
  });

  test('that cannot be opened says so to each text', async () => {
    const encoder = deferEncoder(known, () => Promise.reject(new Error('no file')));

    await expect(encoder.encode(['a'])).rejects.toThrow('no file');
    await expect(encoder.encode(['b'])).rejects.toThrow('no file');
    await encoder[Symbol.asyncDispose]();
  });

  test('of the bundled encoder has its id and gives its vectors', async () => {
    await using encoder = (await loadEncoder('bundled')) as Encoder;
    const [encoding] = await encoder.encode(['where is my order']);

    expect(encoder.id).toMatch(/^[0-9a-f]{64}$/);
    expect(encoding?.sentence).toHaveLength(encoder.dimensions);
  });
});
