import { join } from 'node:path';

/** Opens what the actions share; closed when the bot stops. */
export function setup({
  stateDir,
}: {
  readonly stateDir: string;
}): AsyncDisposable & { readonly bookings: string } {
  return { bookings: join(stateDir, 'bookings'), [Symbol.asyncDispose]: () => Promise.resolve() };
}
