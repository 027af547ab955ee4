/**
 * The dialogue's half of a turn: one line of JSON.
 *
 * `advance_per_s` runs the refund flow from one question to the next; `transition_per_s` is the bare XState transition
 * behind it, the peer of the ratio. `turn_p50_ms` is interpret and advance together, in bots of 10, 200 and 1,000 flows
 * with 50 slots, and after 10 and 10,000 turns of one conversation.
 */
import { builtInPatterns } from '../src/dialogue/built-in-patterns.ts';
import { compileFlow } from '../src/dialogue/compile-flow.ts';
import { createDialogue } from '../src/dialogue/create-dialogue.ts';
import type { Command } from '../src/dialogue/command.ts';
import type { Dialogue, DialogueState } from '../src/dialogue/dialogue.ts';
import { parseProgram } from '../src/dialogue/parse-program.ts';
import { createFlowMachine } from '../src/dialogue/run/flow-machine.ts';
import type { InboundMessage } from '../src/message.ts';
import { understand } from '../test/dialogue/interpret/understand.ts';
import { refundActions, refundBot } from '../test/dialogue/run/refund-bot.ts';
import { program, set, start, Talk } from '../test/dialogue/run/talk.ts';

const clock = { now: 0 };

function message(text: string): InboundMessage {
  return { channel: 'bench', conversation: 'bench:1', id: '1', at: 0, content: { kind: 'text', text } };
}

/** Calls a second, over at least one second, after as many calls to warm up. */
function rate(call: () => unknown): number {
  for (let warm = 0; warm < 2_000; warm += 1) call();
  const began = performance.now();
  let calls = 0;
  while (performance.now() - began < 1_500) {
    for (let batch = 0; batch < 100; batch += 1) call();
    calls += 100;
  }
  return Math.round((calls * 1_000) / (performance.now() - began));
}

function medianMs(calls: number, call: (at: number) => unknown): number {
  const times = Array.from({ length: calls }, (_, at) => {
    const began = performance.now();
    call(at);
    return performance.now() - began;
  }).sort((left, right) => left - right);
  return Number((times[Math.floor(times.length / 2)] ?? 0).toFixed(4));
}

/** A bot of so many flows: each asks for two of its slots and says something. */
function largeBot(flows: number, slots: number): Dialogue {
  const lines = ['slots:'];
  for (let at = 0; at < slots; at += 1)
    lines.push(`  slot_${at}: { type: ${at % 2 === 0 ? 'text' : 'number'} }`);
  lines.push('flows:');
  for (let at = 0; at < flows; at += 1) {
    lines.push(
      `  flow_${at}:`,
      `    description: Task number ${at}.`,
      `    nlu_trigger: [ { intent: intent_${at} } ]`,
      `    steps: [ { collect: slot_${(at * 2) % slots} }, { collect: slot_${(at * 2 + 1) % slots} }, { action: utter_done } ]`,
    );
  }
  lines.push('responses:', '  utter_done: [ { text: { en: Done., zh: 好。 } } ]');
  for (let at = 0; at < slots; at += 1)
    lines.push(`  utter_ask_slot_${at}: [ { text: { en: Slot ${at}?, zh: 槽？ } } ]`);
  const parsed = parseProgram([{ file: 'large.yml', text: lines.join('\n') }], {
    locales: ['en', 'zh'],
    builtin: builtInPatterns(),
  });
  return createDialogue(parsed);
}

/** Three turns of a task, again and again: begin, answer, answer. */
function talker(dialogue: Dialogue): { turn: (at: number) => void; state: () => DialogueState } {
  let state = dialogue.start('bench:1', 'en');
  const said = [
    understand('do number seven please', { intents: { intent_7: 0.8, intent_3: 0.1, greet: 0.02 } }),
    understand('some words', { intents: { intent_3: 0.1 }, outOfScope: 0.7 }),
    understand('42', { entities: [['number', '42', 42]] }),
  ];
  const turn = (at: number): void => {
    const understanding = said[at % said.length];
    const heard = message(understanding?.text ?? '');
    const { commands } = dialogue.interpret(state, heard, understanding);
    ({ state } = dialogue.advance(
      state,
      { kind: 'commands', commands, message: heard, locale: 'en' },
      clock,
    ));
  };
  return { turn, state: () => state };
}

function refundRates(): { advance: number; transition: number; states: number } {
  const bot = program(refundBot);
  const talk = new Talk(bot, refundActions);
  talk.give(start('request_refund'), set('order_id', 'AB123456'));
  talk.give(set('email', 'ann@example.org'));
  const { dialogue, state } = talk;
  const commands: readonly Command[] = [set('reason', 'late')];
  const input = { kind: 'commands', commands, message: message('late'), locale: 'en' } as const;
  const flow = bot.flows['request_refund'];
  if (!flow) throw new Error('The refund bot has no refund.');
  const machine = createFlowMachine(compileFlow(flow, bot), { program: bot, isOlder: false });
  const frame = state.stack.at(-1);
  const scope = { slots: { ...state.slots, reason: 'late' }, user: state.user, context: {}, now: 0 };
  return {
    advance: rate(() => dialogue.advance(state, input, clock)),
    transition: rate(() => frame && machine.send(frame.snapshot, 'GO', scope)),
    states: Object.keys(machine.flow.config.states).length,
  };
}

const refund = refundRates();
const byFlows = Object.fromEntries(
  [10, 200, 1_000].map((flows) => {
    const { turn } = talker(largeBot(flows, 50));
    medianMs(600, turn);
    return [flows, medianMs(3_000, turn)];
  }),
);
const long = talker(largeBot(200, 50));
medianMs(600, long.turn);
const early = medianMs(3_000, long.turn);
const earlyBytes = JSON.stringify(long.state()).length;
for (let at = 0; at < 9_000; at += 1) long.turn(at);
const late = medianMs(3_000, long.turn);

console.log(
  JSON.stringify({
    bench: 'dialogue',
    machine_states: refund.states,
    advance_per_s: refund.advance,
    transition_per_s: refund.transition,
    advance_to_transition: Number((refund.advance / refund.transition).toFixed(2)),
    turn_p50_ms_by_flows: byFlows,
    turn_p50_ms_early: early,
    turn_p50_ms_after_10000: late,
    state_bytes_early: earlyBytes,
    state_bytes_after_10000: JSON.stringify(long.state()).length,
  }),
);
