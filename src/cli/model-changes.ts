import type { CallOptions } from '../call-options.ts';
import type { Bot } from '../bot/load-bot.ts';
import { openEncoder } from '../bot/open-encoder.ts';
import { registryOf } from '../bot/train-bot.ts';
import { EngineError } from '../errors.ts';
import { compareModels, type ModelComparison } from '../nlu/compare-models.ts';
import type { Encoder } from '../nlu/encoder/encoder.ts';
import { loadRecognizer } from '../nlu/load-recognizer.ts';
import type { Recognizer } from '../nlu/recognizer.ts';
import type { ModelManifest } from '../nlu/trained-model.ts';
import { parseGolden } from '../testing/parse-golden.ts';

/** More lines of a kind than this are counted, not shown. */
const MOST_SHOWN = 5;

/** Holds a new model against the promoted one: on what each measured, and on what people say in the golden dialogues. */
export async function compareWithPromoted(
  bot: Bot,
  promoted: ModelManifest,
  trained: ModelManifest,
  options: CallOptions,
): Promise<ModelComparison> {
  await using encoder = await openEncoder(bot.config, bot.files.botDir);
  const open = async (manifest: ModelManifest) => ({
    manifest,
    recognizer: await openIfWhole(registryOf(bot).folderOf(manifest.id), encoder),
  });
  const turns = bot.files.tests.flatMap(({ file, text }) =>
    parseGolden(file, text).dialogues.flatMap((dialogue) => dialogue.turns),
  );
  const utterances = turns.flatMap(({ user }) => user ?? []);
  return await compareModels(await open(promoted), await open(trained), utterances, options);
}

/** `undefined` for a model of another format or encoder, and for a damaged one: a new model is what mends that. */
async function openIfWhole(folder: string, encoder: Encoder | undefined): Promise<Recognizer | undefined> {
  try {
    return await loadRecognizer(folder, { encoder });
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

/** One line for each change; empty when nothing worth saying changed. */
export function describeChanges({ added, removed, intents, flipped }: ModelComparison): readonly string[] {
  const moved = intents.map(({ intent, before, after, mistaken }) => {
    const examples =
      after < before && mistaken.length > 0 ? `, mistaken: ${mistaken.map(quote).join(', ')}` : '';
    return `  ${intent}: recall ${percent(before)} → ${percent(after)}${examples}`;
  });
  const flips = flipped.map(({ text, before, after }) => `  ${quote(text)}: ${before} → ${after}`);
  return [
    ...(added.length > 0 ? [`  new intents: ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`  intents gone: ${removed.join(', ')}`] : []),
    ...shorten(moved, 'intents moved'),
    ...shorten(flips, 'utterances of the golden dialogues are read differently'),
  ];
}

function shorten(lines: readonly string[], what: string): readonly string[] {
  if (lines.length <= MOST_SHOWN) return lines;
  return [...lines.slice(0, MOST_SHOWN), `  … and ${lines.length - MOST_SHOWN} more ${what}`];
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
