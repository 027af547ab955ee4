import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's young generation at the size it starts with, for a process that serves for long.
 *
 * V8 lets it grow to 32 MB, and a turn's garbage, though short-lived, fills whatever there is: the shop bot ends 10,000
 * turns with 40 MB less and loses a few per cent of its turns a second (docs/reliability.md). The flag is read whenever
 * V8 decides about growing, so that setting it late is enough; a V8 that does not know it says so and goes on.
 */
export function keepHeapLean(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
