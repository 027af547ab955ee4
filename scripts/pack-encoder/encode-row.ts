import { LEAST_STATE, PROBABILITY_BITS, STATE_BYTES } from '../../src/nlu/encoder/coded-embedding.ts';

/**
 * Codes one row of symbols by range asymmetric numeral systems, last symbol first, so that it reads first to last.
 *
 * @param frequencies - Of each symbol, positive, adding up to 2^12.
 * @see Giesen 2014, "Interleaved entropy coders", arXiv:1402.3392; https://github.com/rygorous/ryg_rans
 */
export function encodeRow(symbols: Uint8Array, frequencies: Uint16Array): Uint8Array {
  const bases = new Uint16Array(frequencies.length);
  for (let symbol = 1; symbol < bases.length; symbol += 1) {
    bases[symbol] = (bases[symbol - 1] ?? 0) + (frequencies[symbol - 1] ?? 0);
  }
  const reversed: number[] = [];
  let state = LEAST_STATE;
  for (let at = symbols.length - 1; at >= 0; at -= 1) {
    const symbol = symbols[at] ?? 0;
    const frequency = frequencies[symbol] ?? 1;
    const most = ((LEAST_STATE >> PROBABILITY_BITS) << 8) * frequency;
    while (state >= most) {
      reversed.push(state & 255);
      state >>>= 8;
    }
    state = (Math.floor(state / frequency) << PROBABILITY_BITS) + (state % frequency) + (bases[symbol] ?? 0);
  }
  for (let byte = STATE_BYTES - 1; byte >= 0; byte -= 1) reversed.push((state >>> (8 * byte)) & 255);
  return Uint8Array.from(reversed.reverse());
}
