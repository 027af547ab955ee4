import type { Command } from './command.ts';
import { chat } from './commands/chat.ts';
import { check } from './commands/check.ts';
import { doctor } from './commands/doctor.ts';
import { encoder } from './commands/encoder.ts';
import { forget } from './commands/forget.ts';
import { init } from './commands/init.ts';
import { inspect } from './commands/inspect.ts';
import { models } from './commands/models.ts';
import { release } from './commands/release.ts';
import { reset } from './commands/reset.ts';
import { say } from './commands/say.ts';
import { start } from './commands/start.ts';
import { test } from './commands/test.ts';
import { evaluate } from './commands/evaluate.ts';
import { schema } from './commands/schema.ts';
import { visualize } from './commands/visualize.ts';
import { train } from './commands/train.ts';

/** Every sub-command, in the order of `usher --help`. */
export const commands: readonly Command[] = [
  init,
  chat,
  start,
  train,
  models,
  encoder,
  check,
  test,
  say,
  inspect,
  release,
  forget,
  reset,
  evaluate,
  schema,
  visualize,
  doctor,
];
