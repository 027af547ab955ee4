import type { Command } from './command.ts';
import { chat } from './commands/chat.ts';
import { check } from './commands/check.ts';
import { doctor } from './commands/doctor.ts';
import { forget } from './commands/forget.ts';
import { init } from './commands/init.ts';
import { inspect } from './commands/inspect.ts';
import { models } from './commands/models.ts';
import { release } from './commands/release.ts';
import { reset } from './commands/reset.ts';
import { say } from './commands/say.ts';
import { test } from './commands/test.ts';
import { train } from './commands/train.ts';

/** Every sub-command, in the order of `usher --help`. */
export const commands: readonly Command[] = [
  init,
  chat,
  train,
  models,
  check,
  test,
  say,
  inspect,
  release,
  forget,
  reset,
  doctor,
];
