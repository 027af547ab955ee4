import { createRequire } from 'node:module';
import type * as PhoneNumbers from 'libphonenumber-js/min';

let library: typeof PhoneNumbers | undefined;

/** Loaded with the first candidate: most messages hold no phone number. */
function load(): typeof PhoneNumbers {
  library ??= createRequire(import.meta.url)('libphonenumber-js/min') as typeof PhoneNumbers;
  return library;
}

/**
 * @param region - ISO 3166, for numbers without a country's code.
 * @returns E.164, or `undefined` for what is no valid number.
 */
export function parsePhone(written: string, region: string): string | undefined {
  const plain = written.startsWith('00') ? `+${written.slice(2)}` : written;
  const { parsePhoneNumberFromString } = load();
  const number = parsePhoneNumberFromString(plain, region as PhoneNumbers.CountryCode);
  return number?.isValid() ? number.number : undefined;
}
