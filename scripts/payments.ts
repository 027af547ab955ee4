import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { ActionImplementation } from '../src/actions/action.ts';

/** What stands in the ledger of a folder, in the order of payment. */
export function paymentsIn(folder: string): readonly string[] {
  const ledger = openLedger(folder);
  try {
    return ledger.prepare<[], string>('SELECT key FROM payments ORDER BY rowid').pluck().all();
  } finally {
    ledger.close();
  }
}

/** An action that pays into a ledger: what it did stays done, and nothing in it hides doing it twice. */
export function createPayments(folder: string): ActionImplementation {
  const ledger = openLedger(folder);
  return {
    async run({ value }, { key }) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      ledger.prepare('INSERT INTO payments VALUES (?, ?)').run(key, value);
      return { set: { paid: value ?? null } };
    },
    lookup(key) {
      const row = ledger
        .prepare<[string], { value: string }>('SELECT value FROM payments WHERE key = ?')
        .get(key);
      return row && { set: { paid: row.value } };
    },
  };
}

function openLedger(folder: string): Database.Database {
  const ledger = new Database(join(folder, 'ledger.sqlite'));
  ledger.pragma('journal_mode = WAL');
  ledger.exec('CREATE TABLE IF NOT EXISTS payments (key TEXT, value TEXT)');
  return ledger;
}
