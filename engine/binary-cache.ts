import { randomUUID } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFailure } from './plain-failure';
import { formatVersion, usableVersion } from './temporal-version';

const folderOf = (cacheDir: string): string => join(cacheDir, 'temporal');

/** The newest usable binary of the project's cache, `<cacheDir>/temporal/<version>/temporal`. */
export async function findCached(cacheDir: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const entries = await readdir(folderOf(cacheDir)).catch(() => []);
  const versions = entries.filter((entry) => /^\d+\.\d+\.\d+$/.test(entry));
  versions.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  for (const version of versions) {
    const path = join(folderOf(cacheDir), version, 'temporal');
    if ((await usableVersion(path, env)) !== undefined) return path;
  }
  return undefined;
}

/**
 * Puts a fetched binary into the cache under its own version; undefined when it is none that we can use.
 * It is copied beside its place and renamed into it, so that two starts at once, or one cut short, never leave half a file.
 */
export async function keepInCache(
  fetched: string,
  cacheDir: string,
  env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  try {
    await chmod(fetched, 0o755);
    const version = await usableVersion(fetched, env);
    if (version === undefined) return undefined;
    const folder = join(folderOf(cacheDir), formatVersion(version));
    const place = join(folder, 'temporal');
    await mkdir(folder, { recursive: true });
    await copyFile(fetched, `${place}.${process.pid}`);
    await chmod(`${place}.${process.pid}`, 0o755);
    await rename(`${place}.${process.pid}`, place);
    return place;
  } catch (error) {
    throw diskFailure(error, cacheDir);
  }
}

/** Gives the work a folder of its own inside the cache (the same disk, so that renames stay atomic) and clears it after. */
export async function withFetchFolder<T>(cacheDir: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = join(cacheDir, `fetch-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw diskFailure(error, cacheDir);
  }
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
