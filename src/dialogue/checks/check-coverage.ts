import type { Diagnostic } from '../../errors.ts';
import { canPeopleStart } from '../analyse-flows.ts';
import type { FlowDefinition } from '../program.ts';
import { warning } from '../rules.ts';
import { recall } from '../source-place.ts';
import type { Check, CheckContext } from './check-context.ts';

/** Flows should be told apart by what they say they do, and be tested. */
export const checkCoverage: Check = (context) => [
  ...similarDescriptions(context),
  ...untestedFlows(context),
  ...uncoveredTransitions(context),
];

const SIMILAR = 0.8;

function similarDescriptions({ flows }: CheckContext): readonly Diagnostic[] {
  const described = [...flows.values()]
    .filter((flow) => canPeopleStart(flow) && !flow.pattern && flow.description !== '')
    .map((flow) => ({ flow, words: wordsOf(flow.description) }));
  return described.flatMap(({ flow, words }, index) => {
    const rival = described.slice(0, index).find((other) => overlap(words, other.words) >= SIMILAR);
    if (!rival) return [];
    const message = `The description of "${flow.id}" is nearly that of "${rival.flow.id}".`;
    const fix = 'Say what sets the two apart.';
    return [warning('similar-descriptions', recall(flow, 'description') ?? flow.position, message, fix)];
  });
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? []);
}

/** The share of words that two texts have in common. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((word) => other.has(word)).length;
  const all = one.size + other.size - common;
  return all === 0 ? 0 : common / all;
}

function untestedFlows({ flows, inputs }: CheckContext): readonly Diagnostic[] {
  if (!inputs.tests) return [];
  const tested = new Set(inputs.tests.filter(({ kind }) => kind === 'flow').map(({ name }) => name));
  return [...flows.values()]
    .filter((flow) => isOwn(flow) && canPeopleStart(flow) && !tested.has(flow.id))
    .map((flow) =>
      warning(
        'untested-flow',
        flow.position,
        `No golden dialogue starts "${flow.id}".`,
        'Write one in test/conversations/, or run `usher test --generate`.',
      ),
    );
}

function uncoveredTransitions({ inputs }: CheckContext): readonly Diagnostic[] {
  return (inputs.uncovered ?? []).map(({ from, cause, to, position }) => {
    const message = `No golden dialogue goes from "${from}" to "${to.replace(/^\$/u, '')}" (${cause}).`;
    return warning('uncovered-transition', position, message, 'Write one, or run `usher test --generate`.');
  });
}

function isOwn(flow: FlowDefinition): boolean {
  return !flow.pattern && !flow.position.file.startsWith('usher:');
}
