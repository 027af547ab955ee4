import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildDoubleArray } from '../../../src/nlu/encoder/build-double-array.ts';
import { DoubleArray } from '../../../src/nlu/encoder/double-array.ts';

function valueOf(trie: DoubleArray, key: Uint8Array): number {
  let node = trie.root;
  for (const byte of key) {
    node = trie.step(node, byte);
    if (node < 0) return -1;
  }
  return trie.valueAt(node);
}

const key = fc.uint8Array({ min: 1, minLength: 1, maxLength: 6 });

test('a double array gives each key its value, and nothing to any other', () => {
  fc.assert(
    fc.property(fc.uniqueArray(key, { selector: String, maxLength: 60 }), fc.array(key), (keys, others) => {
      const trie = new DoubleArray(buildDoubleArray(keys.map((bytes, value) => ({ key: bytes, value }))));
      const known = new Map(keys.map((bytes, value) => [String(bytes), value]));

      for (const bytes of [...keys, ...others])
        expect(valueOf(trie, bytes)).toBe(known.get(String(bytes)) ?? -1);
    }),
  );
});
