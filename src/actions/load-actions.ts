import { EngineError, type Diagnostic } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { ActionImplementation } from './action.ts';
import { findBuild } from './find-build.ts';

export interface LoadActionsOptions {
  readonly botDir: string;
  readonly stateDir: string;
  /** The running engine's index, which the actions' import of `usher-engine` becomes. */
  readonly engineUrl: string;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly now: () => number;
  readonly logger: Logger;
}

/** What `actions/setup.ts`'s `setup` is given. */
export type SetupContext = Omit<LoadActionsOptions, 'engineUrl'>;

/** A bot's actions by name, with what they share; closing it closes what `setup` opened. */
export interface LoadedActions extends AsyncDisposable {
  readonly implementations: Readonly<Record<string, ActionImplementation>>;
  readonly resources: unknown;
}

/** What the build's entry exports. */
interface ActionModules {
  readonly modules: readonly { readonly file: string; readonly exports: Readonly<Record<string, unknown>> }[];
  readonly setup: ((context: SetupContext) => unknown) | undefined;
}

/**
 * Compiles (when something changed), imports and sets up the actions in `<bot>/actions/*.ts`.
 *
 * @throws EngineError `ACTIONS_INVALID`, with positions where a file does not compile.
 */
export async function loadActions(options: LoadActionsOptions): Promise<LoadedActions> {
  const file = findBuild(options) ?? (await build(options));
  if (file === undefined) return loaded({}, undefined);
  const actions = await importActions(file);
  const implementations = implementationsIn(actions);
  return loaded(implementations, await setUp(actions, options));
}

/** esbuild is loaded only when there is something to compile. */
async function build(options: LoadActionsOptions): Promise<string | undefined> {
  const { buildActions } = await import('./build-actions.ts');
  return await buildActions(options);
}

async function importActions(url: string): Promise<ActionModules> {
  try {
    return (await import(url)) as ActionModules;
  } catch (error) {
    throw failure(
      'The bot’s actions could not be loaded',
      error,
      'Mend what the first lines of a file in actions/ do.',
    );
  }
}

async function setUp({ setup }: ActionModules, options: LoadActionsOptions): Promise<unknown> {
  const { botDir, stateDir, env, now, logger } = options;
  try {
    return await setup?.({ botDir, stateDir, env, now, logger });
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw failure('actions/setup.ts failed', error, 'Make sure that what it opens is there.');
  }
}

function implementationsIn({ modules }: ActionModules): Readonly<Record<string, ActionImplementation>> {
  const found = new Map<string, { readonly file: string; readonly action: ActionImplementation }>();
  const diagnostics: Diagnostic[] = [];
  for (const { file, exports } of modules) {
    for (const [name, action] of Object.entries(exports)) {
      if (!isAction(action)) continue;
      const other = found.get(name);
      if (other) diagnostics.push(twice(name, file, other.file));
      else found.set(name, { file, action });
    }
  }
  if (diagnostics.length > 0) {
    throw new EngineError('ACTIONS_INVALID', 'The bot’s actions are not in order.', { diagnostics });
  }
  return Object.fromEntries([...found].map(([name, { action }]) => [name, action]));
}

function isAction(value: unknown): value is ActionImplementation {
  return typeof value === 'object' && value !== null && 'run' in value && typeof value.run === 'function';
}

function twice(name: string, file: string, otherFile: string): Diagnostic {
  return {
    severity: 'error',
    rule: 'duplicate-action',
    message: `The action "${name}" is exported by ${otherFile} too.`,
    fix: 'Rename one of them.',
    position: { file, line: 1, column: 1 },
  };
}

function loaded(implementations: LoadedActions['implementations'], resources: unknown): LoadedActions {
  return {
    implementations,
    resources,
    async [Symbol.asyncDispose]() {
      const { [Symbol.asyncDispose]: closeLater, [Symbol.dispose]: close } = Object(resources) as Partial<
        AsyncDisposable & Disposable
      >;
      if (closeLater) await closeLater.call(resources);
      else close?.call(resources);
    },
  };
}

function failure(what: string, error: unknown, fix: string): EngineError {
  const reason = error instanceof Error ? error.message : String(error);
  return new EngineError('ACTIONS_INVALID', `${what}: ${reason}`, { cause: error, fix });
}
