import { describe, expect, test } from 'vitest';
import { checkProgram } from '../../src/dialogue/check-program.ts';
import type { Command } from '../../src/dialogue/command.ts';
import { evaluateExpression } from '../../src/dialogue/evaluate-expression.ts';
import { parseExpression } from '../../src/dialogue/parse-expression.ts';
import type { Program } from '../../src/dialogue/program.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import { type Said, understand } from './interpret/understand.ts';
import { cancel, correct, program, set, start, Talk } from './run/talk.ts';

// What projects written for Rasa CALM contain, and that it means here what it means there.

/** A bot of one flow. */
function bot(steps: string, rest = '', flow = ''): Program {
  const indented = steps.replace(/^/gmu, '      ');
  return program(`flows:\n  f:\n    description: A task.${flow}\n    steps:\n${indented}\n${rest}`);
}

function asks(...slots: readonly string[]): string {
  return slots.map((slot) => `  utter_ask_${slot}: [ { text: ${slot}? } ]`).join('\n');
}

function heard(talk: Talk, text: string, said: Said = {}): readonly Command[] {
  const message = {
    channel: 'test',
    conversation: 'test:1',
    id: '1',
    at: 0,
    content: { kind: 'text', text },
  } as const;
  return talk.dialogue.interpret(talk.state, message, understand(text, said)).commands;
}

function value(source: string, slots: JsonObject = {}, context: JsonObject = {}): Json {
  const parsed = parseExpression(source);
  if (parsed.kind !== 'parsed') throw new Error(parsed.message);
  return evaluateExpression(parsed.expression, { slots, user: {}, context, now: 0 });
}

describe('flows', () => {
  test('a flow with neither trigger nor examples is begun by an intent of its own name', () => {
    const talk = new Talk(bot('- say: Hello.'));
    expect(heard(talk, 'f please', { intents: { f: 0.95 } })).toEqual([{ kind: 'start_flow', flow: 'f' }]);
  });

  test('`if: False` closes a flow to messages, and not to call and link', () => {
    const closed = program(`
flows:
  open: { description: Opens., steps: [ { call: inner }, { link: last } ] }
  inner: { description: Inner., if: False, steps: [ { say: In. } ] }
  last: { description: Last., if: False, steps: [ { say: Out. } ] }
`);
    expect(new Talk(closed).give(start('inner'))).toEqual(['utter_not_allowed']);
    expect(new Talk(closed).give(start('open')).slice(0, 2)).toEqual(['In.', 'Out.']);
  });

  test('an id may be a slot’s name; `next` goes to earlier steps; without it the next in the list follows', () => {
    const steps =
      '- id: a\n  collect: a\n- id: b\n  collect: b\n  next:\n    - if: slots.b is "again"\n      then: reset\n    - else: done\n- id: reset\n  set_slots: [ { a: null }, { b: null } ]\n  next: a\n- id: done\n  action: utter_done\n  next: END';
    const talk = new Talk(
      bot(
        steps,
        `slots: { a: { type: text }, b: { type: text } }\nresponses:\n  utter_done: [ { text: Done. } ]\n${asks('a', 'b')}`,
      ),
    );
    expect(talk.give(start('f'))).toEqual(['utter_ask_a']);
    expect(talk.give(set('a', 'x'))).toEqual(['utter_ask_b']);
    expect(talk.give(set('b', 'again'))).toEqual(['utter_ask_a']);
    talk.give(set('a', 'y'));
    expect(talk.give(set('b', 'z'))[0]).toBe('utter_done');
  });

  test('its end emits a reset for each slot that it and the flows it calls ask for', () => {
    const talk = new Talk(
      program(`
slots: { a: { type: text }, b: { type: text, initial_value: first }, c: { type: text } }
flows:
  f: { description: F., persisted_slots: [c], steps: [ { collect: a }, { collect: c }, { call: g } ] }
  g: { description: G., if: false, steps: [ { collect: b } ] }
responses: { utter_ask_a: [ { text: A? } ], utter_ask_c: [ { text: C? } ] }
`),
    );
    talk.give(start('f'));
    talk.give(set('a', 'x'), set('c', 'kept'));
    const resets = talk.events.flatMap((event) =>
      event.kind === 'slot_set' ? [[event.slot, event.value]] : [],
    );
    expect(resets).toEqual([
      ['a', 'x'],
      ['c', 'kept'],
      ['a', null],
      ['b', 'first'],
    ]);
    expect(talk.state.slots).toMatchObject({ a: null, b: 'first', c: 'kept' });
  });
});

