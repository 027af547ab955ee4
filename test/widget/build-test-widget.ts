import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The widget, built for a test. */
export interface TestWidget extends Disposable {
  readonly folder: string;
}

export async function buildTestWidget(): Promise<TestWidget> {
  const folder = mkdtempSync(join(tmpdir(), 'usher-widget-'));
  const script: string = pathToFileURL(resolve('scripts', 'build-widget.mjs')).href;
  const { buildWidget } = (await import(script)) as {
    readonly buildWidget: (folder: string) => Promise<void>;
  };
  await buildWidget(folder);
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
