import { describe, expect, test } from 'vitest';
import { readYaml } from '../src/yaml-source.ts';

describe('readYaml', () => {
  const text =
    'flows:\n  refund:\n    steps:\n      - collect: order_id\n      - say: hi\nnote: |\n  first\n  second line\n';
  const source = readYaml('flows/a.yml', text);

  test('a value knows where it starts', () => {
    expect(source.positionOf(['flows', 'refund', 'steps', 0, 'collect'])).toEqual({
      file: 'flows/a.yml',
      line: 4,
      column: 18,
    });
  });

  test('a key knows where it starts', () => {
    expect(source.keyPositionOf(['flows', 'refund', 'steps'])).toEqual({
      file: 'flows/a.yml',
      line: 3,
      column: 5,
    });
  });

  test('a missing path stands where its nearest parent does', () => {
    expect(source.positionOf(['flows', 'refund', 'steps', 1, 'nothing', 'here'])).toMatchObject({
      line: 5,
      column: 9,
    });
  });

  test('a character inside a block scalar has its own place', () => {
    expect(source.positionInside(['note'], 'first\nsecond '.length)).toMatchObject({ line: 8, column: 10 });
  });

  test.each([
    ['a: [1', 'yaml-syntax'],
    ['a: 1\na: 2', 'yaml-syntax'],
    ['a: &x [1]\nb: *x', 'yaml-syntax'],
  ])('%j is a diagnostic, not an exception', (bad, rule) => {
    const { diagnostics, value } = readYaml('f.yml', bad);
    expect(diagnostics[0]).toMatchObject({ rule, severity: 'error' });
    expect(value).toBeUndefined();
  });

  test('yes and no are strings', () => {
    expect(readYaml('f.yml', 'a: yes\nb: true').value).toEqual({ a: 'yes', b: true });
  });

  test('an empty file is null', () => {
    expect(readYaml('f.yml', '# nothing\n').value).toBeNull();
  });
});