describe('slots', () => {
  test('one that starts filled is not asked for, and needs no question', () => {
    const filled = bot('- collect: a\n- say: Done.', 'slots: { a: { type: text, initial_value: x } }');
    expect(new Talk(filled).give(start('f'))[0]).toBe('Done.');
  });

  test('clearing goes back to the initial value', () => {
    const cleared = bot(
      '- set_slots: [ { a: other }, { a: null } ]\n- say: Done.',
      'slots: { a: { type: text, initial_value: x, scope: conversation } }',
    );
    const talk = new Talk(cleared);
    talk.give(start('f'));
    expect(talk.state.slots['a']).toBe('x');
  });

  test('`controlled` keeps a slot from the customer', () => {
    const talk = new Talk(
      bot(
        '- collect: a',
        `slots: { a: { type: text, mappings: [ { type: controlled } ] } }\nresponses:\n${asks('a')}`,
      ),
    );
    talk.give(start('f'));
    talk.give(set('a', 'x'));
    expect(talk.state.slots['a'] ?? null).toBeNull();
  });

  test('`from_intent` fills by what was meant, while its flow runs', () => {
    const mapping =
      'mappings: [ { type: from_intent, intent: like, value: good, conditions: [ { active_flow: f } ] } ]';
    const talk = new Talk(
      bot('- collect: a', `slots: { a: { type: text, ${mapping} } }\nresponses:\n${asks('a')}`),
    );
    talk.give(start('f'));
    expect(heard(talk, 'love it', { intents: { like: 0.95 } })).toEqual([
      { kind: 'set_slot', slot: 'a', value: 'good' },
    ]);
  });

  test.each([
    ['intent: tell', { tell: 0.95 }, true],
    ['intent: tell', { ask: 0.95 }, false],
    ['not_intent: [ask]', { tell: 0.95 }, true],
    ['not_intent: [ask]', { ask: 0.95 }, false],
  ])('`from_text` with `%s` takes the words of %j: %s', (condition, intents, takes) => {
    const mapping = `mappings: [ { type: from_text, ${condition} } ]`;
    const talk = new Talk(
      bot('- collect: n', `slots: { n: { type: any, ${mapping} } }\nresponses:\n${asks('n')}`),
    );
    talk.give(start('f'));
    const commands = heard(talk, '12', { intents });
    const filled = commands.flatMap((command) => (command.kind === 'set_slot' ? [command.value] : []));
    expect(filled).toEqual(takes ? ['12'] : []);
  });

  test('`validation` runs on every fill: the bad value is set, taken away, and asked for again', () => {
    const rules = 'validation: { rejections: [ { if: slots.n > 9, utter: utter_no } ] }';
    const rest = `slots: { n: { type: number, ${rules} }, m: { type: text } }\nactions: { find: { sets: [n] } }\nresponses:\n  utter_no: [ { text: Too many. } ]\n${asks('n', 'm')}`;
    const said = new Talk(bot('- collect: n', rest));
    said.give(start('f'));
    expect(said.give(set('n', 12))).toEqual(['utter_no', 'utter_ask_n']);
    expect(said.events.flatMap((event) => (event.kind === 'slot_set' ? [event.value] : []))).toEqual([
      12,
      null,
    ]);
    const found = new Talk(bot('- action: find\n- collect: n', rest), { find: () => ({ set: { n: 12 } }) });
    expect(found.give(start('f'))).toEqual(['utter_no', 'utter_ask_n']);
  });

  test('`validate_<slot>` runs after a fill, and may change the value, take it away and speak', () => {
    const rest = `slots: { a: { type: text } }\nactions: { validate_a: { sets: [a] } }\nresponses:\n${asks('a')}`;
    const talk = new Talk(bot('- collect: a\n- say: "{a}"', rest, '\n    persisted_slots: [a]'), {
      validate_a: ({ a }) =>
        a === 'no'
          ? { set: { a: null }, say: [{ kind: 'text', text: { '*': 'Not that.' } }] }
          : { set: { a: typeof a === 'string' ? a.toUpperCase() : null } },
    });
    talk.give(start('f'));
    expect(talk.give(set('a', 'no'))).toEqual(['Not that.', 'utter_ask_a']);
    talk.give(set('a', 'yes'));
    expect(talk.state.slots['a']).toBe('YES');
  });

  test('nothing interrupts `force_slot_filling` but the wish for a person', () => {
    const talk = new Talk(
      bot('- collect: a', `slots: { a: { type: text, force_slot_filling: true } }\nresponses:\n${asks('a')}`),
    );
    talk.give(start('f'));
    expect(heard(talk, 'never mind', { intents: { cancel: 0.99 } })).toEqual([
      { kind: 'set_slot', slot: 'a', value: 'never mind', text: 'never mind' },
    ]);
    expect(heard(talk, 'a person, please', { intents: { handoff: 0.9 } })).toEqual([{ kind: 'handoff' }]);
  });

  test('a slot that only an action can fill is no error, unless the action says what it sets', () => {
    const steps =
      '- action: search\n- noop: true\n  next:\n    - if: slots.found\n      then: END\n    - else: END';
    const unfillable = (actions: string) =>
      checkProgram(bot(steps, `slots: { found: { type: bool } }\n${actions}`)).filter(
        ({ rule }) => rule === 'unfillable-slot',
      );
    expect(unfillable('actions: [search]')).toEqual([]);
    expect(unfillable('actions: { search: { sets: [] } }')).toHaveLength(1);
  });
});

