// Random but plausible turns at the shop's own flows, every promise checked after each; one line of JSON.
// Usage: node scripts/run-ts.mjs bench/million-turns.ts [turns] [seed]
import { shopProgram, walk } from '../test/properties/shop-walk.ts';

const [turns = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);
const startedAt = performance.now();
const { transitions, faults, ...counts } = walk(shopProgram(), { turns, seed });
const taken = [...transitions].sort(([, left], [, right]) => left - right);
console.log(
  JSON.stringify({
    bench: 'million-turns',
    ...counts,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    transitions: taken.length,
    takenLeast: taken[0]?.[1],
    takenUnder100: taken.filter(([, count]) => count < 100).length,
    takenLeastOften: taken.slice(0, 12),
    faults: faults.length,
    firstFaults: faults.slice(0, 5),
  }),
);
if (faults.length > 0) process.exitCode = 1;
