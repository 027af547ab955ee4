import { isSameJson } from '../../dialogue/same-json.ts';
import { holds } from '../../dialogue/evaluate-expression.ts';
import { allSteps } from '../../dialogue/walk-steps.ts';
import { askedBefore, repairsAt, type QuestionStep, type RepairKind } from '../coverage/repairs.ts';
import { flowOf } from './reference-bot.ts';
import type { Sample } from './sample-values.ts';
import { readsSlot, scopeOf, Unknown } from './unknown.ts';
import { expect, inputOf, reach, say, setSlot, startableFlows, type Exit, type Walk } from './walk.ts';

/** What the repairs did to a question: it is still open, after failed attempts, or it is gone. */
export type Repaired = { readonly attempts: number } | { readonly exit: Exit };

export function isRepairGoal({ goal, reached }: Walk, flow: string, step: string): boolean {
  return goal.kind === 'repairs' && !reached && goal.flow === flow && goal.from === step;
}

/**
 * Makes every repair at a question, one after the other; the question is asked again after each that does not end it.
 *
 * At the first visit all but the last, which cancels the task; at the second, after the task was begun again, the
 * customer wants to start over.
 *
 * @param ask - Expects the question again; its argument counts the failed attempts among the repairs.
 */
export function repair(
  walk: Walk,
  flow: string,
  step: QuestionStep,
  ask: (attempts: number) => void,
): Repaired {
  walk.visits += 1;
  const kinds = repairsAt(walk.bot.program, flowOf(walk.bot.program, flow), step, walk.bot);
  if (walk.visits > 1 || !kinds.includes('cancel')) {
    if (kinds.includes('cancel')) return { exit: startOver(walk) };
  }
  let attempts = 0;
  for (const kind of kinds) {
    if (kind === 'cancel' || kind === 'restart') continue;
    if (!make(walk, kind, flow, step)) continue;
    if (kind === 'cannot_handle') attempts += 1;
    ask(attempts);
  }
  if (!kinds.includes('cancel')) return { exit: startOver(walk) };
  say(walk, { kind: 'phrase', phrase: 'cancel' });
  const task = walk.frames.findLast(({ by }) => by === 'person' || by === 'link') ?? walk.frames[0];
  expect(walk, { kind: 'flow_cancelled', flow: task?.flow ?? flow }, ...nothingDone(walk, flow));
  return { exit: 'cancelled' };
}

function startOver(walk: Walk): Exit {
  say(walk, { kind: 'phrase', phrase: 'restart' });
  expect(walk, { kind: 'flow_started', flow: 'pattern_restart' });
  reach(walk);
  return 'stopped';
}

/** Makes one repair; `false` when there is nothing here to make it with. */
function make(walk: Walk, kind: RepairKind, flow: string, step: QuestionStep): boolean {
  switch (kind) {
    case 'repeat':
      return phrase(walk, 'repeat', 'pattern_repeat_bot_messages');
    case 'explain':
      return phrase(walk, 'explain', 'pattern_explain');
    case 'skip':
      return phrase(walk, 'skip', 'pattern_skip_question');
    case 'question':
      return phrase(walk, 'question', 'pattern_search');
    case 'cannot_handle':
      return phrase(walk, 'nonsense', 'pattern_cannot_handle');
    case 'handoff':
      return toPersonAndBack(walk);
    case 'digress':
      return digress(walk);
    case 'correct':
      return correct(walk, flow, step);
    case 'cancel':
    case 'restart':
      return false;
    default:
      return kind satisfies never;
  }
}

function phrase(
  walk: Walk,
  said: 'repeat' | 'explain' | 'skip' | 'question' | 'nonsense',
  pattern: string,
): true {
  say(walk, { kind: 'phrase', phrase: said });
  expect(walk, { kind: 'flow_started', flow: pattern });
  return true;
}

function toPersonAndBack(walk: Walk): boolean {
  const pattern = walk.bot.program.flows['pattern_human_handoff'];
  const handoff = pattern && allSteps(pattern).find((step) => step.kind === 'handoff');
  if (handoff?.kind !== 'handoff') return false;
  say(walk, { kind: 'phrase', phrase: 'handoff' });
  expect(walk, { kind: 'handed_off', queue: handoff.queue });
  say(walk, { kind: 'phrase', phrase: 'release' });
  expect(walk, { kind: 'utter', response: 'utter_taken_back' });
  return true;
}