describe('expressions', () => {
  test.each<[string, Json]>([
    ['slots.a = 1', true],
    ['slots.a == 1', true],
    ['slots.a is 1', true],
    ['slots.a is not 2', true],
    ['slots.a != 2', true],
    ['slots.a >= 1 and not slots.b contains "z"', true],
    ["slots.b contains 'x'", true],
    ['"x" in slots.b', true],
    ['slots.b matches "^x"', true],
    ['slots.day > "2025-12-31"', true],
    ['slots.stars = "5"', true],
    ['slots.none or slots.empty', false],
    ['context.canceled_name is "add a card"', true],
    ['not context.is_reset_only', true],
  ])('%s is %s', (source, expected) => {
    const slots = { a: 1, b: 'xy', day: '2026-01-01', stars: 5, empty: [] };
    expect(value(source, slots, { canceled_name: 'add a card', is_reset_only: false })).toBe(expected);
  });
});

describe('responses', () => {
  test('with conditions and no default, there may be nothing to say', () => {
    const talk = new Talk(
      bot(
        '- action: utter_x\n- say: Done.',
        'slots: { a: { type: bool } }\nresponses:\n  utter_x: [ { text: Yes., condition: slots.a is true } ]',
      ),
    );
    talk.give(start('f'));
    expect(talk.effects[0]).toMatchObject({ utterance: { response: 'utter_x', variants: [] } });
  });

  test('an action may speak: a text or a response, either with its own buttons', () => {
    const button = { title: { '*': 'Go' }, payload: { kind: 'text', text: 'go' } } as const;
    const talk = new Talk(bot('- action: tell', 'actions: [tell]\nresponses:\n  utter_x: [ { text: X. } ]'), {
      tell: () => ({
        say: [
          { kind: 'text', text: { '*': 'Hi {there}.' }, literal: true, buttons: [button] },
          { kind: 'response', response: 'utter_x', buttons: [button] },
        ],
      }),
    });
    expect(talk.give(start('f')).slice(0, 2)).toEqual(['Hi {there}.', 'utter_x']);
    expect(talk.effects.slice(1, 3)).toMatchObject([
      { utterance: { buttons: [button] } },
      { utterance: { buttons: [button] } },
    ]);
  });
});

