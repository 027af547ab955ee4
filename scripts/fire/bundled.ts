import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Compiles a script of this repository for a process of its own. @returns The module's path. */
export async function bundled(source: string): Promise<string> {
  // Not resolved by the compiler: the module has no types.
  const module: string = pathToFileURL(resolve('scripts', 'bundle.mjs')).href;
  const { bundle } = (await import(module)) as { readonly bundle: (source: string) => Promise<string> };
  return bundle(source);
}
