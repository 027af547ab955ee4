import type { Json } from '../../json.ts';
import type { Locale } from '../../message.ts';
import { yamlText } from '../../yaml-text.ts';
import type { Phrases } from './phrases.ts';
import type { Expected, PlannedDialogue, PlannedResult, PlannedTurn } from './transcript.ts';
import { Unknown } from './unknown.ts';

export const generatedMark = '# Generated from the flows by `usher test --generate`.';

const heading = `${generatedMark}
# What is expected follows from what the flows mean; no run was recorded. Written anew each time: put your own
# dialogues into another file.
`;

export interface WriteOptions {
  readonly locale: Locale;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Writes dialogues as one file of golden dialogues. */
export function writeDialogues(
  dialogues: readonly PlannedDialogue[],
  phrases: Phrases,
  options: WriteOptions,
): string {
  const cases = dialogues.map((dialogue) => writeCase(dialogue, phrases, options));
  return `${heading}${yamlText({ version: '3.1', test_cases: cases })}`;
}

function writeCase(
  { name, turns, results }: PlannedDialogue,
  phrases: Phrases,
  { locale, now }: WriteOptions,
) {
  const steps = turns.flatMap((turn) => writeTurn(turn, phrases));
  const actions = [...results].map(([action, list]) => [action, writeResults(list)] as const);
  return {
    test_case: name,
    generated: true,
    locale,
    mocked_datetime: new Date(now).toISOString().replace('.000', ''),
    ...(actions.length > 0 ? { actions: Object.fromEntries(actions) } : {}),
    steps,
  };
}

function writeTurn({ saying, expected }: PlannedTurn, phrases: Phrases): readonly object[] {
  const said = expected.filter((each) => each.kind === 'utter');
  const happened = expected.filter((each) => each.kind !== 'utter');
  const assertions = happened.map(writeAssertion);
  const first = saying.kind === 'wait' ? { wait: `${saying.ms}ms` } : { user: phrases.wordsFor(saying) };
  return [
    { ...first, ...(assertions.length > 0 ? { assertions } : {}) },
    ...said.map(({ response }) => ({ utter: response })),
  ];
}

function writeAssertion(expected: Exclude<Expected, { kind: 'utter' }>): object {
  switch (expected.kind) {
    case 'not_uttered':
      return { bot_did_not_utter: { utter_name: expected.response } };
    case 'slot_set':
      return { slot_was_set: [{ name: expected.slot, value: plain(expected.value) }] };
    case 'flow_started':
      return { flow_started: expected.flow };
    case 'flow_completed':
    case 'flow_cancelled':
      return { [expected.kind]: { flow_id: expected.flow } };
    case 'action_executed':
      return {
        action_executed:
          Object.keys(expected.input).length === 0
            ? expected.action
            : { name: expected.action, with: expected.input },
      };
    case 'action_not_executed':
      return { action_not_executed: expected.action };
    case 'handed_off':
      return { handed_off: expected.queue };
    default:
      return expected satisfies never;
  }
}

/** Scripted results; equal ones at the end are written once, since the last repeats. */
function writeResults(results: readonly PlannedResult[]): object {
  const written = results.map(writeResult);
  while (written.length > 1 && JSON.stringify(written.at(-1)) === JSON.stringify(written.at(-2)))
    written.pop();
  const [only] = written;
  return written.length === 1 && only ? only : written;
}

function writeResult(result: PlannedResult): object {
  if (result.kind === 'fails') return { fail: 'scripted to fail' };
  const values = [...result.values].map(([name, value]): [string, Json] => [name, plain(value)]);
  const facts = values.filter(([name]) => name.startsWith('user.'));
  return {
    set: Object.fromEntries(values.filter(([name]) => !name.startsWith('user.'))),
    ...(facts.length > 0
      ? { user: Object.fromEntries(facts.map(([name, value]) => [name.slice('user.'.length), value])) }
      : {}),
  };
}

function plain(value: Unknown | Json): Json {
  return value instanceof Unknown ? value.decide().value : value;
}
