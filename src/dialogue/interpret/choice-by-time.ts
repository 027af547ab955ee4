import type { Entity } from '../../nlu/recognizer.ts';
import type { Choice } from '../choices.ts';
import { valueOf } from '../narrow-choices.ts';
import { limitWords } from './attribute-words.ts';
import { fold } from './fold.ts';
import { explainedWords } from './pointing-words.ts';
import { fits, type Resolution } from './resolution.ts';

/**
 * "The 13:20", 六点四十那班: the only one that begins then, or within the hour that was said ("the one o'clock one"); of an
 * hour without its half of the day, in either. "After one" is a limit.
 */
export function choiceByTime(
  text: string,
  choices: readonly Choice[],
  entities: readonly Entity[],
): Resolution | undefined {
  const said = entities.find(({ entity }) => entity === 'time' || entity === 'datetime');
  if (typeof said?.value !== 'string') return undefined;
  const time = said.entity === 'time' ? said.value : said.value.slice(11, 16);
  const times = /[ap]\.?m|午|早|晚/iu.test(text) ? [time] : [time, otherHalf(time)];
  const exactly = beginningAt(choices, (begins) => times.includes(begins));
  const hours = time.endsWith(':00') && !isLimited(text, said.text) ? times.map(hourOf) : [];
  const within = beginningAt(choices, (begins) => hours.includes(hourOf(begins)));
  const [option, ...others] = exactly.length > 0 ? exactly : within;
  if (option === undefined || others.length > 0) return undefined;
  const fit = exactly.length > 0 ? fits.named : fits.described;
  return { option, fit, words: explainedWords(text, [fold(said.text)]) };
}

function beginningAt(choices: readonly Choice[], isMeant: (begins: string) => boolean): readonly number[] {
  return choices.flatMap(({ attributes }, option) => {
    const begins = valueOf(attributes, 'time');
    return typeof begins === 'string' && isMeant(begins) ? [option] : [];
  });
}

function hourOf(time: string): string {
  return time.slice(0, 2);
}

/** Whether words stand beside a time that make it a limit. */
function isLimited(text: string, time: string): boolean {
  const [before = '', after = ''] = text.split(fold(time));
  return limitWords.some((words) => words.before?.test(before.trimEnd()) ?? words.after?.test(after));
}

function otherHalf(time: string): string {
  const hour = (Number(time.slice(0, 2)) + 12) % 24;
  return `${String(hour).padStart(2, '0')}${time.slice(2)}`;
}
