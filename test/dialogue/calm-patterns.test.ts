import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/dialogue/command.ts';
import { checkProgram } from '../../src/dialogue/check-program.ts';
import { EngineError } from '../../src/errors.ts';
import { correct, program, set, start, Talk } from './run/talk.ts';

// Patterns as the projects that copy Rasa's own have them; what they name and do not define, the engine knows.

const tasks = `
slots: { a: { type: text }, b: { type: text }, c: { type: text } }
responses:
  utter_ask_a: [ { text: A? } ]
  utter_ask_b: [ { text: B? } ]
  utter_ask_c: [ { text: C? } ]
flows:
  first: { description: One., name: task one, steps: [ { collect: a }, { collect: b } ] }
  second: { description: Two., name: task two, steps: [ { collect: c } ] }
  third: { description: Three., name: task three, steps: [ { say: Quick. } ] }
`;

function talk(patterns: string): Talk {
  return new Talk(program(`${tasks}${patterns}`));
}

const correction = `
  pattern_correction:
    description: Conversation repair flow for managing user input changes or error corrections
    steps:
      - noop: true
        next:
          - if: context.is_reset_only
            then: [ { action: action_correct_flow_slot, next: END } ]
          - else: confirm_first
      - id: confirm_first
        collect: confirm_slot_correction
        next:
          - if: not slots.confirm_slot_correction
            then: [ { action: utter_not_corrected_previous_input, next: END } ]
          - else: [ { action: action_correct_flow_slot }, { action: utter_corrected_previous_input, next: END } ]
`;

describe('a correction that is confirmed first', () => {
  function corrected(yes: Command): Talk {
    const one = talk(correction);
    one.give(start('first'));
    one.give(set('a', 'x'));
    expect(one.give(correct('a', 'y'))).toEqual(['utter_ask_confirm_slot_correction']);
    one.give(yes);
    return one;
  }

  test('changes the value with a yes, and goes on', () => {
    const one = corrected({ kind: 'affirm' });
    expect(one.state.slots['a']).toBe('y');
    expect(one.state.question).toMatchObject({ slots: ['b'] });
  });

  test('changes nothing with a no', () => {
    const one = corrected({ kind: 'deny' });
    expect(one.state.slots['a']).toBe('x');
    expect(one.state.question).toMatchObject({ slots: ['b'] });
  });

  test('can show the new values', () => {
    const one = talk(correction);
    one.give(start('first'));
    one.give(set('a', 'x'));
    one.give(correct('a', 'y'));
    expect(one.state.stack.at(-1)?.params).toMatchObject({ new_slot_values: ['y'] });
  });
});

const interrupted = `
  pattern_continue_interrupted:
    description: Conversation repair flow for managing when users switch between different flows
    steps:
      - noop: true
        next:
          - if: context.multiple_flows_interrupted
            then:
              - collect: interrupted_flow_to_continue
                next:
                  - if: slots.interrupted_flow_to_continue is not "none"
                    then: [ { action: action_continue_interrupted_flow, next: END } ]
                  - else: [ { action: action_cancel_interrupted_flows, next: END } ]
          - else:
              - collect: continue_interrupted_flow_confirmation
                next:
                  - if: slots.continue_interrupted_flow_confirmation
                    then: [ { action: action_continue_interrupted_flow, next: END } ]
                  - else: [ { action: action_cancel_interrupted_flows, next: END } ]
`;

describe('a task that is taken up again only when the person wants it', () => {
  test('goes on with a yes', () => {
    const one = talk(interrupted);
    one.give(start('first'));
    expect(one.give(start('third'))).toContain('utter_ask_continue_interrupted_flow_confirmation');
    expect(one.give({ kind: 'affirm' })).toEqual(['utter_ask_a']);
  });

  test('is given up with a no', () => {
    const one = talk(interrupted);
    one.give(start('first'));
    one.give(start('third'));
    one.give({ kind: 'deny' });
    expect(one.state.stack).toEqual([]);
    expect(one.events).toContainEqual(expect.objectContaining({ kind: 'flow_cancelled', flow: 'first' }));
  });

  test('is the one that is named, of several', () => {
    const one = talk(interrupted);
    one.give(start('first'));
    one.give(start('second'));
    expect(one.give(start('third'))).toContain('utter_ask_interrupted_flow_to_continue');
    expect(one.give(set('interrupted_flow_to_continue', 'task one please'))).toEqual(['utter_ask_a']);
    expect(one.state.stack.map(({ flow }) => flow)).toEqual(['second', 'first']);
  });
});

test('a reason is compared as Rasa’s patterns write it', () => {
  const one = talk(`
  pattern_cannot_handle:
    description: Conversation repair flow for addressing failed command generation scenarios
    steps:
      - noop: true
        next:
          - if: "'{{context.reason}}' = 'cannot_handle_out_of_scope'"
            then: [ { action: utter_cannot_handle, next: END } ]
          - else: [ { action: utter_ask_rephrase, next: END } ]
`);
  expect(one.give({ kind: 'cannot_handle', reason: 'out_of_scope' })).toEqual(['utter_cannot_handle']);
});

test('completion knows which task is over', () => {
  const one = talk(`
  pattern_completed:
    description: All flows have been completed and there is nothing else to be done
    steps:
      - noop: true
        next:
          - if: context.previous_flow_name != "task three"
            then: [ { action: utter_can_do_something_else, next: END } ]
          - else: [ { action: action_listen } ]
`);
  expect(one.give(start('third'))).toEqual(['Quick.']);
  one.give(start('second'));
  expect(one.give(set('c', 'x'))).toEqual(['utter_can_do_something_else']);
});

test('the engine begins its patterns itself, whatever triggers them in Rasa', () => {
  const bot = program(`${tasks}
  pattern_session_start:
    description: Flow for starting the conversation
    nlu_trigger: [ { intent: session_start } ]
    steps: [ { action: action_session_start } ]
`);
  const examples = [{ text: 'hello', intent: 'hello', locale: 'en' }];
  const rules = checkProgram(bot, { examples }).map(({ rule }) => rule);
  expect(rules).not.toContain('unknown-intent');
});

test('a pattern that nothing would ever run is refused', () => {
  const faults = (patterns: string): readonly string[] => {
    try {
      program(`${tasks}${patterns}`);
      return [];
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return error.diagnostics.map(({ message, fix }) => `${message} ${fix ?? ''}`);
    }
  };
  expect(faults('  pattern_cancel_flows: { description: Own., steps: [ { say: Bye. } ] }')).toEqual([
    'The engine has no pattern "pattern_cancel_flows", and no flow begins it. Write "pattern_cancel_flow".',
  ]);
  const begun = '  pattern_own: { description: Own., steps: [ { say: Bye. } ] }';
  expect(faults(`${begun}\n  g: { description: G., steps: [ { link: pattern_own } ] }`)).toEqual([]);
});
