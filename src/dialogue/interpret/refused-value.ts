import type { Json } from '../../json.ts';
import { holds } from '../evaluate-expression.ts';
import type { SlotDefinition } from '../program.ts';
import type { Situation } from './situation.ts';

/** How likely a value is meant that the slot's own rules refuse: people do say what cannot be. */
const refusedFit = 0.4;

/** 1, or less for a value that the slot's own rules refuse whatever the time. */
export function acceptance({ bot, slots, state }: Situation, slot: SlotDefinition, value: Json): number {
  if (slot.rejections.length === 0) return 1;
  const scope = {
    slots: { ...slots, [slot.name]: value },
    user: state.user,
    context: state.page,
    // Rules about the present cannot be judged without a clock: nothing is in the past of the beginning of time.
    now: 0,
    timeZone: bot.timeZone,
  };
  return slot.rejections.some((each) => holds(each.if, scope)) ? refusedFit : 1;
}
