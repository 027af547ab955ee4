import type { ActionRunner } from '../actions/action-runner.ts';
import type { Outcome } from '../dialogue/effect.ts';
import type { ActionStub, StubResult } from './golden-dialogue.ts';

/** Puts scripted results in the place of some actions; the others run. */
export function stubActions(runner: ActionRunner, stubs: readonly ActionStub[]): ActionRunner {
  const calls = new Map<string, number>();
  const next = (action: string): StubResult | undefined => {
    const results = stubs.find((stub) => stub.action === action)?.results;
    if (!results) return undefined;
    const call = calls.get(action) ?? 0;
    calls.set(action, call + 1);
    return results[Math.min(call, results.length - 1)];
  };
  return {
    async run(call, options) {
      const scripted = next(call.action);
      return scripted ? outcomeOf(scripted) : runner.run(call, options);
    },
    async lookup(call, options) {
      const isScripted = stubs.some((stub) => stub.action === call.action);
      return isScripted ? { kind: 'not_run' } : runner.lookup(call, options);
    },
  };
}

function outcomeOf(result: StubResult): Outcome {
  switch (result.kind) {
    case 'failure':
      return { kind: 'failed', reason: 'error', message: result.message };
    case 'timeout':
      return { kind: 'failed', reason: 'timeout', message: 'Scripted to take too long.' };
    case 'result':
      return {
        kind: 'ran',
        set: result.set,
        user: result.user,
        say: result.say.map((said) =>
          typeof said === 'string'
            ? { kind: 'text', text: { '*': said } }
            : { kind: 'response', response: said.response },
        ),
      };
    default:
      return result satisfies never;
  }
}
