import type { CallOptions } from '../call-options.ts';
import type { Command } from '../dialogue/command.ts';
import type { AdvanceInput } from '../dialogue/dialogue.ts';
import type { TrackerEvent } from '../dialogue/tracker-event.ts';
import type { InboundContent, InboundMessage } from '../message.ts';
import type { EnginePorts } from './engine-ports.ts';
import { asJson, timed, type TurnRecord } from './turn-record.ts';

/** Recognises a message and decides what it asks for: the first input of `advance`. */
export async function understand(
  ports: EnginePorts,
  record: TurnRecord,
  options: CallOptions,
): Promise<AdvanceInput> {
  const { message, before } = record;
  const maxTextLength = ports.settings.maxTextLength ?? 5000;
  const text = textOf(message.content);
  if (text !== undefined && text.length > maxTextLength) {
    record.notes.push(`text of ${text.length} characters cut to ${maxTextLength}`);
    return heard(record, [{ kind: 'cannot_handle', reason: 'too_long' }], cut(message, maxTextLength));
  }
  if (text !== undefined) await recognise(ports, record, text, options);
  const { understanding } = record;
  const { commands, readings } = timed(record, ports.clock, 'interpret', () =>
    ports.dialogue.interpret(before, message, understanding),
  );
  record.readings = readings;
  return heard(record, commands, message);
}

async function recognise(
  { recognizer, dialogue, clock, settings: { timeZone } }: EnginePorts,
  record: TurnRecord,
  text: string,
  options: CallOptions,
): Promise<void> {
  const context = { ...dialogue.context(record.before), now: record.at, timeZone };
  record.understanding = await timed(record, clock, 'recognise', () =>
    recognizer.recognise(text, context, options),
  );
  record.notes.push(...record.understanding.notes);
}

function heard(record: TurnRecord, commands: readonly Command[], message: InboundMessage): AdvanceInput {
  const { understanding, before } = record;
  record.commands = commands;
  record.events.push(arrival(message, commands));
  const locale = understanding?.localeReliable ? understanding.locale : before.locale;
  return { kind: 'commands', commands, message, locale };
}

function arrival({ content, id }: InboundMessage, commands: readonly Command[]): TrackerEvent {
  switch (content.kind) {
    case 'timer':
      return { kind: 'timer_fired', timer: content.timer };
    case 'released':
      return { kind: 'released', by: content.by };
    case 'text':
    case 'payload':
    case 'attachment':
    case 'opened':
      return {
        kind: 'user_message',
        messageId: id,
        text: textOf(content),
        content: asJson(content),
        commands,
      };
    default:
      return content satisfies never;
  }
}

function textOf(content: InboundContent): string | undefined {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'payload':
      return content.payload.kind === 'text' ? content.payload.text : undefined;
    case 'attachment':
      return content.caption;
    case 'opened':
    case 'timer':
    case 'released':
      return undefined;
    default:
      return content satisfies never;
  }
}

function cut(message: InboundMessage, maxTextLength: number): InboundMessage {
  const text = textOf(message.content)?.slice(0, maxTextLength) ?? '';
  return { ...message, content: { kind: 'text', text } };
}
