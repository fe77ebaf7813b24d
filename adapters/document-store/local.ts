import { mkdir, open, readFile, rename, link, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';

// Keys become paths: each part begins with a letter or digit, so none leads out of the folder.
const KEY = /^[A-Za-z0-9][A-Za-z0-9_.:-]*(\/[A-Za-z0-9][A-Za-z0-9_.:-]*)*$/;

/**
 * Documents in a folder of one host: one file each, written whole and flushed before it can be seen.
 * @param root The folder; it is made when the first document is written.
 * @returns `get`: the text or undefined. `putIfAbsent`: whether this call wrote it; the first writer wins, also between
 * processes and after a crash. `put`: replaces. All throw on a key that is not a path of plain names.
 */
export function localDocuments(root: string): {
  get(key: string): Promise<string | undefined>;
  putIfAbsent(key: string, text: string): Promise<boolean>;
  put(key: string, text: string): Promise<void>;
} {
  const pathOf = (key: string): string => {
    if (!KEY.test(key)) throw new Error(`not a document key: ${key}`);
    return join(root, `${key}.json`);
  };

  const writeAside = async (path: string, text: string): Promise<string> => {
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
  };

  return {
    get: async (key) => {
      try {
        return await readFile(pathOf(key), 'utf8');
      } catch (error) {
        if (isCode(error, 'ENOENT')) return undefined;
        throw error;
      }
    },
    putIfAbsent: async (key, text) => {
      const path = pathOf(key);
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
    },
    put: async (key, text) => {
      const path = pathOf(key);
      await rename(await writeAside(path, text), path);
    },
  };
}

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;
