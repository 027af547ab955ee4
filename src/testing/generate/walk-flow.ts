import { isDefaultAction } from '../../dialogue/default-actions.ts';
import type { FlowNode } from '../../dialogue/flow-graph.ts';
import type { ActionStep, Step } from '../../dialogue/program.ts';
import type { Json } from '../../json.ts';
import { flowOf } from './reference-bot.ts';
import { collect } from './walk-collect.ts';
import { confirm } from './walk-confirm.ts';
import {
  choose,
  edgesFrom,
  expect,
  expectNoOther,
  type Exit,
  follow,
  goOn,
  inputOf,
  type Move,
  rankOf,
  say,
  setSlot,
  type Walk,
  type WalkFrame,
} from './walk.ts';
import { apply, decideValue, solve, Unknown } from './unknown.ts';

/** More steps than these are a circle. */
const mostSteps = 120;
const mostTurns = 40;

/** Walks a flow from its guard to its end. */
export function walkFlow(walk: Walk, flow: string, by: WalkFrame['by']): Exit {
  walk.frames.push({ flow, by });
  walk.flows.add(flow);
  expect(walk, { kind: 'flow_started', flow });
  let node = 'start';
  for (let steps = 0; steps < mostSteps && walk.turns.length < mostTurns; steps += 1) {
    const move = perform(walk, flow, node);
    if ('exit' in move) {
      walk.frames.pop();
      if (move.exit === 'completed') {
        expect(walk, { kind: 'flow_completed', flow });
        if (by === 'person') expectNoOther(walk);
      }
      return move.exit;
    }
    node = move.to;
  }
  walk.failed = true;
  return 'stopped';
}

function perform(walk: Walk, flow: string, id: string): Move {
  const node = walk.bot.graph(flow).nodes.get(id);
  switch (node?.kind) {
    case 'start':
      return enter(walk, flow);
    case 'end':
      return { exit: 'completed' };
    case 'abandoned':
    case undefined:
      return { exit: 'abandoned' };
    case 'way_out':
      return wayOut(walk, flow, node);
    case 'step':
      return rests(node.step) && isLetIn(walk) ? { exit: 'completed' } : performStep(walk, flow, node.step);
    default:
      return node satisfies never;
  }
}

function enter(walk: Walk, flow: string): Move {
  const edge = follow(walk, flow, edgesFrom(walk, flow, 'start'));
  if (edge) return { to: edge.to };
  expect(walk, { kind: 'utter', response: 'utter_not_allowed' });
  return { exit: 'abandoned' };
}

/** Whether a flow comes to rest at a step, rather than passing through it at once. */
function rests({ kind }: Step): boolean {
  return kind !== 'noop' && kind !== 'switch' && kind !== 'say' && kind !== 'set_slots';
}

/** A flow that a guard called is over as soon as the guard holds. */
function isLetIn(walk: Walk): boolean {
  const caller = walk.frames.at(-2);
  if (walk.frames.at(-1)?.by !== 'guard' || !caller) return false;
  const { guard } = flowOf(walk.bot.program, caller.flow);
  if (!guard) return false;
  const [closed] = solve([[{ condition: guard, holds: false }]], walk.world);
  if (!closed) return true;
  apply(closed);
  return false;
}

function wayOut(walk: Walk, flow: string, node: Extract<FlowNode, { kind: 'way_out' }>): Move {
  const { way, returns, id } = node;
  if (way.kind === 'response') {
    expect(walk, { kind: 'utter', response: way.response });
    return goOn(walk, flow, edgesFrom(walk, flow, id));
  }
  if (returns) {
    const exit = walkFlow(walk, way.flow, 'guard');
    return exit === 'completed' ? goOn(walk, flow, edgesFrom(walk, flow, id)) : { exit };
  }
  follow(walk, flow, edgesFrom(walk, flow, id));
  const exit = walkFlow(walk, way.flow, 'link');
  const abandons = !id.endsWith(':no');
  return { exit: exit === 'completed' && abandons ? 'abandoned' : exit };
}

