import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EngineError } from '../../errors.ts';
import type { Encoder } from './encoder.ts';
import type { OpenAiEncoderOptions } from './openai-encoder.ts';

/** `none`, `bundled`, the folder of an encoder, or a server. */
export type EncoderSpec = string | OpenAiEncoderOptions;

/**
 * Opens the encoder that a bot's configuration names.
 *
 * A folder holds either an ONNX encoder as transformers.js lays it out (`tokenizer.json`, `onnx/`) or the published
 * weights that packs are made from (`model.safetensors`, `sentencepiece.model`).
 *
 * @param botDir - What the folder is relative to; an optional package is looked for there when the engine has none.
 * @returns `undefined` for `none`. The bundled one opens when it is first used.
 * @throws EngineError `CONFIG_INVALID` when the folder is no encoder, `MODEL_INVALID` when its files are damaged,
 *   `ENCODER_UNAVAILABLE` when the server or the package that it needs is missing.
 */
export async function loadEncoder(spec: EncoderSpec, botDir = '.'): Promise<Encoder | undefined> {
  if (spec === 'none') return undefined;
  if (spec === 'bundled') return (await import('./bundled-encoder.ts')).deferBundledEncoder();
  if (typeof spec !== 'string') return (await import('./openai-encoder.ts')).createOpenAiEncoder(spec);
  const folder = resolve(botDir, spec);
  if (await exists(join(folder, 'tokenizer.json')))
    return (await import('./onnx-encoder.ts')).createOnnxEncoder(folder, botDir);
  if (await exists(join(folder, 'sentencepiece.model')))
    return (await import('./open-universal-encoder.ts')).openUniversalEncoder(folder);
  throw new EngineError('CONFIG_INVALID', `The folder ${spec} holds no encoder.`, {
    fix: 'Name `bundled`, `none`, or a folder with tokenizer.json and onnx/ under `understanding.encoder`.',
  });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
