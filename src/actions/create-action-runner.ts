import type { CallOptions } from '../call-options.ts';
import type { Outcome } from '../dialogue/effect.ts';
import type { ActionDefinition } from '../dialogue/program.ts';
import type { Logger } from '../logger.ts';
import type { ActionContext, ActionResult } from './action.ts';
import type { ActionCall, ActionRunner } from './action-runner.ts';
import { inputFaults } from './input-faults.ts';
import type { LoadedActions } from './load-actions.ts';
import { outcomeOf } from './outcome-of.ts';

export interface ActionRunnerParts {
  readonly implementations: LoadedActions['implementations'];
  /** What the bot's `actions/setup.ts` opened. */
  readonly resources: unknown;
  /** What the flow files declare: inputs, what may be set, whether a failure may be tried again. */
  readonly definitions: Readonly<Record<string, ActionDefinition>>;
  readonly logger: Logger;
}

/** Runs actions in this process. */
export function createActionRunner(parts: ActionRunnerParts): ActionRunner {
  return {
    async run(call, options = {}) {
      const implementation = ownValue(parts.implementations, call.action);
      const definition = ownValue(parts.definitions, call.action);
      if (!implementation) return failed('error', `No file in actions/ exports "${call.action}".`);
      const faults = inputFaults(call.input, definition?.input ?? {});
      if (faults.length > 0) return failed('error', `Action "${call.action}": ${faults.join(' ')}`);
      const tries = 1 + (definition?.idempotent ? call.retry : 0);
      let outcome: Outcome = failed('error', 'It was never tried.');
      for (let count = 0; count < tries && outcome.kind === 'failed'; count += 1) {
        outcome = await attempt(parts, call, options, (context) => implementation.run(call.input, context));
      }
      return outcome;
    },
    async lookup(call, options = {}) {
      const implementation = ownValue(parts.implementations, call.action);
      if (!implementation?.lookup) {
        const message = `Action "${call.action}" was started, its end was not seen, and it has no \`lookup\`.`;
        return { kind: 'unknown', message };
      }
      const found: { result?: ActionResult | undefined } = {};
      const outcome = await attempt(parts, call, options, async (context) => {
        found.result = await implementation.lookup?.(call.key, context);
        return found.result;
      });
      if (outcome.kind === 'failed') return { kind: 'unknown', message: outcome.message };
      return found.result === undefined ? { kind: 'not_run' } : { kind: 'found', outcome };
    },
  };
}

/** One call, ended by its timeout whether or not it heeds the signal. */
async function attempt(
  { definitions, resources, logger }: ActionRunnerParts,
  call: ActionCall,
  options: CallOptions,
  work: (context: ActionContext) => ActionResult | undefined | Promise<ActionResult | undefined>,
): Promise<Outcome> {
  const timeout = AbortSignal.timeout(call.timeoutMs);
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
  try {
    const result = await Promise.race([
      Promise.resolve(work(contextOf(call, { resources, logger, signal }))),
      aborted(signal),
    ]);
    return outcomeOf(result, call.action, ownValue(definitions, call.action)?.sets);
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    if (timeout.aborted)
      return failed('timeout', `Action "${call.action}" took longer than ${call.timeoutMs} ms.`);
    logger.warn({ conversation: call.conversation, action: call.action, error }, 'An action failed');
    return failed('error', error instanceof Error ? error.message : String(error));
  }
}

function contextOf(
  { conversation, locale, slots, user, now, key, metadata }: ActionCall,
  more: Pick<ActionContext, 'resources' | 'logger' | 'signal'>,
): ActionContext {
  return { conversation, locale, slots, user, now, key, metadata, ...more };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

function failed(reason: 'error' | 'timeout', message: string): Extract<Outcome, { kind: 'failed' }> {
  return { kind: 'failed', reason, message };
}

function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