/** Does another task in between, one that asks nothing, and comes back. */
function digress(walk: Walk): boolean {
  const active = new Set(walk.frames.map(({ flow }) => flow));
  const other = startableFlows(walk.bot).find((id) => !active.has(id) && isSmall(walk, id));
  if (other === undefined) return false;
  say(walk, { kind: 'task', flow: other });
  const flows = [...walk.flows];
  const exit = walk.enter(walk, other, 'person');
  walk.flows.clear();
  for (const each of flows) walk.flows.add(each);
  if (exit !== 'completed') walk.failed = true;
  return true;
}

/** A task without questions, effects and conditions of its own. */
function isSmall({ bot: { program } }: Walk, id: string): boolean {
  const flow = flowOf(program, id);
  return (
    flow.guard === undefined &&
    allSteps(flow).every(
      (step) => step.kind === 'say' || (step.kind === 'noop' && step.next.kind !== 'branch'),
    )
  );
}

/** Gives an earlier answer another value: what ran with the old one runs again, and the question comes again. */
function correct(walk: Walk, flow: string, step: QuestionStep): boolean {
  const { world, bot } = walk;
  for (const slot of askedBefore(bot.program, flowOf(bot.program, flow), step)) {
    const held = world.slots.get(slot);
    if (!(held instanceof Unknown) || losesAnswers(walk, slot)) continue;
    const other = otherValue(walk, slot, held);
    if (!other) continue;
    const corrected = new Unknown([other]);
    corrected.decided = other;
    say(walk, { kind: 'correction', slot, sample: other });
    setSlot(walk, slot, corrected);
    expect(walk, { kind: 'slot_set', slot, value: other.value });
    runAgain(walk, slot);
    return true;
  }
  return false;
}

/** Another answer under which every branch taken so far would have been taken too. */
function otherValue({ world }: Walk, slot: string, held: Unknown): Sample | undefined {
  const now = held.decide();
  const relied = world.relied.filter(({ condition }) => readsSlot(condition, slot));
  return held.candidates.find((candidate) => {
    if (candidate.value === null || isSameJson(candidate.value, now.value)) return false;
    const scope = scopeOf(world);
    const changed = { ...scope, slots: { ...scope.slots, [slot]: candidate.value } };
    return relied.every((each) => holds(each.condition, changed) === each.holds);
  });
}

/** Whether an action that was given a slot also wrote an answer of the customer's: correcting the slot loses that answer. */
function losesAnswers({ bot, ran, turns }: Walk, slot: string): boolean {
  const answered = new Set(turns.flatMap(({ saying }) => (saying.kind === 'answer' ? [saying.slot] : [])));
  return ran.some(({ flow, step: id }) => {
    const node = bot.graph(flow).nodes.get(id);
    const step = node?.kind === 'step' && node.step.kind === 'action' ? node.step : undefined;
    if (!step || !Object.values(step.with).some((value) => readsSlot(value, slot))) return false;
    const sets = bot.program.actions[step.action]?.sets ?? [];
    return sets.some((name) => name !== slot && answered.has(name));
  });
}

/** The actions of the task that were given the corrected slot. */
function runAgain(walk: Walk, slot: string): void {
  const { bot } = walk;
  for (const { flow, step: id } of walk.ran) {
    const node = bot.graph(flow).nodes.get(id);
    const step = node?.kind === 'step' ? node.step : undefined;
    if (step?.kind !== 'action') continue;
    const given = Object.values(step.with).some((value) => readsSlot(value, slot));
    const named =
      Object.keys(step.with).length === 0 && slot in (bot.program.actions[step.action]?.input ?? {});
    if (!given && !named) continue;
    expect(walk, { kind: 'action_executed', action: step.action, input: inputOf(walk, step) });
    const results = walk.results.get(step.action) ?? [];
    const last = results.at(-1);
    if (last) results.push(last);
  }
}

/** Without a yes, nothing that needs one is done. */
export function nothingDone({ bot: { program } }: Walk, flow: string) {
  const effects = allSteps(flowOf(program, flow)).flatMap((step) => {
    const definition = step.kind === 'action' ? program.actions[step.action] : undefined;
    return definition?.effect ? [definition.name] : [];
  });
  return [...new Set(effects)].map((action) => ({ kind: 'action_not_executed', action }) as const);
}
