import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from './lock';
import { identify, isRunning } from './process-identity';
import type { ProcessIdentity } from './process-identity';

describe('the lock of a state folder', () => {
  let folder: string;
  const file = (): string => join(folder, 'engine.lock');
  const database = 'temporal.db';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shipclock-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function sleeper(): Promise<ProcessIdentity> {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)'], { stdio: 'ignore' });
    child.unref();
    const identity = await identify(child.pid ?? 0);
    if (identity === undefined) throw new Error('The sleeper did not start.');
    return identity;
  }

  const leaveBehind = (owner: ProcessIdentity, started: Record<string, ProcessIdentity>): Promise<void> =>
    writeFile(file(), JSON.stringify({ owner, database, started }));

  it('refuses a second owner while the first lives, and takes one after it let go', async () => {
    const first = await takeLock(folder, database);
    await expect(takeLock(folder, database)).rejects.toThrow(`process ${process.pid}`);
    await first.release();
    const second = await takeLock(folder, database);
    expect(second.wasLeftBehind).toBe(false);
    await second.release();
  });

  it('ends what a dead owner left running', async () => {
    const server = await sleeper();
    await leaveBehind({ pid: process.pid, startedAt: 'before this process' }, { server });
    const lock = await takeLock(folder, database);
    expect(lock.wasLeftBehind).toBe(true);
    await expect(isRunning(server)).resolves.toBe(false);
    await lock.release();
  });

  it('leaves alone a process that only has the number of one that was left', async () => {
    const other = await sleeper();
    await leaveBehind({ pid: process.pid, startedAt: 'earlier' }, { server: { pid: other.pid, startedAt: 'earlier' } });
    const lock = await takeLock(folder, database);
    await expect(isRunning(other)).resolves.toBe(true);
    process.kill(other.pid);
    await lock.release();
  });

  it('takes half a lock file, as a full disk leaves it, for nobody', async () => {
    await writeFile(file(), '{"owner":');
    const lock = await takeLock(folder, database);
    await lock.remember('server', process.pid);
    expect(JSON.parse(await readFile(file(), 'utf8'))).toMatchObject({ started: { server: { pid: process.pid } } });
    await lock.release();
  });
});
