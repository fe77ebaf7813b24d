import { mkdir, open, readdir, readFile, rename, link, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { checkedKey } from './key';

/**
 * Documents in a folder of one host: one file each, written whole and flushed before it can be seen.
 * @param root The folder; it is made when the first document is written.
 * @returns `get`: the text or undefined. `putIfAbsent`: whether this call wrote it; the first writer wins, also between
 * processes and after a crash. `put`: replaces. `list`: the keys of the texts right in a folder, sorted. `putFileIfAbsent`: the
 * same for a file that is no text of ours, such as a label; `getFile` reads it. `remove`: takes a text away, if it is there. All throw on a key that
 * is not a path of plain names.
 */
export function localDocuments(root: string): {
  get(key: string): Promise<string | undefined>;
  putIfAbsent(key: string, text: string): Promise<boolean>;
  put(key: string, text: string): Promise<void>;
  list(folder: string): Promise<string[]>;
  putFileIfAbsent(key: string, bytes: Uint8Array): Promise<boolean>;
  getFile(key: string): Promise<Uint8Array | undefined>;
  remove(key: string): Promise<void>;
} {
  const placeOf = (key: string): string => join(root, checkedKey(key));
  const pathOf = (key: string): string => `${placeOf(key)}.json`;

  return {
    get: async (key) => (await readIfThere(pathOf(key)))?.toString('utf8'),
    getFile: (key) => readIfThere(placeOf(key)),
    putIfAbsent: (key, text) => linkIfAbsent(pathOf(key), text),
    putFileIfAbsent: (key, bytes) => linkIfAbsent(placeOf(key), bytes),
    list: async (folder) => {
      try {
        const names = await readdir(placeOf(folder));
        const keys = names.filter((name) => name.endsWith('.json')).map((name) => `${folder}/${name.slice(0, -5)}`);
        return keys.sort();
      } catch (error) {
        if (isCode(error, 'ENOENT')) return [];
        throw error;
      }
    },
    put: async (key, text) => {
      const path = pathOf(key);
      await rename(await writeAside(path, text), path);
    },
    remove: (key) => rm(pathOf(key), { force: true }),
  };
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function writeAside(path: string, text: string | Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${randomUUID()}.tmp`;
  const file = await open(aside, 'wx');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  return aside;
}

/** Writes under a name that nobody has taken; `false` if somebody has. */
async function linkIfAbsent(path: string, text: string | Uint8Array): Promise<boolean> {
  const aside = await writeAside(path, text);
  try {
    // A hard link fails if the name is taken: put-if-absent without a lock.
    await link(aside, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;
