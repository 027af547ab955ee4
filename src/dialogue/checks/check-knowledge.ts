import { fault } from '../rules.ts';
import { allSteps } from '../walk-steps.ts';
import type { Check } from './check-context.ts';

/** A flow that answers from knowledge needs some. */
export const checkKnowledge: Check = ({ flows, inputs }) => {
  if (inputs.articles?.length !== 0) return [];
  return [...flows.values()]
    .flatMap(allSteps)
    .filter((step) => step.kind === 'answer' && !step.position.file.startsWith('usher:'))
    .map(({ position }) =>
      fault(
        'answer-without-knowledge',
        position,
        'This step answers from knowledge, but the bot has no articles.',
        'Write articles in knowledge/, or remove the step.',
      ),
    );
};
