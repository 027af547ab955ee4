import { expect, test } from 'vitest';
import { plainProducts } from '../../../src/generation/knowledge/nearness.ts';
import { createVectorProducts } from '../../../src/nlu/encoder/vector-products.ts';
import { createRandom } from '../../../src/nlu/random.ts';

const random = createRandom(1);
const vectorOf = (length: number): Float32Array => Float32Array.from({ length }, () => random() - 0.5);

test.each([
  [1, 8],
  [7, 9],
  [8, 512],
  [33, 512],
])('the kernel multiplies %i rows of %i numbers as plain JavaScript does', (count, length) => {
  const rows = Array.from({ length: count }, () => vectorOf(length));
  const [products, plain] = [createVectorProducts(rows), plainProducts(rows)];

  for (const vector of [vectorOf(length), vectorOf(length)]) {
    const expected = [...plain(vector)].map((value) => expect.closeTo(value, 5) as number);
    expect([...products(vector)]).toEqual(expected);
  }
});

test('no rows have no products', () => {
  expect(createVectorProducts([])(vectorOf(4))).toHaveLength(0);
});
