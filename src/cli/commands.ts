import type { Command } from './command.ts';

/** Every sub-command, in the order of `usher --help`. */
export const commands: readonly Command[] = [];
