import type { CollectStep, Rejection } from '../../dialogue/program.ts';
import { valueOf, apply, decideValue, solve, Unknown, type Condition } from './unknown.ts';
import { isAnyText } from '../coverage/any-text.ts';
import { isRepairGoal, repair } from './walk-repairs.ts';
import {
  choose,
  edgesFrom,
  expect,
  goOn,
  type Move,
  rankOf,
  reach,
  say,
  setSlot,
  type Walk,
} from './walk.ts';

/** Asks for what a question still misses; the answers are taken, refused, left out or never given. */
export function collect(walk: Walk, flow: string, step: CollectStep): Move {
  if (step.askBeforeFilling) for (const slot of step.slots) setSlot(walk, slot, null);
  let attempt = 0;
  for (;;) {
    const missing = step.slots.filter((slot) => !isFilled(walk, slot));
    if (missing.length === 0) {
      if (judge(walk, flow, step) === 'accepted') return leave(walk, flow, step);
      attempt += 1;
      continue;
    }
    if (attempt >= step.maxAttempts) return giveUp(walk, flow, step);
    const ask = (tried: number): void => {
      askFor(walk, step, missing, tried);
    };
    ask(attempt);
    if (isRepairGoal(walk, flow, step.id)) {
      const repaired = repair(walk, flow, step, (tried) => {
        ask(attempt + tried);
      });
      if ('exit' in repaired) return repaired;
      attempt += repaired.attempts;
    }
    switch (reply(walk, flow, step)) {
      case 'left out':
        say(walk, { kind: 'phrase', phrase: 'skip' });
        return leaveOut(walk, flow, step, 'skipped');
      case 'never':
        for (attempt += 1; attempt <= step.maxAttempts; attempt += 1) {
          say(walk, isAnyText(walk.bot.program, step) ? { kind: 'empty', slot: missing[0] ?? '' } : nonsense);
          if (attempt < step.maxAttempts) ask(attempt);
        }
        return giveUp(walk, flow, step);
      case 'answered':
        answer(walk, step, missing[0] ?? '');
    }
  }
}

const nonsense = { kind: 'phrase', phrase: 'nonsense' } as const;

/** What an action may have found out counts as asked for, unless the goal needs it filled. */
function isFilled(walk: Walk, slot: string): boolean {
  const held = walk.world.slots.get(slot) ?? null;
  if (!(held instanceof Unknown) || held.decided) return valueOf(held) !== null;
  const nothing = held.candidates.find(({ value }) => value === null);
  if (!nothing) return true;
  const stays = choose(walk, [
    { rank: 0, way: false },
    { rank: 1, way: true },
  ]);
  if (!stays) held.decided = nothing;
  return stays;
}

/** The question in the words of the attempt: its own, else the one named after what is missing. */
function askFor(walk: Walk, step: CollectStep, missing: readonly string[], attempt: number): void {
  const { actions, responses } = walk.bot.program;
  const [slot = ''] = missing;
  const together = `utter_ask_${step.slots.join('_')}`;
  const own = step.attempts[Math.min(attempt, step.attempts.length - 1)];
  const named = actions[`action_ask_${slot}`] ? `action_ask_${slot}` : `utter_ask_${slot}`;
  const all = missing.length === step.slots.length;
  const question = all ? (own ?? (responses[together] ? together : named)) : named;
  if (!actions[question]) {
    expect(walk, { kind: 'utter', response: question });
    return;
  }
  expect(walk, { kind: 'action_executed', action: question, input: {} });
  if (!walk.results.has(question)) walk.results.set(question, [{ kind: 'sets', values: new Map() }]);
}

type Reply = 'answered' | 'never' | 'left out';

function reply(walk: Walk, flow: string, step: CollectStep): Reply {
  const rank = (cause: 'next' | 'exhausted' | 'skipped'): number =>
    Math.min(...edgesFrom(walk, flow, step.id, cause).map((edge) => rankOf(walk, flow, edge)));
  const isForbidden = isRefusalWanted(walk, flow, step);
  const ways: { readonly rank: number; readonly way: Reply }[] = [
    { rank: isForbidden ? -2 : rank('next'), way: 'answered' },
    { rank: rank('exhausted') + 2, way: 'never' },
  ];
  if (step.optional || step.default) ways.push({ rank: rank('skipped') + 1, way: 'left out' });
  return choose(
    walk,
    ways.filter((each) => Number.isFinite(each.rank)),
  );
}

