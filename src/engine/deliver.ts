import { EngineError } from '../errors.ts';
import type { Delivery, Settlement } from '../store/outbox.ts';
import type { EnginePorts } from './engine-ports.ts';

/** After so many failed tries, hours later, a message is given up. */
const maxAttempts = 20;
const firstRetryMs = 1000;
const maxRetryMs = 15 * 60_000;

/** Sends messages of one conversation in order; one that fails is tried again later, and holds back the rest. */
export async function deliver(ports: EnginePorts, deliveries: readonly Delivery[]): Promise<void> {
  let isHeldBack = false;
  for (const delivery of deliveries) {
    const settlement: Settlement = isHeldBack ? { kind: 'held' } : await send(ports, delivery);
    isHeldBack ||= settlement.kind === 'retry';
    note(ports, delivery, settlement);
  }
}

/** Not waited for, so that it shares the transaction of what the store is asked next; the store keeps the order. */
function note({ store, logger }: EnginePorts, delivery: Delivery, settlement: Settlement): void {
  store.settle(delivery, settlement).catch((error: unknown) => {
    const { conversation, turn } = delivery;
    logger?.error(
      { conversation, turn, error },
      'A delivery was not noted: after a restart it is sent again',
    );
  });
}

async function send(ports: EnginePorts, delivery: Delivery): Promise<Settlement> {
  const { conversation, turn, position, message } = delivery;
  ports.failPoints?.('before_send');
  try {
    const channel = ports.channels.find(({ name }) => name === delivery.channel);
    for (const [part, rendered] of (channel?.render([message]) ?? []).entries()) {
      const deliveryId = `${conversation}/${turn}.${position}.${part}`;
      await channel?.send?.(conversation, rendered, { deliveryId });
    }
    return { kind: 'delivered' };
  } catch (error) {
    ports.logger?.warn(
      { conversation, turn, channel: delivery.channel, error },
      'A message was not delivered',
    );
    return afterFailure(ports, delivery, error);
  }
}

function afterFailure({ clock, random }: EnginePorts, { attempts }: Delivery, error: unknown): Settlement {
  const reason = error instanceof Error ? error.message : String(error);
  const isUseless = error instanceof EngineError && error.code === 'INPUT_INVALID';
  if (isUseless || attempts + 1 >= maxAttempts) return { kind: 'dead', error: reason };
  const delayMs = Math.min(maxRetryMs, firstRetryMs * 2 ** attempts);
  // Spread, so that what failed together does not come back together.
  return { kind: 'retry', dueAt: clock.now() + Math.round(delayMs * (0.75 + random() / 2)), error: reason };
}
