import type { InboundContent, Payload } from '../../message.ts';
import type { Command } from '../command.ts';
import type { RunState } from '../dialogue-state.ts';
import type { Bot } from '../run/bot.ts';
import { entitiesOf } from '../recognition-context.ts';

/** What a message without words asks for: a button, a file, a timer, an opened window. */
export function interpretContent(bot: Bot, state: RunState, content: InboundContent): readonly Command[] {
  switch (content.kind) {
    case 'payload':
      return state.owner === 'person' ? [] : interpretPayload(bot, content.payload);
    case 'attachment':
      return [{ kind: 'cannot_handle', reason: 'attachment' }];
    case 'timer':
      return [{ kind: 'silence', timer: content.timer }];
    case 'released':
      return [{ kind: 'resume' }];
    case 'text':
      return [{ kind: 'cannot_handle', reason: 'out_of_scope' }];
    case 'opened':
      return [];
    default:
      return content satisfies never;
  }
}

function interpretPayload(bot: Bot, payload: Payload): readonly Command[] {
  switch (payload.kind) {
    case 'text':
      return [{ kind: 'cannot_handle', reason: 'out_of_scope' }];
    case 'set_slots':
      return Object.entries(payload.slots).map(([slot, value]) => ({ kind: 'set_slot', slot, value }));
    case 'start_flow':
      return [{ kind: 'start_flow', flow: payload.flow }];
    case 'command':
      return [{ kind: payload.command }];
    case 'intent':
      return [...intentCommands(bot, payload.intent), ...entityCommands(bot, payload.entities)];
    default:
      return payload satisfies never;
  }
}

function intentCommands(bot: Bot, intent: string): readonly Command[] {
  const trigger = bot.flowFor(intent);
  if (trigger) return [{ kind: 'start_flow', flow: trigger.flow }];
  switch (intent) {
    case 'affirm':
    case 'deny':
    case 'cancel':
    case 'repeat':
    case 'skip':
    case 'explain':
    case 'handoff':
    case 'restart':
    case 'resume':
      return [{ kind: intent }];
    default:
      return [{ kind: 'chitchat', intent }];
  }
}

function entityCommands(
  bot: Bot,
  entities: Extract<Payload, { kind: 'intent' }>['entities'],
): readonly Command[] {
  return Object.entries(entities).flatMap(([name, value]) => {
    const slot =
      bot.program.slots[name] ??
      Object.values(bot.program.slots).find((each) => entitiesOf(each).includes(name));
    return slot ? [{ kind: 'set_slot', slot: slot.name, value }] : [];
  });
}