function performStep(walk: Walk, flow: string, step: Step): Move {
  const onwards = (): Move => goOn(walk, flow, edgesFrom(walk, flow, step.id));
  switch (step.kind) {
    case 'noop':
    case 'switch':
    case 'answer':
    case 'generate':
      return onwards();
    case 'say':
      if (step.say.kind === 'response') expect(walk, { kind: 'utter', response: step.say.response });
      return onwards();
    case 'set_slots':
      for (const { slot, value } of step.assignments) assign(walk, slot, decideValue(value, walk.world));
      return onwards();
    case 'collect':
      return collect(walk, flow, step);
    case 'confirm':
      return confirm(walk, flow, step);
    case 'action':
      return isDefaultAction(step.action) ? onwards() : act(walk, flow, step);
    case 'call': {
      for (const [slot, value] of Object.entries(step.with))
        setSlot(walk, slot, decideValue(value, walk.world));
      const exit = walkFlow(walk, step.flow, 'call');
      if (exit !== 'completed') return { exit };
      for (const [slot, from] of Object.entries(step.returns))
        setSlot(walk, slot, walk.world.slots.get(from) ?? null);
      return onwards();
    }
    case 'link':
      follow(walk, flow, edgesFrom(walk, flow, step.id));
      return { exit: walkFlow(walk, step.flow, 'link') };
    case 'handoff':
      return handOff(walk, flow, step.id, step.queue);
    case 'wait':
      say(walk, { kind: 'wait', ms: step.durationMs });
      return onwards();
    default:
      return step satisfies never;
  }
}

function assign(walk: Walk, slot: string, value: Json): void {
  const before = walk.world.slots.get(slot);
  const next = value ?? walk.bot.program.slots[slot]?.initialValue ?? null;
  setSlot(walk, slot, next);
  const changed = before instanceof Unknown || JSON.stringify(before ?? null) !== JSON.stringify(next);
  if (changed && next !== null) expect(walk, { kind: 'slot_set', slot, value: next });
}

/** A person has the conversation; the dialogue ends there, or the customer takes it back to the bot. */
function handOff(walk: Walk, flow: string, step: string, queue: string): Move {
  expect(walk, { kind: 'handed_off', queue });
  const edges = edgesFrom(walk, flow, step);
  const onwards = Math.min(...edges.map((edge) => rankOf(walk, flow, edge)));
  const stays = choose(walk, [
    { rank: walk.reached ? -2 : 10_000, way: true },
    { rank: onwards, way: false },
  ]);
  if (stays) return { exit: 'stopped' };
  say(walk, { kind: 'phrase', phrase: 'release' });
  expect(walk, { kind: 'utter', response: 'utter_taken_back' });
  return goOn(walk, flow, edges);
}

/** An action runs with what it is given, and finds something out, or fails. */
function act(walk: Walk, flow: string, step: ActionStep): Move {
  const definition = walk.bot.program.actions[step.action];
  const facts = [...(definition?.requires ?? []), ...step.requires].flatMap((each) =>
    each.kind === 'fact' ? [{ condition: each.fact, holds: true }] : [],
  );
  const [met] = solve([facts], walk.world);
  if (!met) {
    walk.failed = true;
    return { exit: 'stopped' };
  }
  apply(met);
  expect(walk, { kind: 'action_executed', action: step.action, input: inputOf(walk, step) });
  walk.ran.push({ flow, step: step.id });

  const failures = edgesFrom(walk, flow, step.id, 'failed');
  const values = findOut(walk, step.action);
  const next = edgesFrom(walk, flow, step.id, 'next');
  const fails = choose(walk, [
    { rank: Math.min(...next.map((edge) => rankOf(walk, flow, edge))), way: false },
    ...failures.map((edge) => ({ rank: rankOf(walk, flow, edge), way: true })),
  ]);
  const results = walk.results.get(step.action) ?? [];
  walk.results.set(step.action, results);
  if (fails) {
    results.push({ kind: 'fails' });
    if (!step.onError) walkFlow(walk, 'pattern_internal_error', 'link');
    return goOn(walk, flow, failures);
  }
  results.push({ kind: 'sets', values });
  for (const [name, unknown] of values) {
    if (name.startsWith('user.')) walk.world.user.set(name.slice('user.'.length), unknown);
    else setSlot(walk, name, unknown);
  }
  return goOn(walk, flow, next);
}

/** What an action may set, not decided yet; what the customer has said stays as it is. */
function findOut({ bot, world, results }: Walk, action: string): ReadonlyMap<string, Unknown> {
  const earlier = [...results.values()].flat();
  const found = new Set<unknown>(
    earlier.flatMap((each) => (each.kind === 'sets' ? [...each.values.values()] : [])),
  );
  const sets = bot.program.actions[action]?.sets ?? [];
  return new Map(
    sets.flatMap((name): [string, Unknown][] => {
      if (name.startsWith('user.'))
        return [[name, new Unknown(bot.samples.facts(name.slice('user.'.length)))]];
      const now = world.slots.get(name) ?? null;
      const isTheirs = now !== null && !found.has(now);
      return isTheirs ? [] : [[name, new Unknown(bot.samples.results(name))]];
    }),
  );
}
