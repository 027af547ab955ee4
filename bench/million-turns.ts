// Plausible turns at the shop's own flows, half of them random and half on the way to what was taken seldom, every
// promise checked after each; one line of JSON.
// Usage: node scripts/run-ts.mjs bench/million-turns.ts [turns] [seed]
import { shopProgram, walk, type WalkReport } from '../test/properties/shop-walk.ts';

const [turns = 1_000_000, seed = 1] = process.argv.slice(2).map(Number);
const startedAt = performance.now();
const seconds = (): number => Math.round((performance.now() - startedAt) / 1000);

/** Turns between two lines of progress. */
const stride = 20_000;
let next = stride;
let faultsTold = 0;
const { transitions, faults, ...counts } = walk(shopProgram(), { turns, seed, onConversation: tell });
const taken = leastTaken(transitions);
console.log(
  JSON.stringify({
    bench: 'million-turns',
    ...counts,
    seconds: seconds(),
    transitions: taken.length,
    takenLeast: taken[0]?.[1],
    takenUnder100: under100(taken),
    takenLeastOften: taken.slice(0, 12),
    faults: faults.length,
    firstFaults: faults.slice(0, 5),
  }),
);
if (faults.length > 0) process.exitCode = 1;

function tell(sofar: WalkReport): void {
  for (const fault of sofar.faults.slice(faultsTold)) console.error(fault);
  faultsTold = sofar.faults.length;
  if (sofar.turns < next) return;
  next += stride;
  const rare = under100(leastTaken(sofar.transitions));
  console.error(`${sofar.turns} turns, ${seconds()} s, ${rare} transitions below 100, ${faultsTold} faults`);
}

function leastTaken(all: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...all].sort(([, left], [, right]) => left - right);
}

function under100(all: readonly (readonly [string, number])[]): number {
  return all.filter(([, count]) => count < 100).length;
}
