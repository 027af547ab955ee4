import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../errors.ts';
import { hashBytes } from './hash-bytes.ts';
import { modelFormat, type ModelFile, type ModelManifest, type TrainedModel } from './trained-model.ts';

const retrain = 'Train again: `usher train --force`.';

/**
 * Writes a model into `<folder>/<its id>`; the folder appears whole or not at all.
 *
 * @returns The model's own folder.
 */
export async function writeModel(folder: string, { manifest, files }: TrainedModel): Promise<string> {
  const target = join(folder, manifest.id);
  if (await isWhole(target)) return target;
  const draft = join(folder, `.${manifest.id}.${process.pid}.part`);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(draft, name), bytes);
  await writeFile(join(draft, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  await rm(target, { recursive: true, force: true });
  await rename(draft, target);
  return target;
}

async function isWhole(modelFolder: string): Promise<boolean> {
  try {
    await readModel(modelFolder);
    return true;
  } catch {
    return false;
  }
}

/** @throws EngineError `MODEL_MISSING` or `MODEL_INVALID`, each with the fix. */
export async function readManifest(modelFolder: string): Promise<ModelManifest> {
  const path = join(modelFolder, 'manifest.json');
  if (!existsSync(path)) {
    throw new EngineError('MODEL_MISSING', `There is no model in ${modelFolder}.`, {
      fix: 'Run `usher train`.',
    });
  }
  let manifest: ModelManifest;
  try {
    manifest = JSON.parse(await readFile(path, 'utf8')) as ModelManifest;
  } catch (cause) {
    throw new EngineError('MODEL_INVALID', `${path} is not JSON.`, { cause, fix: retrain });
  }
  if (manifest.format !== modelFormat) {
    const message = `The model in ${modelFolder} has format ${manifest.format}; this engine reads ${modelFormat}.`;
    throw new EngineError('MODEL_INVALID', message, { fix: retrain });
  }
  return manifest;
}

/**
 * Reads a model's folder and checks every file against the manifest.
 *
 * @throws EngineError `MODEL_MISSING`, or `MODEL_INVALID` for one that is damaged or made for another ICU.
 */
export async function readModel(modelFolder: string): Promise<TrainedModel> {
  const manifest = await readManifest(modelFolder);
  if (manifest.icu !== (process.versions['icu'] ?? 'none')) {
    const message = `The model was trained with ICU ${manifest.icu}, and this Node has ${process.versions['icu'] ?? 'none'}: words would be cut differently.`;
    throw new EngineError('MODEL_INVALID', message, { fix: retrain });
  }
  const read = async (name: ModelFile): Promise<Uint8Array> => {
    const path = join(modelFolder, name);
    const bytes = await readFile(path).catch((cause: unknown) => {
      throw new EngineError('MODEL_INVALID', `${path} cannot be read.`, { cause, fix: retrain });
    });
    if (hashBytes(bytes) !== manifest.files[name]) {
      throw new EngineError('MODEL_INVALID', `${path} is damaged or half-written.`, { fix: retrain });
    }
    return bytes;
  };
  const [intents, entities, sentiment] = await Promise.all([
    read('intents.bin'),
    read('entities.bin'),
    read('sentiment.json'),
  ]);
  return {
    manifest,
    files: { 'intents.bin': intents, 'entities.bin': entities, 'sentiment.json': sentiment },
  };
}
