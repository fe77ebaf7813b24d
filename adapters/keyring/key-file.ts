import { randomUUID } from 'node:crypto';
import { access, link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { keyFailures } from '../../words/keys';
import { KeysRefused, readKeys, withNewKey, writtenKeys, type KeySet } from './key-set';

/**
 * Makes a file with one new key where there is none; `false` where there is one, which is left as it is. Beside state that older keys
 * encrypted no new ones are made: nothing of it could be read again, and nobody would be told.
 */
export async function createKeysIfAbsent(file: string): Promise<boolean> {
  // In this order: whoever makes keys at the same time makes them before any state.
  if ((await hasState(dirname(file))) && !(await isThere(file))) throw new KeysRefused(keyFailures.keysLost(file));
  const aside = await writeAside(file, withNewKey({ keys: new Map(), retired: [] }));
  try {
    // A hard link fails if the name is taken: of two that start at once, one makes the keys and both use them.
    await link(aside, file);
    return true;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function hasState(home: string): Promise<boolean> {
  const places = [join(home, 'documents', 'secrets'), join(home, 'temporal.db')];
  return (await Promise.all(places.map(isThere))).includes(true);
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Adds a key to a file and makes it the current one. The older ones stay, or what they encrypted is lost.
 * @returns The new key's id.
 */
export async function rotateKeys(file: string): Promise<string> {
  const known = readKeys(file);
  if (known === undefined) throw new KeysRefused(keyFailures.fileMissing(file));
  const next = withNewKey(known);
  await rename(await writeAside(file, next), file);
  return next.current;
}

/** Written whole and flushed before it has the name: a crash must not cost a key. */
async function writeAside(file: string, keys: KeySet): Promise<string> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const aside = `${file}.${randomUUID()}.tmp`;
  const written = await open(aside, 'wx', 0o600);
  try {
    await written.writeFile(writtenKeys(keys));
    await written.sync();
  } finally {
    await written.close();
  }
  return aside;
}
