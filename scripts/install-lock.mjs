import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const ownerOf = (lockDir) => {
  try {
    return Number(readFileSync(join(lockDir, 'pid'), 'utf8'));
  } catch {
    return undefined;
  }
};

/**
 * Runs the work while holding a folder as a lock: mkdir is the one thing every file system does atomically. Two fresh
 * starts at once would otherwise delete node_modules under each other.
 * @param {{ lockDir: string, onWait: (pid: number) => void }} options
 * @param {() => Promise<void>} work
 */
export async function withInstallLock({ lockDir, onWait }, work) {
  let told = false;
  for (let withoutOwner = 0; !tryToLock(lockDir); await pause(500)) {
    const owner = ownerOf(lockDir);
    withoutOwner = owner === undefined ? withoutOwner + 1 : 0;
    // A lock without an owner for 5 s, or of a dead one, was left behind by a killed install.
    if (withoutOwner > 10 || (owner !== undefined && !isAlive(owner)))
      rmSync(lockDir, { recursive: true, force: true });
    else if (!told && owner !== undefined) {
      told = true;
      onWait(owner);
    }
  }
  try {
    await work();
  } finally {
    rmSync(lockDir, { recursive: true, force: true });
  }
}

function tryToLock(lockDir) {
  try {
    mkdirSync(lockDir);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(lockDir, 'pid'), String(process.pid));
  return true;
}