describe('patterns', () => {
  const task = `slots: { a: { type: text }, b: { type: text } }\nresponses:\n  utter_own: [ { text: Own. } ]\n${asks('a', 'b')}`;
  const steps = '- collect: a\n- collect: b';
  const overridden = (id: string, its: string): Talk =>
    new Talk(
      program(
        `flows:\n  f: { description: F., steps: [ { collect: a }, { collect: b } ] }\n  ${id}: { description: Own., steps: ${its} }\n${task}`,
      ),
    );

  test('completion is silenced by one that only listens', () => {
    const talk = overridden('pattern_completed', '[ { action: action_listen } ]');
    talk.give(start('f'));
    expect(talk.give(set('a', 'x'), set('b', 'y'))).toEqual([]);
  });

  test('a project’s own cancelling decides alone what is said', () => {
    const talk = overridden(
      'pattern_cancel_flow',
      '[ { action: action_cancel_flow }, { action: utter_own } ]',
    );
    talk.give(start('f'));
    expect(talk.give(cancel)).toEqual(['utter_own']);
    expect(talk.state.stack).toEqual([]);
  });

  test('a project’s own correction says what it says, and knows what was corrected', () => {
    const talk = overridden(
      'pattern_correction',
      '[ { action: action_correct_flow_slot, next: [ { if: context.corrected_slots contains "a", then: [ { action: utter_own, next: END } ] }, { else: END } ] } ]',
    );
    talk.give(start('f'));
    talk.give(set('a', 'x'));
    expect(talk.give(correct('a', 'y'))).toEqual(['utter_own', 'utter_ask_b']);
  });

  test('a handoff that only speaks leaves the bot where it was', () => {
    const talk = overridden('pattern_human_handoff', '[ { action: utter_own } ]');
    talk.give(start('f'));
    expect(talk.give({ kind: 'handoff' })).toEqual(['utter_own', 'utter_ask_a']);
    expect(talk.state.owner).toBe('bot');
  });

  test('a pattern may link to a flow, and be called by name', () => {
    const linked = overridden('pattern_cannot_handle', '[ { link: f } ]');
    expect(linked.give({ kind: 'cannot_handle', reason: 'out_of_scope' })).toEqual(['utter_ask_a']);
    const called = new Talk(
      program(`flows:\n  g: { description: G., steps: [ { link: pattern_human_handoff } ] }\n${task}`),
    );
    expect(called.give(start('g'))).toContain('utter_handed_over');
  });

  test.each(['pattern_collect_information', 'pattern_validate_slot'])(
    '%s loads as projects copy it, and the engine goes on asking',
    (id) => {
      const name = id === 'pattern_validate_slot' ? 'validate' : 'collect';
      const copied = `
flows:
  f: { description: F., steps: [ { collect: a }, { collect: b } ] }
  ${id}:
    description: Flow for collecting information from users
    steps:
      - id: start
        action: action_run_slot_rejections
        next:
          - if: "slots.{{context.${name}}} is not null"
            then: END
          - else: ask
      - id: ask
        action: "{{context.utter}}"
      - action: action_listen
        next: start
${task}`;
      const loaded = program(copied);
      const talk = new Talk(loaded);
      expect(talk.give(start('f'))).toEqual(['utter_ask_a']);
      expect(talk.give(set('a', 'x'))).toEqual(['utter_ask_b']);
      expect(checkProgram(loaded)).toContainEqual(
        expect.objectContaining({ rule: 'calm-difference', severity: 'warning' }),
      );
    },
  );

  test('the silence of a project that counts timeouts itself', () => {
    const talk = new Talk(
      program(`flows:
  f: { description: F., steps: [ { collect: a } ] }
  pattern_user_silence:
    persisted_slots: [consecutive_silence_timeouts]
    steps:
      - noop: true
        next:
          - if: slots.consecutive_silence_timeouts = 0.0
            then: [ { set_slots: [ { consecutive_silence_timeouts: 1.0 } ] }, { action: action_repeat_bot_messages, next: END } ]
          - else: [ { action: utter_inform_hangup }, { action: action_hangup } ]
${task}`),
      {},
      { silence: { nudgeMs: 1, expireMs: 1 } },
    );
    const wait = () =>
      talk.hear({ kind: 'timer', timer: 'silence' }, [{ kind: 'silence', timer: 'silence' }]);
    talk.give(start('f'));
    wait();
    expect(talk.state.slots['consecutive_silence_timeouts']).toBe(1);
    talk.give({ kind: 'explain' });
    expect(talk.state.slots['consecutive_silence_timeouts']).toBe(0);
    wait();
    expect(wait()).toEqual(['utter_inform_hangup']);
  });

  test('the steps of a task with two questions stay as they are', () => {
    expect(new Talk(bot(steps, task)).give(start('f'))).toEqual(['utter_ask_a']);
  });
});
