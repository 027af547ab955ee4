import { send, setSlot, type Turn, withMemory } from './turn.ts';
import { pushPattern } from './stack.ts';

const silenceTimer = 'silence';
/** What projects from Rasa count timeouts in. */
const countSlot = 'consecutive_silence_timeouts';

/** The person has spoken. */
export function breakSilence(turn: Turn): void {
  if (turn.silence) turn.silence = { timeouts: 0, timer: turn.silence.timer === 'none' ? 'none' : 'stale' };
  if (turn.slots[countSlot]) setSlot(turn, countSlot, 0);
}

/** Sets the timer when the bot has asked, and takes it away when it waits for nobody; once a turn, at its end. */
export function awaitSpeech(turn: Turn, isAsked: boolean): void {
  const { timeouts = 0, timer = 'none' } = turn.silence ?? {};
  const delayMs = isAsked ? delays(turn)[timeouts] : undefined;
  if (delayMs === undefined) {
    if (timer !== 'none') turn.events.push({ kind: 'timer_cancelled', timer: silenceTimer });
    turn.silence = isAsked && timeouts > 0 ? { timeouts, timer: 'none' } : undefined;
    return;
  }
  if (timer !== 'running') {
    turn.effects.push({ kind: 'schedule', timer: silenceTimer, delayMs });
    turn.events.push({ kind: 'timer_set', timer: silenceTimer });
  }
  turn.silence = { timeouts, timer: 'running' };
}

function delays({ bot: { silence } }: Turn): readonly number[] {
  return [silence?.nudgeMs, silence?.expireMs].filter((delay) => delay !== undefined);
}

/** A timer went off: silence's own, or that of a step that waits; one that nothing waits for any more is nothing. */
export function timerFired(turn: Turn, timer: string): true {
  if (timer === silenceTimer && turn.silence) {
    const timeouts = turn.silence.timeouts + 1;
    turn.silence = { timeouts, timer: 'none' };
    const expires = turn.bot.silence?.expireMs !== undefined && timeouts >= delays(turn).length;
    pushPattern(turn, 'pattern_user_silence', { timeouts, expires });
    return true;
  }
  const place = turn.stack.findLastIndex(({ snapshot }) => snapshot.context.timer === timer);
  const frame = turn.stack[place];
  if (!frame) return true;
  turn.stack[place] = withMemory(frame, { timer: null });
  send(turn, place, 'DONE');
  return true;
}
