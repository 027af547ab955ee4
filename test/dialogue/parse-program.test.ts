import { describe, expect, test } from 'vitest';
import { checkProgram } from '../../src/dialogue/check-program.ts';
import { parseProgram, type ParseOptions, type SourceFile } from '../../src/dialogue/parse-program.ts';
import type { FlowDefinition, Program, Step } from '../../src/dialogue/program.ts';
import { EngineError } from '../../src/errors.ts';

function parse(text: string, options: Partial<ParseOptions> = {}): Program {
  return parseProgram([{ file: 'flows/a.yml', text }], { locales: ['en'], ...options });
}

function flowOf(steps: string, rest = ''): FlowDefinition {
  const indented = steps.replace(/^/gmu, '      ');
  const flow = parse(`flows:\n  f:\n    steps:\n${indented}\n${rest}`).flows['f'];
  if (!flow) throw new Error('no flow');
  return flow;
}

function firstStep(steps: string, rest = ''): Step {
  const [step] = flowOf(steps, rest).steps;
  if (!step) throw new Error('no step');
  return step;
}

function faultsOf(text: string, options: Partial<ParseOptions> = {}): readonly string[] {
  try {
    parse(text, options);
    return [];
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return error.diagnostics.map(
      ({ position: { line, column }, rule, message }) => `${line}:${column} ${rule} ${message}`,
    );
  }
}

