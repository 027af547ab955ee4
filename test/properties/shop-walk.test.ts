import { expect, test } from 'vitest';
import { shopProgram, walk } from './shop-walk.ts';

const turns = Number(process.env['SHOP_TURNS'] ?? 1_200);

test('whatever customers say to the shop, each turn keeps every promise', () => {
  const { faults, effects, kills, replays, transitions } = walk(shopProgram(), { turns, seed: 7 });
  expect(faults).toEqual([]);
  expect(Math.min(effects, kills, replays)).toBeGreaterThan(0);
  expect([...transitions.values()].filter((count) => count > 0).length).toBeGreaterThan(transitions.size / 3);
});
