import { takesAnyText } from '../coverage/any-text.ts';
import type { Program, SlotDefinition } from '../../dialogue/program.ts';
import { entitiesOf } from '../../dialogue/recognition-context.ts';
import { isSameJson } from '../../dialogue/same-json.ts';
import type { Locale } from '../../message.ts';
import type { Recognizer } from '../../nlu/recognizer.ts';
import type { Sample, SampleValues } from './sample-values.ts';

export interface ListeningOptions {
  readonly program: Program;
  readonly recognizer: Recognizer;
  readonly locale: Locale;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: string;
}

/** Prefers, of the texts that a customer may answer, those of which the bot hears the whole. */
export async function preferUnderstood(
  samples: SampleValues,
  options: ListeningOptions,
): Promise<SampleValues> {
  const heard = new Map<string, readonly Sample[]>();
  for (const slot of Object.values(options.program.slots)) {
    if (!takesAnyText(options.program, slot.name)) continue;
    const whole: Sample[] = [];
    const cut: Sample[] = [];
    for (const sample of samples.answers(slot.name))
      ((await isHeardWhole(slot, sample, options)) ? whole : cut).push(sample);
    heard.set(slot.name, [...whole, ...cut]);
  }
  return { ...samples, answers: (slot) => heard.get(slot) ?? samples.answers(slot) };
}

async function isHeardWhole(
  slot: SlotDefinition,
  { value, text }: Sample,
  { recognizer, locale, now, timeZone }: ListeningOptions,
): Promise<boolean> {
  const entities = entitiesOf(slot);
  const requested = [{ slot: slot.name, type: slot.type, entities }];
  const { segments } = await recognizer.recognise(text, { requested, locale, now, timeZone });
  const found = segments.flatMap((segment) => segment.entities);
  const own = found.filter(({ entity, role }) =>
    entities.includes(role === undefined ? entity : `${entity}/${role}`),
  );
  return segments.length === 1 && own.every((entity) => isSameJson(entity.value, value));
}
