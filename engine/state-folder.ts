import { mkdir, readdir, rename, statfs, writeFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { engineWords } from '../words/engine';
import { PlainFailure, diskFailure } from './plain-failure';

/** What lies where in a state folder (`SHIPCLOCK_HOME`). */
export interface StatePaths {
  readonly home: string;
  readonly database: string;
  readonly documents: string;
  readonly sandbox: string;
  readonly logs: string;
}

export function statePaths(home: string): StatePaths {
  return {
    home,
    database: join(home, 'temporal.db'),
    documents: join(home, 'documents'),
    sandbox: join(home, 'sandbox'),
    logs: join(home, 'logs'),
  };
}

/** SQLite with a full disk loses the newest orders' steps; so a start is refused while there is still room to stop. */
const leastFreeBytes = 200_000_000;

/** Makes the folder and makes sure that it can be written and has room; what is wrong is told in one sentence. */
export async function prepareStateFolder({ home, logs }: StatePaths): Promise<void> {
  const probe = join(home, `.writable-${process.pid}`);
  try {
    // The documents hold the shops' keys: for the owner's eyes only.
    await mkdir(home, { recursive: true, mode: 0o700 });
    await mkdir(logs, { recursive: true });
    await writeFile(probe, 'shipclock');
    await rm(probe);
  } catch (error) {
    throw diskFailure(error, home);
  }
  const { bavail, bsize } = await statfs(home);
  if (bavail * bsize < leastFreeBytes) throw new PlainFailure(engineWords.diskFull(home));
}

/**
 * Moves the database, documents and sandbox of the last runs into a dated folder, for a start from nothing. Moved and
 * not deleted: there may be labels in it that were paid for. Gives that folder, or undefined where there was nothing.
 */
export async function moveStateAside({ home, documents, sandbox }: StatePaths): Promise<string | undefined> {
  const entries = await readdir(home);
  const state = entries.filter((entry) => {
    const path = join(home, entry);
    return path === documents || path === sandbox || entry.startsWith('temporal.db');
  });
  if (state.length === 0) return undefined;
  const aside = join(home, `before-${new Date().toISOString().replace(/[:.]/g, '-')}`);
  await mkdir(aside);
  for (const entry of state) await rename(join(home, entry), join(aside, entry));
  return aside;
}
