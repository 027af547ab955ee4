import { openAgency } from './travel/agency.ts';
import type { Agency } from './travel/agency.ts';

/** Opens what the agency's actions share; the engine closes it when it stops. */
export function setup({ stateDir }: { readonly stateDir: string }): Agency {
  return openAgency(stateDir);
}
