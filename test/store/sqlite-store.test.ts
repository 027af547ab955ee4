import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { conversationStoreContract, inbound, turn } from '../contracts/conversation-store.ts';

const folders: string[] = [];

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'usher-store-'));
  folders.push(path);
  return path;
}

afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

conversationStoreContract('SQLite', () => {
  const file = join(folder(), 'store.sqlite');
  return { open: () => openSqliteStore({ file }) };
});

describe('SQLite', () => {
  test('what was committed is there after reopening', async () => {
    const file = join(folder(), 'deep', 'store.sqlite');
    {
      await using store = await openSqliteStore({ file });
      await store.commitTurn(turn(inbound('a')));
    }
    await using store = await openSqliteStore({ file });
    expect((await store.load('test:1')).version).toBe(1);
  });

  test('a store in memory needs no files', async () => {
    await using store = await openSqliteStore({ file: ':memory:' });
    await store.commitTurn(turn(inbound('a')));
    expect((await store.load('test:1')).version).toBe(1);
  });

  test('a full disk refuses the turn with the fix, and what was there stays', async () => {
    const file = join(folder(), 'store.sqlite');
    await using store = await openSqliteStore({ file, maxPages: 40 });
    await store.commitTurn(turn(inbound('a')));
    const large = turn(inbound('b'), { expectedVersion: 1, trace: 'x'.repeat(400_000) });
    await expect(store.commitTurn(large)).rejects.toMatchObject({
      code: 'STORE_FULL',
      fix: expect.stringContaining('Free space') as string,
    });
    expect(await store.load('test:1')).toMatchObject({ version: 1, state: { said: 'a' } });
    expect(await store.findReply('test:1', 'b')).toBeUndefined();
    await store.commitTurn(turn(inbound('b'), { expectedVersion: 1 }));
    expect((await store.load('test:1')).version).toBe(2);
  });

  test('a disk that is too full for the tables is a fault on opening', async () => {
    const file = join(folder(), 'store.sqlite');
    await expect(openSqliteStore({ file, maxPages: 3 })).rejects.toMatchObject({ code: 'STORE_FULL' });
  });

  test('a store opened read-only reads, and refuses turns', async () => {
    const file = join(folder(), 'store.sqlite');
    await using writer = await openSqliteStore({ file });
    await writer.commitTurn(turn(inbound('a')));
    await using store = await openSqliteStore({ file, readOnly: true });
    expect((await store.events('test:1')).length).toBe(2);
    await expect(store.commitTurn(turn(inbound('b'), { expectedVersion: 1 }))).rejects.toMatchObject({
      code: 'STORE_READ_ONLY',
    });
  });

  test('a file that is no database is a fault that names it', async () => {
    const file = join(folder(), 'store.sqlite');
    writeFileSync(file, 'not a database, but longer than the hundred bytes of a header'.repeat(10));
    await expect(openSqliteStore({ file })).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining(file) as string,
    });
  });

  test('a store that a newer engine wrote is refused', async () => {
    const file = join(folder(), 'store.sqlite');
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(file);
    db.pragma('user_version = 999');
    db.close();
    await expect(openSqliteStore({ file })).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });

  test('a store of the first version is brought up to date, with all that it holds', async () => {
    const file = join(folder(), 'store.sqlite');
    const first = await openSqliteStore({ file });
    await first.commitTurn(turn(inbound('a')));
    await first[Symbol.asyncDispose]();
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(file);
    db.exec('DROP TABLE forgotten; PRAGMA user_version = 1');
    db.close();
    await using store = await openSqliteStore({ file });
    await store.forget('test:unknown');
    expect((await store.changes(undefined)).cursor).toEqual({ event: 2, forgotten: 0 });
    await store.forget('test:1');
    expect((await store.changes(undefined)).cursor).toEqual({ event: 0, forgotten: 1 });
  });

  test('nothing of a forgotten conversation is left in the files', async () => {
    const path = folder();
    const file = join(path, 'store.sqlite');
    await using store = await openSqliteStore({ file });
    await store.commitTurn(
      turn(inbound('a'), { state: { secret: 'mia@example.com' }, trace: 'mia@example.com' }),
    );
    const contents = () =>
      readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => readFileSync(join(path, name), 'latin1'))
        .join('');
    expect(contents()).toContain('mia@example.com');
    await store.forget('test:1');
    expect(contents()).not.toContain('mia@example.com');
  });

  test('turns queued in one tick share a transaction', async () => {
    const file = join(folder(), 'store.sqlite');
    await using store = await openSqliteStore({ file });
    const ids = Array.from({ length: 50 }, (_, place) => `test:${place}`);
    await Promise.all(ids.map((id) => store.commitTurn(turn(inbound('a', id)))));
    expect(await store.conversations({ limit: 100 })).toHaveLength(50);
  });
});
