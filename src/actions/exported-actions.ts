import { build } from 'esbuild';
import { actionFiles } from './find-build.ts';

/** The names that a bot's action files export, without running them. */
export async function exportedActions(botDir: string): Promise<readonly string[]> {
  const files = actionFiles(botDir).filter((file) => file !== 'actions/setup.ts');
  if (files.length === 0) return [];
  const { metafile } = await build({
    entryPoints: [...files],
    absWorkingDir: botDir,
    bundle: false,
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'silent',
    outdir: '.usher/check',
  });
  return Object.values(metafile.outputs).flatMap((output) => output.exports);
}
