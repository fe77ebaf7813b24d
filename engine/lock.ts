import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { engineWords } from '../words/engine';
import { PlainFailure, diskFailure, codeOf } from './plain-failure';
import { endLeftOver, identify, isRunning } from './process-identity';
import type { ProcessIdentity } from './process-identity';

interface LockDocument {
  readonly owner: ProcessIdentity;
  readonly database: string;
  /** What the owner started and the next start ends, should the owner be killed: by name. */
  readonly started: Readonly<Record<string, ProcessIdentity>>;
}

/** The right to use a state folder, held by one process. */
export interface StateLock {
  /** True where the last owner was killed; its ports may need a moment to come free. */
  readonly wasLeftBehind: boolean;
  /** Remembers a process that must not outlive this one. */
  remember(name: string, pid: number): Promise<void>;
  release(): Promise<void>;
}

const leftOverGraceMs = 8_000;

/**
 * Takes the lock of a state folder. A living owner is refused with a sentence; of a dead one, what it left running is
 * ended first, since two servers on one database would destroy it.
 */
export async function takeLock(stateDir: string, database: string): Promise<StateLock> {
  const path = join(stateDir, 'engine.lock');
  const owner = await identify(process.pid);
  if (owner === undefined) throw new Error('A process cannot see itself in the process table.');
  let document: LockDocument = { owner, database, started: {} };
  let wasLeftBehind = false;
  let written = Promise.resolve();

  while (!(await create(path, document))) {
    await clearStale(path);
    wasLeftBehind = true;
  }
  return {
    wasLeftBehind,
    remember: async (name, pid): Promise<void> => {
      const identity = await identify(pid);
      if (identity === undefined) return;
      document = { ...document, started: { ...document.started, [name]: identity } };
      // One write after the other, each of the newest document: parts start side by side.
      written = written.then(() => replace(path, document));
      await written;
    },
    release: () => rm(path, { force: true }),
  };
}

/** A link fails where the name exists, and its content is whole from the first instant; `open('wx')` gives only the first. */
async function create(path: string, document: LockDocument): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, JSON.stringify(document));
    await link(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw diskFailure(error, path);
  } finally {
    await rm(draft, { force: true });
  }
}

async function replace(path: string, document: LockDocument): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(document));
  await rename(draft, path);
}

async function clearStale(path: string): Promise<void> {
  const found = await readFile(path, 'utf8').catch(() => undefined);
  if (found === undefined) return;
  const { owner, started } = parse(found);
  if (owner !== undefined && (await isRunning(owner)))
    throw new PlainFailure(engineWords.alreadyRunning(owner.pid, path));
  await Promise.all(Object.values(started).map((left) => endLeftOver(left, leftOverGraceMs)));
  // Two starts may both have seen the dead owner. The rename lets one of them win; if the other already put its own
  // lock there, it gets it back and the next look finds a living owner.
  const taken = `${path}.${randomUUID()}`;
  await rename(path, taken).catch(() => undefined);
  if ((await readFile(taken, 'utf8').catch(() => found)) !== found) await link(taken, path).catch(() => undefined);
  await rm(taken, { force: true });
}

function parse(text: string): { owner?: ProcessIdentity; started: Record<string, ProcessIdentity> } {
  try {
    const document = JSON.parse(text) as LockDocument;
    return { owner: document.owner, started: { ...document.started } };
  } catch {
    // Half a file after a full disk or a power cut: nobody can be its living owner.
    return { started: {} };
  }
}
