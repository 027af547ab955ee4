import type { Program } from './dialogue/program.ts';
import type { Json } from './json.ts';
import type { SqliteStore } from './store/sqlite-store.ts';

/** The programs that conversations may have been begun on: this bot's, and older ones once a conversation needs them. */
export interface KeptPrograms {
  readonly find: (version: string) => Program | undefined;
  /** The store, reading with each conversation the older programs that its flows are finished on. */
  readonly store: SqliteStore;
}

/** Keeps this bot's program in the store, for the day when it is an older one. */
export async function keepPrograms(store: SqliteStore, program: Program, now: number): Promise<KeptPrograms> {
  await store.saveProgram(program.version, program as unknown as Json, now);
  const known = new Map<string, Program | undefined>([[program.version, program]]);
  return {
    find: (version) => known.get(version),
    store: {
      ...store,
      async load(id, options) {
        const conversation = await store.load(id, options);
        for (const version of programsOf(conversation.state)) {
          if (!known.has(version)) known.set(version, (await store.loadProgram(version)) as never);
        }
        return conversation;
      },
    },
  };
}

/** The versions of the programs that a conversation's flows were begun on. */
function programsOf(state: Json | undefined): readonly string[] {
  const { stack = [] } = (state ?? {}) as { readonly stack?: readonly { readonly program?: string }[] };
  return stack.flatMap(({ program }) => program ?? []);
}
