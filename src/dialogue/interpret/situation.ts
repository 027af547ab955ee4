import type { JsonObject } from '../../json.ts';
import type { Frame, Question, RunState } from '../dialogue-state.ts';
import { openQuestion } from '../open-question.ts';
import type { CollectStep, SlotDefinition } from '../program.ts';
import { askingStep, type Bot, slotDefinition } from '../run/bot.ts';
import { type Priors, priors } from './priors.ts';

/** The conversation as the interpreter looks at it: what is asked, which task runs, what may be filled. */
export interface Situation {
  readonly bot: Bot;
  readonly state: RunState;
  readonly slots: JsonObject;
  readonly question: Question | null;
  /** The step that asks for slots, when one does. */
  readonly asks: CollectStep | undefined;
  /** Slots asked for and still open, in order. */
  readonly requested: readonly SlotDefinition[];
  /** The running task's flows, bottom first; empty when none runs. */
  readonly task: readonly string[];
  /** Slots that the running task asks for. */
  readonly taskSlots: ReadonlySet<string>;
  /** For slots that the running task has chosen from a list: the slot that holds the list. */
  readonly listOf: ReadonlyMap<string, string>;
  readonly priors: Priors;
}

export function situationOf(bot: Bot, state: RunState): Situation {
  const question = openQuestion(bot, state);
  const step = question?.kind === 'collect' ? askingStep(bot, state.stack, question) : undefined;
  const frames = runningTask(bot, state.stack);
  const task = frames.map(({ flow }) => flow);
  const requested = question?.kind === 'collect' ? question.slots : [];
  return {
    bot,
    state,
    slots: state.slots,
    question,
    asks: step?.kind === 'collect' ? step : undefined,
    requested: requested.flatMap((slot) => slotDefinition(bot, state.stack.at(-1), slot) ?? []),
    task,
    taskSlots: new Set(frames.flatMap((frame) => [...bot.forFrame(frame).facts(frame.flow).collects])),
    listOf: new Map(frames.flatMap((frame) => [...bot.forFrame(frame).facts(frame.flow).listOf])),
    priors:
      question?.kind === 'confirm'
        ? priors.confirming
        : question?.kind === 'collect'
          ? priors.asked
          : priors.idle,
  };
}

/** The frames of the task on top: a called flow with its callers. */
function runningTask(bot: Bot, stack: readonly Frame[]): readonly Frame[] {
  const top = stack.findLastIndex(
    ({ flow }) => !bot.program.flows[flow]?.pattern && !flow.startsWith('pattern_'),
  );
  if (top < 0) return [];
  let start = top;
  while (start > 0 && stack[start]?.by === 'call') start -= 1;
  return stack.slice(start, top + 1);
}
