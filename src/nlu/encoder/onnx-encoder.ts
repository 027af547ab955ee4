import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EngineError } from '../../errors.ts';
import type { Encoder, Encoding } from './encoder.ts';

/** What is used of `@huggingface/transformers` 4. */
interface TransformersModule {
  readonly env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string };
  readonly pipeline: (
    task: 'feature-extraction',
    model: string,
    options: { readonly dtype: string; readonly local_files_only: true },
  ) => Promise<FeatureExtractor>;
}

interface FeatureExtractor {
  (
    texts: readonly string[],
    options: { readonly pooling: 'mean'; readonly normalize: true },
  ): Promise<{ readonly dims: readonly number[]; readonly data: Float32Array }>;
  dispose(): Promise<unknown>;
}

const PACKAGE = '@huggingface/transformers';
const TEXTS_A_BATCH = 16;

/** Files of `onnx/` in order of preference, with the name that the library gives each kind. */
const WEIGHTS = [
  ['model_quantized.onnx', 'q8'],
  ['model.onnx', 'fp32'],
  ['model_fp16.onnx', 'fp16'],
] as const;

/**
 * Opens an ONNX sentence encoder in the layout that transformers.js loads: mean over the tokens, unit length. Nothing is
 * downloaded. The library is an optional peer that only this file loads.
 *
 * @param botDir - Where the library is looked for too, when the engine does not find it beside itself.
 * @throws EngineError `ENCODER_UNAVAILABLE` when the library is not installed, `MODEL_INVALID` when the folder lacks weights.
 */
export async function createOnnxEncoder(folder: string, botDir: string): Promise<Encoder> {
  const path = resolve(folder);
  const names = await readdir(join(path, 'onnx')).catch((): string[] => []);
  const weights = WEIGHTS.find(([name]) => names.includes(name));
  if (!weights) {
    throw new EngineError('MODEL_INVALID', `The folder ${folder} has no ONNX weights that can be loaded.`, {
      fix: `Put one of ${WEIGHTS.map(([name]) => name).join(', ')} into its folder onnx/.`,
    });
  }
  const [weightsName, dtype] = weights;
  const { env, pipeline } = await importTransformers(botDir);
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = dirname(path);
  const extract = await pipeline('feature-extraction', basename(path), { dtype, local_files_only: true });
  const encodeBatch = async (texts: readonly string[]): Promise<readonly Encoding[]> => {
    const { dims, data } = await extract(texts, { pooling: 'mean', normalize: true });
    const width = dims[1] ?? 0;
    return texts.map((_, index) => ({ sentence: data.slice(index * width, (index + 1) * width) }));
  };
  const [probe] = await encodeBatch(['dimensions']);

  return {
    id: await hashFiles([join(path, 'tokenizer.json'), join(path, 'onnx', weightsName)]),
    dimensions: probe?.sentence.length ?? 0,
    pooledDimensions: 0,
    encode: async (texts, { signal } = {}) => {
      const encodings: Encoding[] = [];
      for (let start = 0; start < texts.length; start += TEXTS_A_BATCH) {
        signal?.throwIfAborted();
        encodings.push(...(await encodeBatch(texts.slice(start, start + TEXTS_A_BATCH))));
      }
      return encodings;
    },
    [Symbol.asyncDispose]: async () => {
      await extract.dispose();
    },
  };
}

async function importTransformers(botDir: string): Promise<TransformersModule> {
  try {
    return (await import(PACKAGE)) as TransformersModule;
  } catch {
    return importFromBot(botDir);
  }
}

/** A bot's own packages: the engine may lie elsewhere. */
async function importFromBot(botDir: string): Promise<TransformersModule> {
  try {
    const found = createRequire(join(resolve(botDir), 'usher.yml')).resolve(PACKAGE);
    const { default: whole, ...named } = (await import(pathToFileURL(found).href)) as TransformersModule & {
      readonly default?: TransformersModule;
    };
    return whole ?? named;
  } catch (cause) {
    throw new EngineError('ENCODER_UNAVAILABLE', `An ONNX encoder needs the package ${PACKAGE}.`, {
      cause,
      fix: `Install it in the bot's folder or beside the engine: ONNXRUNTIME_NODE_INSTALL=skip npm install ${PACKAGE}@4`,
    });
  }
}

async function hashFiles(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}
