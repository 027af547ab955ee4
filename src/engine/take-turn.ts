import type { AdvanceInput, DialogueState } from '../dialogue/dialogue.ts';
import type { Effect, Outcome, SayEffect } from '../dialogue/effect.ts';
import { EngineError } from '../errors.ts';
import type { InboundMessage } from '../message.ts';
import type { StoredConversation } from '../store/conversation-store.ts';
import { finishTurn, type Turn } from './finish-turn.ts';
import type { EnginePorts } from './engine-ports.ts';
import { generate } from './generate.ts';
import { handoverTimer } from './handover-timer.ts';
import { nearestLocale } from './nearest-locale.ts';
import { runAction } from './run-action.ts';
import { createTurnRecord, timed, type TurnRecord } from './turn-record.ts';
import type { TurnOptions } from './turn-options.ts';
import { understand } from './understand.ts';

/** More outcomes than this in one turn is a dialogue that never waits for the person. */
const maxOutcomes = 100;

/** Everything of a turn between loading the conversation and committing it. */
export async function takeTurn(
  ports: EnginePorts,
  stored: StoredConversation,
  message: InboundMessage,
  options: TurnOptions & { readonly loadMs: number },
): Promise<Turn> {
  const record = createTurnRecord(stored, message, stateBefore(ports, stored, message), ports.clock.now());
  record.timingsMs.load = options.loadMs;
  try {
    const input = await understand(ports, record, options);
    const after = await converse(ports, record, input, options);
    return finishTurn(ports, record, after);
  } catch (error) {
    if (!isOfTheTurn(error, options)) throw error;
    return finishTurn(ports, record, apologise(ports, record, error));
  }
}

function stateBefore(
  { dialogue, settings: { locales } }: EnginePorts,
  { state }: StoredConversation,
  { conversation, locale }: InboundMessage,
): DialogueState {
  if (state !== undefined) return state as unknown as DialogueState;
  return dialogue.start(conversation, nearestLocale(locale, locales) ?? locales[0]);
}

/** Advances and performs in turn until the dialogue waits for the person. */
async function converse(
  ports: EnginePorts,
  record: TurnRecord,
  first: AdvanceInput,
  options: TurnOptions,
): Promise<DialogueState> {
  let state = record.before;
  let input = first;
  for (let count = 0; count < maxOutcomes; count += 1) {
    const advance = timed(record, ports.clock, 'advance', () =>
      ports.dialogue.advance(state, input, { now: record.at }),
    );
    state = advance.state;
    record.events.push(...advance.events);
    let outcome: Outcome | undefined;
    for (const effect of advance.effects) {
      outcome = await perform(ports, record, effect, state, options);
    }
    if (advance.waitsFor !== 'outcome' || outcome === undefined) return state;
    input = { kind: 'outcome', outcome };
  }
  throw new EngineError(
    'INTERNAL',
    `The dialogue ran ${maxOutcomes} actions without waiting for the person.`,
    {
      fix: 'Look at the loop in the flow that the trace ends in.',
    },
  );
}

async function perform(
  ports: EnginePorts,
  record: TurnRecord,
  effect: Effect,
  state: DialogueState,
  options: TurnOptions,
): Promise<Outcome | undefined> {
  switch (effect.kind) {
    case 'say':
    case 'ask':
      say(ports, record, effect, state);
      return undefined;
    case 'run':
      return await timed(record, ports.clock, 'perform', () =>
        runAction(ports, record, effect, state, options),
      );
    case 'generate':
      return await timed(record, ports.clock, 'perform', () =>
        generate(ports, record, effect, state, options),
      );
    case 'handoff':
      handOff(ports, record, effect);
      return undefined;
    case 'schedule': {
      const dueAt = record.at + effect.delayMs;
      record.timersSet.push({ name: effect.timer, dueAt });
      record.effects.push({ kind: 'scheduled', timer: effect.timer, dueAt });
      return undefined;
    }
    case 'end':
      record.effects.push({ kind: 'ended', outcome: effect.outcome });
      return undefined;
    default:
      return effect satisfies never;
  }
}

function say(
  { realiser, random, clock, settings: { timeZone } }: EnginePorts,
  record: TurnRecord,
  effect: Extract<Effect, { kind: 'say' | 'ask' }>,
  { locale }: DialogueState,
): void {
  const { channel } = record.message;
  const values =
    record.handover?.kind === 'opened' ? withNumber(effect, record.handover.number) : effect.values;
  const message = timed(record, clock, 'realise', () =>
    realiser.realise(effect.utterance, values, { locale, timeZone, channel, random }),
  );
  const { text, buttons = [], links = [], image, source } = message;
  if (text !== '' || buttons.length > 0 || links.length > 0 || image !== undefined)
    record.messages.push(message);
  record.effects.push(
    effect.kind === 'say'
      ? { kind: 'said', source }
      : { kind: 'asked', source, slots: effect.slots, attempt: effect.attempt },
  );
}

function withNumber({ values }: Pick<SayEffect, 'values'>, number: string): SayEffect['values'] {
  return { ...values, handover_number: number };
}

function handOff(
  { newId, settings: { handoverTimeoutMs } }: EnginePorts,
  record: TurnRecord,
  { queue, priority, slots, opensAt = record.at }: Extract<Effect, { kind: 'handoff' }>,
): void {
  const number = newId().replaceAll('-', '').slice(0, 6).toUpperCase();
  record.handover = { kind: 'opened', number, queue, priority, slots };
  record.events.push({ kind: 'handed_off', queue });
  record.effects.push({ kind: 'handed_off', queue, number });
  if (handoverTimeoutMs !== undefined) {
    record.timersSet.push({ name: handoverTimer, dueAt: opensAt + handoverTimeoutMs });
  }
}

/** A store that cannot write, or a caller that gave up, ends the turn; any other fault is answered. */
function isOfTheTurn(error: unknown, { signal }: TurnOptions): boolean {
  if (signal?.aborted) return false;
  return !(error instanceof EngineError && error.code.startsWith('STORE_'));
}

/** Says that something went wrong, leaving the conversation as it was; what actions did stays recorded. */
function apologise(ports: EnginePorts, record: TurnRecord, error: unknown): DialogueState {
  const { before, message } = record;
  const reason = error instanceof Error ? error.message : String(error);
  ports.logger?.error({ conversation: message.conversation, message: message.id, error }, 'A turn failed');
  record.notes.push(`the turn failed: ${reason}`);
  record.messages.length = 0;
  record.timersSet.length = 0;
  record.handover = undefined;
  record.events.splice(1);
  const isSpokenTo = message.content.kind !== 'timer' && message.content.kind !== 'released';
  const utterance = { kind: 'response', response: 'utter_internal_error' } as const;
  if (isSpokenTo) say(ports, record, { kind: 'say', utterance, values: {} }, before);
  return before;
}