function answer(walk: Walk, step: CollectStep, slot: string): void {
  const { samples, program } = walk.bot;
  const list = step.choicesFrom === undefined ? undefined : valueOf(walk.world.slots.get(step.choicesFrom));
  const offered = Array.isArray(list) && list.length > 0 ? samples.offered(slot, list) : [];
  const known = offered.length > 0 ? offered : samples.answers(slot);
  const unknown = new Unknown(known);
  if (known.length === 0) walk.failed = true;
  say(walk, { kind: 'answer', slot, unknown });
  setSlot(walk, slot, unknown);
  expect(walk, { kind: 'slot_set', slot, value: unknown });
  validate(walk, program.actions[`validate_${slot}`]?.name);
}

/** What a bot validates with an action is taken as it is. */
function validate(walk: Walk, action: string | undefined): void {
  if (action === undefined) return;
  expect(walk, { kind: 'action_executed', action, input: {} });
  walk.results.set(action, [{ kind: 'sets', values: new Map() }]);
}

function isRefusalWanted({ goal, reached }: Walk, flow: string, step: CollectStep): boolean {
  return !reached && goal.kind === 'rejection' && goal.flow === flow && goal.from === step.id;
}

/** Holds the answers against the rules about them: an ordinary answer breaks none, unless the goal is a refusal. */
function judge(walk: Walk, flow: string, step: CollectStep): 'accepted' | 'refused' {
  const rules: readonly Rejection[] = [
    ...step.slots.flatMap((slot) => walk.bot.program.slots[slot]?.rejections ?? []),
    ...step.rejections,
  ];
  const fine = rules.map((rule): Condition => ({ condition: rule.if, holds: false }));
  const [accepted, ...refused] = solve(
    [
      fine,
      ...rules.map((rule, at): Condition[] => [...fine.slice(0, at), { condition: rule.if, holds: true }]),
    ],
    walk.world,
  );
  const wanted = isRefusalWanted(walk, flow, step);
  const ways: { readonly rank: number; readonly way: number }[] = [
    ...(accepted ? [{ rank: 0, way: -1 }] : []),
    ...refused.flatMap((each, at) => (each ? [{ rank: wanted ? -1 : 1, way: at }] : [])),
  ];
  const chosen = choose(walk, ways);
  const rule = rules[chosen];
  if (!rule) {
    if (accepted) apply(accepted);
    walk.world.relied.push(...fine);
    return 'accepted';
  }
  const assignment = refused[chosen];
  if (assignment) apply(assignment);
  expect(walk, { kind: 'utter', response: rule.utter });
  for (const slot of step.slots) setSlot(walk, slot, null);
  walk.taken.add(`${flow}#${step.id}/rejected`);
  if (wanted) reach(walk);
  return 'refused';
}

function leave(walk: Walk, flow: string, step: CollectStep): Move {
  return goOn(walk, flow, edgesFrom(walk, flow, step.id, 'next'));
}

function leaveOut(walk: Walk, flow: string, step: CollectStep, cause: 'skipped' | 'exhausted'): Move {
  if (step.default) {
    const value = decideValue(step.default, walk.world);
    for (const slot of step.slots) setSlot(walk, slot, value);
  }
  return goOn(walk, flow, edgesFrom(walk, flow, step.id, cause));
}

function giveUp(walk: Walk, flow: string, step: CollectStep): Move {
  if (step.default) return leaveOut(walk, flow, step, 'exhausted');
  const move = goOn(walk, flow, edgesFrom(walk, flow, step.id, 'exhausted'));
  if (step.onExhausted) return move;
  const exit = walk.enter(walk, 'pattern_human_handoff', 'link');
  return { exit: exit === 'completed' ? 'abandoned' : exit };
}
