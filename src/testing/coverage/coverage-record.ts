import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf, type BotFiles } from '../../bot/bot-files.ts';
import type { Program } from '../../dialogue/program.ts';
import type { Coverage } from './measure-coverage.ts';
import { transitionsOf, type Transition } from './transitions.ts';

interface CoverageRecord {
  /** Of the flows and the golden dialogues that were played. */
  readonly files: string;
  readonly uncovered: readonly string[];
}

/** Keeps what a bot's golden dialogues, all played, leave out: `usher check` tells of it without playing them. */
export async function keepCoverage(files: BotFiles, { transitions }: Coverage): Promise<void> {
  const record: CoverageRecord = {
    files: playedFiles(files),
    uncovered: transitions.uncovered.map(({ id }) => id),
  };
  await mkdir(files.stateDir, { recursive: true });
  await writeFile(recordFile(files), JSON.stringify(record, undefined, 2));
}

/** Transitions that no golden dialogue took when they were last played; none once a flow or a dialogue has changed. */
export async function uncoveredTransitions(
  files: BotFiles,
  program: Program,
): Promise<readonly Transition[]> {
  const record = await readRecord(files);
  if (record?.files !== playedFiles(files)) return [];
  const ids = new Set(record.uncovered);
  return transitionsOf(program).filter(({ id }) => ids.has(id));
}

async function readRecord(files: BotFiles): Promise<CoverageRecord | undefined> {
  try {
    return JSON.parse(await readFile(recordFile(files), 'utf8')) as CoverageRecord;
  } catch {
    // Never played, or half written: nothing is known.
    return undefined;
  }
}

function recordFile({ stateDir }: BotFiles): string {
  return join(stateDir, 'coverage.json');
}

function playedFiles({ flows, tests }: BotFiles): string {
  return hashOf(flows, tests);
}
