import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadEncoder } from '../nlu/encoder/load-encoder.ts';
import { setInYaml } from '../yaml-text.ts';

/** Encodes once, to see that the encoder works, then writes it to the bot's usher.yml. */
export async function useEncoder(botDir: string, spec: string, signal: AbortSignal): Promise<void> {
  await using encoder = await loadEncoder(spec, botDir);
  await encoder?.encode(['Does it work?'], { signal });
  const file = join(botDir, 'usher.yml');
  writeFileSync(file, setInYaml(readFileSync(file, 'utf8'), ['understanding', 'encoder'], spec));
}
