import type { DialogueState } from '../dialogue/dialogue.ts';
import type { GenerateEffect, Outcome } from '../dialogue/effect.ts';
import type { ChatTurn } from '../generation/generator.ts';
import type { Json, JsonObject } from '../json.ts';
import type { LoggedEvent } from '../store/conversation-log.ts';
import type { EnginePorts, SensitiveNames } from './engine-ports.ts';
import type { TurnOptions } from './turn-options.ts';
import type { TurnRecord } from './turn-record.ts';
import type { PersonalText, WriteRequest } from './writer.ts';

/** How many events back a written reply remembers. */
const maxHistoryEvents = 60;

/** Has a text written and says it; silence is an outcome too. */
export async function generate(
  ports: EnginePorts,
  record: TurnRecord,
  effect: GenerateEffect,
  state: DialogueState,
  { signal, onDraft }: TurnOptions,
): Promise<Outcome> {
  const startedAt = ports.clock.elapsedMs();
  const request = await requestFor(ports, effect, state);
  const written = await ports.writer.write(request, { signal, onDraft });
  if (written) {
    record.messages.push(written.message);
    record.tokens.prompt += written.usage?.promptTokens ?? 0;
    record.tokens.completion += written.usage?.completionTokens ?? 0;
  }
  const outcome = { kind: written ? 'generated' : 'silent' } as const;
  const ms = ports.clock.elapsedMs() - startedAt;
  const { purpose } = effect;
  record.effects.push({ kind: 'generated', purpose, outcome: outcome.kind, model: written?.model, ms });
  return outcome;
}

async function requestFor(
  ports: EnginePorts,
  effect: GenerateEffect,
  { locale, conversation, slots }: DialogueState,
): Promise<WriteRequest> {
  if (effect.purpose === 'answer') {
    const { question, articles } = effect;
    return { purpose: 'answer', question, articles, locale };
  }
  const events = await ports.store.events(conversation, { last: maxHistoryEvents });
  const history = events.flatMap(turnOf);
  const personal = personalTexts(slots, ports.settings.sensitive);
  if (effect.purpose === 'reply') {
    return { purpose: 'reply', question: effect.question, history, locale, personal };
  }
  const { prompt, values } = effect;
  return { purpose: 'prompt', prompt, values, history, locale, personal };
}

function personalTexts(slots: JsonObject, sensitive: SensitiveNames | undefined): readonly PersonalText[] {
  return Object.entries(sensitive?.slots ?? {}).flatMap(([slot, kind]) => {
    const value = slots[slot];
    return typeof value === 'string' && value !== '' ? [{ text: value, class: kind }] : [];
  });
}

function turnOf({ kind, data }: LoggedEvent): readonly ChatTurn[] {
  const event = data as { readonly text?: Json; readonly message?: { readonly text: string } };
  if (kind === 'user_message' && typeof event.text === 'string') return [{ role: 'user', text: event.text }];
  if (kind === 'bot_message' && event.message) return [{ role: 'assistant', text: event.message.text }];
  return [];
}
