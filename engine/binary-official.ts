import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { engineWords } from '../words/engine';
import { keepInCache, withFetchFolder } from './binary-cache';
import type { BinarySearch } from './binary';

/** A network that blocks the download often swallows packets instead of refusing; then nothing arrives at all. */
const firstByteLimitMs = 5_000;
const downloadLimitMs = 60_000;

/** The SDK's own download of the CLI, given up early where it does not begin and late where it is only slow. */
export function downloadOfficial({ cacheDir, env, say }: BinarySearch): Promise<string | undefined> {
  say(engineWords.downloadingOfficial());
  return withFetchFolder(cacheDir, async (folder) => {
    if (!(await download(folder, env))) return undefined;
    const [file] = await readdir(folder);
    return file === undefined ? undefined : keepInCache(join(folder, file), cacheDir, env);
  });
}

async function download(folder: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const script = join(__dirname, 'download-official.cjs');
  // A process group of its own: ending it must also end the server that it may just have started.
  const child = spawn(process.execPath, [script, folder], { env, stdio: 'ignore', detached: true });
  let exitCode: number | null | undefined;
  child.once('error', () => (exitCode = null));
  child.once('exit', (code) => (exitCode = code));

  const begun = Date.now();
  while (exitCode === undefined) {
    await pause(100);
    const elapsed = Date.now() - begun;
    const hasBegun = (await readdir(folder)).length > 0;
    if (elapsed > downloadLimitMs || (elapsed > firstByteLimitMs && !hasBegun)) {
      endGroup(child.pid);
      return false;
    }
  }
  return exitCode === 0;
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended between the look and the kill.
  }
}
