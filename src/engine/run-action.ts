import type { ActionCall } from '../actions/action-runner.ts';
import type { CallOptions } from '../call-options.ts';
import type { DialogueState } from '../dialogue/dialogue.ts';
import type { Outcome, RunEffect } from '../dialogue/effect.ts';
import type { EnginePorts } from './engine-ports.ts';
import type { TurnRecord } from './turn-record.ts';
import type { EffectTrace } from './turn-trace.ts';

type How = Extract<EffectTrace, { kind: 'ran' }>['how'];

interface Ended {
  readonly how: How;
  readonly outcome: Outcome;
}

/**
 * Runs an action, one with effects at most once for its key.
 *
 * Its start is durable before the call, so that after a crash its `lookup` is asked what became of it; what nobody
 * can say is an `unknown_outcome`, for a person to settle, and stays one.
 */
export async function runAction(
  ports: EnginePorts,
  record: TurnRecord,
  effect: RunEffect,
  state: DialogueState,
  options: CallOptions,
): Promise<Outcome> {
  const { action, key, input } = effect;
  const startedAt = ports.clock.elapsedMs();
  record.events.push({ kind: 'action_started', action, key, input });
  const call = callOf(effect, state, record);
  const { how, outcome } = effect.effect
    ? await runOnce(ports, record, call)
    : { how: 'called' as const, outcome: await callNow(ports, call, options) };
  const result = outcome.kind === 'failed' ? outcome.reason : 'ran';
  const message = outcome.kind === 'failed' ? outcome.message : undefined;
  record.events.push({ kind: 'action_finished', action, key, outcome: result });
  const ms = ports.clock.elapsedMs() - startedAt;
  record.effects.push({ kind: 'ran', action, key, input, how, outcome: result, message, ms });
  return outcome;
}

/** A caller that goes away does not stop it half-way: only its own timeout ends it. */
async function runOnce(ports: EnginePorts, record: TurnRecord, call: ActionCall): Promise<Ended> {
  const { message, at } = record;
  const started = await ports.store.startAction({
    conversation: call.conversation,
    expectedVersion: record.version,
    inbound: message,
    action: call.action,
    key: call.key,
    at,
  });
  // What an earlier turn committed under the key is what happened: nothing is called again.
  if (started.kind === 'finished')
    return { how: 'remembered', outcome: started.outcome as unknown as Outcome };
  const ended: Ended =
    started.kind === 'started'
      ? { how: 'called', outcome: await callNow(ports, call) }
      : await findOut(ports, call);
  if (isFinal(ended.outcome)) record.actionRuns.push({ key: call.key, outcome: ended.outcome });
  return ended;
}

/** A failed or timed out call may have taken place all the same: it stays open, and the next try looks it up. */
function isFinal(outcome: Outcome): boolean {
  return outcome.kind !== 'failed' || outcome.reason === 'unknown_outcome';
}

async function findOut(ports: EnginePorts, call: ActionCall): Promise<Ended> {
  const lookup = await ports.actions.lookup(call);
  switch (lookup.kind) {
    case 'found':
      return { how: 'looked_up', outcome: lookup.outcome };
    case 'not_run':
      return { how: 'called', outcome: await callNow(ports, call) };
    case 'unknown':
      return {
        how: 'looked_up',
        outcome: { kind: 'failed', reason: 'unknown_outcome', message: lookup.message },
      };
    default:
      return lookup satisfies never;
  }
}

async function callNow(
  { actions, failPoints }: EnginePorts,
  call: ActionCall,
  options: CallOptions = {},
): Promise<Outcome> {
  failPoints?.('before_action');
  return await actions.run(call, options);
}

function callOf(effect: RunEffect, state: DialogueState, { message, at }: TurnRecord): ActionCall {
  const { action, input, key, timeoutMs, retry } = effect;
  return {
    action,
    input,
    key,
    timeoutMs,
    retry,
    conversation: state.conversation,
    locale: state.locale,
    slots: state.slots,
    user: state.user,
    now: at,
    metadata: message.context ?? {},
  };
}
