import { describe, expect, test } from 'vitest';
import type { Program } from '../../src/dialogue/program.ts';
import { planDialogues, type Plan } from '../../src/testing/generate/plan-dialogues.ts';
import { createReferenceBot } from '../../src/testing/generate/reference-bot.ts';
import { createSampleValues } from '../../src/testing/generate/sample-values.ts';
import type { PlannedDialogue, PlannedTurn } from '../../src/testing/generate/transcript.ts';
import { Unknown } from '../../src/testing/generate/unknown.ts';
import { bakery, leaving } from './small-flows.ts';

const plan = planFor(bakery());

function planFor(program: Program): Plan {
  const samples = createSampleValues(program, { examples: [], lists: [], patterns: [] }, 'en');
  return planDialogues(createReferenceBot({ program, samples, hasArticles: false, now: 0 }));
}

function named(part: string, { dialogues }: Plan = plan): PlannedDialogue {
  const found = dialogues.find(({ name }) => name.includes(part));
  if (!found) throw new Error(`No dialogue "${part}" among ${dialogues.map(({ name }) => name).join('; ')}`);
  return found;
}

function kinds({ expected }: PlannedTurn): readonly string[] {
  return expected.map((each) =>
    'response' in each ? each.response : 'action' in each ? `${each.kind} ${each.action}` : each.kind,
  );
}

describe('dialogues made up from what the flows mean', () => {
  test('a way is found to everything', () => {
    expect(plan.unmet).toEqual([]);
  });

  test('planning again gives the same dialogues', () => {
    expect(JSON.stringify(planFor(bakery()))).toBe(JSON.stringify(plan));
  });

  test('a no ends without the effect', () => {
    const last = named('ask:no').turns.at(-1);
    expect(last?.saying).toEqual({ kind: 'phrase', phrase: 'deny' });
    expect(last && kinds(last)).toEqual(['action_not_executed bake', 'utter_not_ordered', 'flow_completed']);
  });

  test('a refused answer breaks the rule, and is asked for again', () => {
    const { turns } = named('2_collect_guests refused');
    const refused = turns.find((turn) => kinds(turn).includes('utter_too_many'));
    if (refused?.saying.kind !== 'answer') throw new Error('Nothing was refused.');
    expect(refused.saying.unknown.decide().value).toBe(13);
    expect(kinds(refused)).toEqual(['slot_set', 'utter_too_many', 'utter_ask_guests']);
  });

  test('an action is scripted to find what the branch needs', () => {
    const sold = plan.dialogues.find(({ turns }) =>
      turns.some((turn) => kinds(turn).includes('utter_sold_out')),
    );
    const [result] = sold?.results.get('look_up') ?? [];
    const value = result?.kind === 'sets' ? result.values.get('in_stock') : undefined;
    expect(value instanceof Unknown && value.decide().value).toBe(false);
  });

  test('a correction at the confirmation runs what depended on the old value again', () => {
    const corrected = named('repairs at ask').turns.find(({ saying }) => saying.kind === 'correction');
    expect(corrected?.saying).toMatchObject({ slot: 'size', sample: { value: 'large' } });
    expect(corrected && kinds(corrected)).toEqual(['slot_set', 'action_executed look_up', 'utter_confirm']);
  });

  test('a question with a default is left out, and never answered; the engine’s own actions cannot fail', () => {
    const plan = planFor(leaving());
    expect(plan.unmet).toEqual([]);
    const never = named('exhausted', plan).turns;
    expect(never.map((turn) => kinds(turn)[0])).toEqual([
      'flow_started',
      'utter_ask_guests',
      'utter_ask_guests',
      'action_executed find_bill',
    ]);
    expect(named('skipped', plan).turns.map((turn) => kinds(turn)[0])).toEqual([
      'flow_started',
      'action_executed find_bill',
    ]);
    expect(plan.dialogues.filter(({ name }) => name.includes('action_restart failed'))).toEqual([]);
  });

  test('at its end, a task has said and done nothing of the ways that it did not take', () => {
    const ends = ['utter_please_pay', 'utter_left'].map((response) =>
      planFor(leaving())
        .dialogues.flatMap(({ turns }) => turns)
        .find((turn) => turn.expected.some((each) => each.kind === 'utter' && each.response === response)),
    );
    const others = ends.map((turn) => turn?.expected.filter(({ kind }) => kind === 'not_uttered'));
    expect(others).toEqual([
      [{ kind: 'not_uttered', response: 'utter_left' }],
      [{ kind: 'not_uttered', response: 'utter_please_pay' }],
    ]);
  });
});
