import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../errors.ts';
import { readManifest, writeModel } from './model-folder.ts';
import type { ModelManifest, TrainedModel } from './trained-model.ts';

/** A bot's models: which there are, and which one answers. */
export interface ModelRegistry {
  /** The one that answers; `undefined` when none does, or its manifest cannot be read. */
  promoted(): ModelManifest | undefined;
  /** The most recently promoted first; those never promoted last. */
  list(): readonly KeptModel[];
  folderOf(id: string): string;
  add(model: TrainedModel): Promise<ModelManifest>;
  /** @throws EngineError `MODEL_MISSING` for an unknown id. */
  promote(id: string, at: number): Promise<ModelManifest>;
  /** Promotes the one before. @throws EngineError `MODEL_MISSING` when there is none. */
  rollback(at: number): Promise<ModelManifest>;
  /** Deletes all but the promoted one and the `keep` promoted last; resolves to the ids deleted. */
  prune(keep: number): Promise<readonly string[]>;
}

export interface KeptModel {
  readonly manifest: ModelManifest;
  readonly isPromoted: boolean;
  /** Epoch milliseconds of its last promotion. */
  readonly promotedAt: number | undefined;
}

interface Promotion {
  readonly id: string;
  readonly at: number;
}

/** Opens the models in a folder: one folder each, and `promoted.json`, the promotions, the latest first. */
export function openModelRegistry(folder: string): ModelRegistry {
  const pointer = join(folder, 'promoted.json');
  const folderOf = (id: string): string => join(folder, id);
  const promotions = (): readonly Promotion[] =>
    readPromotions(pointer).filter(({ id }) => isModel(folderOf(id)));
  const promoted = (): ModelManifest | undefined => {
    const [latest] = promotions();
    return latest && peekManifest(folderOf(latest.id));
  };

  const promote = async (id: string, at: number): Promise<ModelManifest> => {
    const manifest = await readManifest(folderOf(id));
    await writePromotions(pointer, [{ id, at }, ...promotions().filter((one) => one.id !== id)]);
    return manifest;
  };

  return {
    promoted,
    folderOf,
    promote,
    list: () => listModels(folder, promotions()),
    async add(model) {
      await writeModel(folder, model);
      return model.manifest;
    },
    async rollback(at) {
      const [, previous] = promotions();
      if (!previous) {
        throw new EngineError('MODEL_MISSING', 'There is no model before this one.', {
          fix: '`usher models list` shows what there is.',
        });
      }
      return promote(previous.id, at);
    },
    async prune(keep) {
      const kept = new Set(
        promotions()
          .slice(0, Math.max(keep, 1))
          .map(({ id }) => id),
      );
      const gone = modelIds(folder).filter((id) => !kept.has(id));
      for (const id of gone) await rm(folderOf(id), { recursive: true, force: true });
      return gone;
    },
  };
}

function listModels(folder: string, promotions: readonly Promotion[]): readonly KeptModel[] {
  const rank = (id: string): number => {
    const place = promotions.findIndex((one) => one.id === id);
    return place < 0 ? promotions.length : place;
  };
  return modelIds(folder)
    .sort((left, right) => rank(left) - rank(right))
    .flatMap((id) => {
      const manifest = peekManifest(join(folder, id));
      const promotion = promotions.find((one) => one.id === id);
      return manifest ? [{ manifest, isPromoted: promotions[0]?.id === id, promotedAt: promotion?.at }] : [];
    });
}

function modelIds(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => isModel(join(folder, name)))
    .sort();
}

function isModel(modelFolder: string): boolean {
  return existsSync(join(modelFolder, 'manifest.json'));
}

/** For a look in passing: a damaged manifest counts as none. */
function peekManifest(modelFolder: string): ModelManifest | undefined {
  try {
    return JSON.parse(readFileSync(join(modelFolder, 'manifest.json'), 'utf8')) as ModelManifest;
  } catch {
    return undefined;
  }
}

function readPromotions(pointer: string): readonly Promotion[] {
  try {
    const read: unknown = JSON.parse(readFileSync(pointer, 'utf8'));
    return Array.isArray(read) ? (read as readonly Promotion[]) : [];
  } catch {
    return [];
  }
}

async function writePromotions(pointer: string, promotions: readonly Promotion[]): Promise<void> {
  await mkdir(join(pointer, '..'), { recursive: true });
  const draft = `${pointer}.${process.pid}.part`;
  await writeFile(draft, JSON.stringify(promotions, undefined, 2));
  await rename(draft, pointer);
}