describe('files as Rasa has them', () => {
  test.each([
    ['empty', ''],
    ['only a comment', '# nothing yet\n'],
    ['without flows', 'version: "3.1"\nresponses:\n  utter_x:\n    - text: X\n'],
    ['with empty sections', 'flows:\nslots:\nresponses:\nactions:\n'],
    ['a domain', 'version: "3.1"\nintents: [greet]\nentities: [city]\nactions: [action_x, search]\n'],
  ])('a file that is %s loads', (_, text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  test('a flow without a name is called by its id in words', () => {
    expect(parse('flows:\n  add_a_card:\n    steps: []\n').flows['add_a_card']?.name).toEqual({
      '*': 'add a card',
    });
  });

  test.each([
    ['False', false],
    ['"slots.a is null"', undefined],
  ])('the guard `if: %s` loads', (guard, constant) => {
    const { flows } = parse(`slots: { a: { type: any } }\nflows:\n  f:\n    if: ${guard}\n    steps: []\n`);
    const loaded = flows['f']?.guard;
    expect(loaded?.kind === 'literal' ? loaded.value : undefined).toBe(constant);
  });

  test('triggers are names, or names with a threshold in either place', () => {
    const text =
      'flows:\n  f:\n    nlu_trigger:\n      - a\n      - intent: b\n      - intent: { name: c, confidence_threshold: 0.9 }\n      - { intent: d, confidence_threshold: 0.5 }\n    steps: []\n';
    expect(parse(text).flows['f']?.triggers).toEqual([
      { intent: 'a' },
      { intent: 'b', confidence: undefined },
      { intent: 'c', confidence: 0.9 },
      { intent: 'd', confidence: 0.5 },
    ]);
  });

  test.each([
    ['bool', 'boolean'],
    ['float', 'number'],
    ['categorical', 'choice'],
    ['any', 'any'],
  ])('the slot type %s is %s', (theirs, ours) => {
    expect(parse(`slots:\n  s: { type: ${theirs} }\n`).slots['s']?.type).toBe(ours);
  });

  test('categorical values that are no texts become texts, and null is none', () => {
    const { choices } =
      parse('slots:\n  s: { type: categorical, values: [1, True, a, null] }\n').slots['s'] ?? {};
    expect(choices?.map(({ value }) => value)).toEqual(['1', 'true', 'a']);
  });

  test('each mapping loads, several to a slot, with its conditions', () => {
    const text = `
slots:
  s:
    type: text
    mappings:
      - { type: from_llm, allow_nlu_correction: true }
      - type: from_entity
        entity: city
        role: to
        intent: [a, b]
        conditions: [{ active_flow: f }, { active_flow: g }]
      - { type: from_intent, intent: affirm, value: true }
      - { type: from_text, not_intent: deny }
      - { type: custom, action: action_x }
`;
    expect(parse(text).slots['s']?.mappings).toEqual([
      { kind: 'from_llm' },
      {
        kind: 'from_entity',
        entity: 'city',
        role: 'to',
        intents: ['a', 'b'],
        notIntents: [],
        activeFlows: ['f', 'g'],
      },
      { kind: 'from_intent', intents: ['affirm'], value: true, activeFlows: [] },
      { kind: 'from_text', intents: [], notIntents: ['deny'], activeFlows: [] },
      { kind: 'controlled' },
    ]);
  });

  test('validation of a slot and forced filling are kept', () => {
    const text =
      'slots:\n  s:\n    type: number\n    force_slot_filling: true\n    validation:\n      rejections:\n        - { if: slots.s > 3, utter: utter_x }\n';
    const slot = parse(text).slots['s'];
    expect(slot?.forceFilling).toBe(true);
    expect(slot?.rejections[0]?.utter).toBe('utter_x');
  });

  test('`then` and `else` take an id, END, steps, or one step', () => {
    const flow = flowOf(
      '- noop:\n  next:\n    - if: context.a\n      then: END\n    - if: context.b\n      then: last\n    - if: context.c\n      then:\n        - link: g\n    - else:\n      - say: Hello.\n- id: last\n  say: Goodbye.',
    );
    const next = flow.steps[0]?.next;
    expect(next?.kind === 'branch' && next.branches.map(({ then }) => then.kind)).toEqual([
      'end',
      'step',
      'steps',
      'steps',
    ]);
  });

  test('`next` may hold steps without a condition', () => {
    expect(firstStep('- noop: true\n  next:\n    - say: Hello.').next.kind).toBe('steps');
  });

  test('`next` may lead back, and an id may equal the name of a slot', () => {
    const steps = '- id: a\n  collect: a\n- say: Again.\n  next: a';
    expect(faultsOf(`flows:\n  f:\n    steps:\n${steps.replace(/^/gmu, '      ')}\n`)).toEqual([]);
  });

  test('`reset_after_flow_ends: false` keeps the slot', () => {
    expect(flowOf('- collect: a\n  reset_after_flow_ends: False').persistedSlots).toEqual(['a']);
  });

  test('an utter action is said, and any other name is an action', () => {
    expect(firstStep('- action: utter_x')).toMatchObject({ kind: 'say', say: { response: 'utter_x' } });
    expect(firstStep('- action: search_hotels')).toMatchObject({ kind: 'action', action: 'search_hotels' });
  });

  test('the actions that steps use are defined, declared or not', () => {
    const { actions } = parse('flows:\n  f:\n    steps:\n      - action: search_hotels\n');
    expect(actions['search_hotels']).toMatchObject({ effect: false, requires: [], input: {} });
    expect(actions['search_hotels']?.sets).toBeUndefined();
  });

  test.each([
    ['utter: utter_own', 'actions: [action_ask_a]', 'utter_own'],
    ['optional: false', 'actions: [action_ask_a]', 'action_ask_a'],
    ['optional: false', '', 'utter_ask_a'],
  ])('with `%s` and `%s`, the question is %s', (key, rest, question) => {
    expect(firstStep(`- collect: a\n  ${key}`, rest)).toMatchObject({ attempts: [question] });
  });

  test.each([
    ['Yes', { kind: 'text', text: 'Yes' }],
    ['"/SetSlots(a=true, b=two, c=3)"', { kind: 'set_slots', slots: { a: true, b: 'two', c: '3' } }],
    ['\'/greet{"name": "Ann"}\'', { kind: 'intent', intent: 'greet', entities: { name: 'Ann' } }],
    ['/greet', { kind: 'intent', intent: 'greet', entities: {} }],
  ])('the payload %s means what it meant', (payload, meaning) => {
    const text = `slots: { a: { type: bool }, b: { type: text }, c: { type: text } }\nresponses:\n  utter_x:\n    - text: X\n      buttons: [{ title: T, payload: ${payload} }]\n`;
    const buttons = parse(text).responses['utter_x']?.variants[0]?.buttons;
    expect(buttons && 'length' in buttons ? buttons[0]?.payload : undefined).toEqual(meaning);
  });

  test('plain paths, keys and join of Jinja become placeholders; braces stay braces', () => {
    const text =
      "responses:\n  utter_x:\n    - text: \"It's {{ context.corrected_slots.keys()|join(', ') }} {!}\"\n      metadata: { rephrase: True, template: jinja }\n";
    const variant = parse(text).responses['utter_x']?.variants[0];
    expect(variant?.text).toEqual({ '*': "It''s {context.corrected_slots.keys} '{'!'}'" });
    expect(variant?.metadata).toEqual({ rephrase: true, template: 'jinja' });
  });

  test('other Jinja is refused at its place', () => {
    const text =
      'responses:\n  utter_x:\n    - text: "A {% for x in y %}"\n      metadata: { template: jinja }\n';
    expect(faultsOf(text)).toEqual(['3:16 invalid-text The Jinja "{% for x in y %}" is not supported.']);
  });

  test('a condition is an expression, or a list of slots with their values', () => {
    const text =
      'slots: { a: { type: bool } }\nresponses:\n  utter_x:\n    - text: X\n      condition: slots.a is true\n    - text: Y\n      condition: [{ type: slot, name: a, value: true }]\n';
    const variants = parse(text).responses['utter_x']?.variants ?? [];
    expect(variants.map(({ condition }) => condition?.kind)).toEqual(['binary', 'binary']);
  });

  test('what has no effect here is a warning with its place', () => {
    const program = parse(
      'flows:\n  f:\n    block_digressions: true\n    steps:\n      - say: Hello.\nsession_config: {}\n',
    );
    expect(
      checkProgram(program).map(({ severity, rule, position }) => [severity, rule, position.line]),
    ).toEqual([
      ['warning', 'calm-difference', 3],
      ['warning', 'calm-difference', 6],
    ]);
  });
});

describe('what goes beyond Rasa', () => {
  test('a text that reads something is an expression, any other a constant', () => {
    const step = firstStep(
      '- set_slots:\n    - a: damaged\n    - b: slots.a\n    - c: null\n    - d: slots.n + 1\n    - e: now()',
    );
    expect(step.kind === 'set_slots' && step.assignments.map(({ value }) => value.kind)).toEqual([
      'literal',
      'path',
      'literal',
      'binary',
      'now',
    ]);
  });

  test('a constant that looks like an expression and is none is a fault', () => {
    expect(faultsOf('flows:\n  f:\n    steps:\n      - set_slots:\n          - a: slots.b +\n')).toEqual([
      '5:25 invalid-expression The expression stops too early.',
    ]);
  });

  test('an outcome labels the end', () => {
    expect(firstStep('- say: Bye.\n  next: END\n  outcome: resolved').next).toEqual({
      kind: 'end',
      outcome: 'resolved',
    });
    expect(firstStep('- say: Bye.\n  outcome: resolved').next).toEqual({ kind: 'end', outcome: 'resolved' });
  });

  test.each([
    ['g', { kind: 'flow', flow: 'g' }],
    ['utter_x', { kind: 'response', response: 'utter_x' }],
    ['handoff', { kind: 'steps' }],
    ['END', { kind: 'steps' }],
    ['[{ say: Sorry. }]', { kind: 'steps' }],
  ])('`on_error: %s` is understood', (raw, meaning) => {
    expect(firstStep(`- action: x\n  on_error: ${raw}`)).toMatchObject({ onError: meaning });
  });

  test('the values of a switch are of its slot’s type', () => {
    const step = firstStep(
      '- switch: slots.s\n  none: END\n  "1": END\n  else: END\n- switch: slots.b\n  true: END\n  false: END',
      'slots: { s: { type: choice, choices: [none, "1"] }, b: { type: boolean } }',
    );
    expect(step.kind === 'switch' && step.cases.map(({ value }) => value)).toEqual(['1', 'none']);
  });

  test('durations carry their unit', () => {
    expect(firstStep('- wait: 10m')).toMatchObject({ durationMs: 600_000 });
    expect(firstStep('- action: x\n  timeout: 500ms')).toMatchObject({ timeoutMs: 500 });
  });
});

describe('the whole program', () => {
  const builtin: readonly SourceFile[] = [
    {
      file: 'usher:patterns.yml',
      text: 'flows:\n  pattern_completed:\n    steps:\n      - action: utter_more\nresponses:\n  utter_more:\n    - text: More?\n',
    },
  ];

  test('a bot replaces what the engine ships by using its name', () => {
    const own = 'flows:\n  pattern_completed:\n    steps:\n      - action: action_listen\n';
    const { flows, responses } = parse(own, { builtin });
    expect(flows['pattern_completed']?.steps[0]?.kind).toBe('action');
    expect(flows['pattern_completed']?.pattern).toBe(true);
    expect(responses['utter_more']).toBeDefined();
  });

  test('a name is defined once over all files', () => {
    const text = 'slots:\n  s: { type: text }\n';
    const files = ['a.yml', 'b.yml'].map((file) => ({ file, text }));
    expect(() => parseProgram(files, { locales: ['en'] })).toThrow(
      expect.objectContaining({
        diagnostics: [
          expect.objectContaining({
            message: 'The slot "s" is defined before, at a.yml:2.',
            position: { file: 'b.yml', line: 2, column: 3 },
          }),
        ],
      }),
    );
  });

  test('all faults of all files come at once', () => {
    const text = 'slots:\n  s: { typ: text }\nflows:\n  f:\n    steps:\n      - colect: s\n      - wait: 5\n';
    expect(faultsOf(text)).toEqual([
      '2:6 missing-key The key "type" is missing.',
      '2:8 unknown-key The key "typ" has no meaning here.',
      '6:9 unknown-key The key "colect" has no meaning here.',
      '7:15 invalid-value "5" is not a duration.',
    ]);
  });

  test('it is plain JSON', () => {
    const program = parse('slots: { s: { type: text } }\nflows:\n  f:\n    steps:\n      - collect: s\n');
    const stored = JSON.parse(JSON.stringify(program)) as Program;
    expect(checkProgram(stored)).toEqual(
      checkProgram(program).map((found) => ({ ...found, position: stored.flows['f']?.steps[0]?.position })),
    );
  });

  test('its version is of its content: a comment changes nothing, a word does', () => {
    const text = 'flows:\n  f:\n    steps:\n      - say: Hello.\n';
    expect(parse(`# a comment\n${text}`).version).toBe(parse(text).version);
    expect(parse(text.replace('Hello', 'Hi')).version).not.toBe(parse(text).version);
  });

  test('the version of a flow is of the flows that it calls as well', () => {
    const text = (word: string): string =>
      `flows:\n  f:\n    steps:\n      - call: g\n  g:\n    steps:\n      - call: h\n  h:\n    steps:\n      - say: ${word}\n  i:\n    steps:\n      - say: Other.\n`;
    const [one, other] = [parse(text('one')), parse(text('other'))];
    expect(one.flows['f']?.version).not.toBe(other.flows['f']?.version);
    expect(one.flows['i']?.version).toBe(other.flows['i']?.version);
  });

  test('names of JavaScript’s own are names like others', () => {
    const text =
      'slots:\n  constructor: { type: text }\nflows:\n  toString:\n    steps:\n      - collect: constructor\n        utter: valueOf\n';
    expect(checkProgram(parse(text)).map(({ message }) => message)).toEqual([
      'There is no response "valueOf".',
    ]);
  });
});
