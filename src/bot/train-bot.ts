import { join } from 'node:path';
import type { CallOptions } from '../call-options.ts';
import { openModelRegistry, type ModelRegistry } from '../nlu/model-registry.ts';
import { trainModel, type TrainProgress } from '../nlu/train-model.ts';
import { modelFormat, type ModelManifest } from '../nlu/trained-model.ts';
import type { Bot } from './load-bot.ts';
import { openEncoder } from './open-encoder.ts';
import { readTrainingSet, trainingHash } from './training-set.ts';

/** Whether the bot's promoted model was made from the files as they are now. */
export type ModelState =
  | { readonly kind: 'fresh'; readonly id: string }
  | { readonly kind: 'stale'; readonly id: string }
  | { readonly kind: 'missing' };

export function modelState(bot: Bot): ModelState {
  const promoted = registryOf(bot).promoted();
  if (!promoted) return { kind: 'missing' };
  const fresh =
    promoted.format === modelFormat &&
    promoted.icu === process.versions['icu'] &&
    promoted.dataHash === trainingHash(bot.files, bot.program, bot.config);
  return { kind: fresh ? 'fresh' : 'stale', id: promoted.id };
}

export function registryOf({ files }: Bot): ModelRegistry {
  return openModelRegistry(join(files.stateDir, 'models'));
}

/** Where the promoted model lies; where it would, when there is none. */
export function modelFolder(bot: Bot): string {
  const registry = registryOf(bot);
  return registry.folderOf(registry.promoted()?.id ?? 'none');
}

/** Trains a model on the bot's files and keeps it; promoting it is the caller's to decide. */
export async function trainBot(
  bot: Bot,
  { onProgress, signal }: CallOptions & { readonly onProgress?: (progress: TrainProgress) => void },
): Promise<ModelManifest> {
  const { files, program, config } = bot;
  const { seed, wrong_cost: wrongCost } = config.understanding;
  await using encoder = await openEncoder(config, files.botDir);
  const model = await trainModel(readTrainingSet(files, program, config), {
    locales: config.locales,
    seed,
    wrongCost,
    dataHash: trainingHash(files, program, config),
    encoder,
    cacheFolder: join(files.stateDir, 'cache'),
    onProgress,
    signal,
  });
  return await registryOf(bot).add(model);
}
