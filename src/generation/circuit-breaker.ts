import { EngineError } from '../errors.ts';
import type { Generator } from './generator.ts';

export interface CircuitBreakerOptions {
  /** Failures in a row before calls are refused; the default is 3. */
  readonly failures?: number | undefined;
  /** How long calls are refused, until one is tried again; the default is 30 s. */
  readonly coolDownMs?: number | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Spares people the wait for a server that is known to be down. */
export function withCircuitBreaker(generator: Generator, options: CircuitBreakerOptions): Generator {
  const { failures = 3, coolDownMs = 30_000, now } = options;
  let failed = 0;
  let closedUntil = 0;
  return {
    name: generator.name,
    generate: async (request, call) => {
      if (now() < closedUntil)
        throw new EngineError(
          'GENERATOR_UNAVAILABLE',
          `${generator.name} has failed ${failed} times in a row.`,
          {
            fix: 'It is tried again by itself.',
          },
        );
      try {
        const generation = await generator.generate(request, call);
        failed = 0;
        return generation;
      } catch (error) {
        call?.signal?.throwIfAborted();
        failed += 1;
        if (failed >= failures) closedUntil = now() + coolDownMs;
        throw error;
      }
    },
  };
}
