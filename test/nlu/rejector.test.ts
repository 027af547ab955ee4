import { describe, expect, test } from 'vitest';
import { logisticProbability } from '../../src/nlu/logistic.ts';
import { createRandom } from '../../src/nlu/random.ts';
import {
  evidenceVector,
  fitRejector,
  type Evidence,
  type RejectorRow,
  type RejectorSettings,
} from '../../src/nlu/rejector.ts';

const settings: RejectorSettings = { wrongCost: 3, outOfScopeShare: 0.2 };

/** Out of scope looks far from what is known and unsure; the rest near and sure; both overlap. */
function rows(): RejectorRow[] {
  const random = createRandom(7);
  return Array.from({ length: 400 }, (_, index) => {
    const kind = index % 4 === 0 ? 'out of scope' : index % 10 === 1 ? 'wrong' : 'right';
    const sureness = kind === 'right' ? 0.5 + random() / 2 : random() * 0.8;
    return {
      kind,
      evidence: evidence(sureness, kind === 'out of scope' ? random() * 0.6 : 0.3 + random() * 0.7),
    };
  });
}

function evidence(sureness: number, nearness: number): Evidence {
  return {
    logTop: Math.log(Math.max(0.01, sureness)),
    margin: sureness,
    entropy: 3 * (1 - sureness),
    nearest: nearness,
    tenthNearest: nearness / 2,
    agreement: nearness,
    foreign: 2 - 4 * sureness,
    known: 0.5 + nearness / 2,
    length: 3,
  };
}

describe('the rejector', () => {
  const rejector = fitRejector(rows(), 'examples', settings);
  const outOfScope = (sureness: number, nearness: number): number =>
    logisticProbability(rejector.model, evidenceVector(evidence(sureness, nearness)));

  test('what is near and sure is in scope, what is far and unsure is not', () => {
    expect(outOfScope(1, 1)).toBeLessThan(0.1);
    expect(outOfScope(0, 0)).toBeGreaterThan(0.5);
  });

  test('more of any evidence never turns the decision the wrong way', () => {
    for (let step = 0; step < 10; step += 1) {
      expect(outOfScope((step + 1) / 10, 0.5)).toBeLessThanOrEqual(outOfScope(step / 10, 0.5));
      expect(outOfScope(0.5, (step + 1) / 10)).toBeLessThanOrEqual(outOfScope(0.5, step / 10));
    }
  });

  test('the dearer a wrong reading, the higher the threshold', () => {
    const thresholds = [0.3, 1, 3, 10].map(
      (wrongCost) => fitRejector(rows(), 'examples', { ...settings, wrongCost }).threshold,
    );
    expect(thresholds).toEqual([...thresholds].sort((a, b) => a - b));
    expect(thresholds[0]).toBeLessThan(thresholds[3] ?? 0);
  });

  test('without an example of out of scope, the cost alone sets the threshold', () => {
    const inside = rows().filter(({ kind }) => kind !== 'out of scope');
    expect(fitRejector(inside, 'none', settings)).toMatchObject({ basis: 'none', threshold: 0.75 });
  });
});
