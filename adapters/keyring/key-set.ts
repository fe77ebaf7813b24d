import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { keyFailures } from '../../words/keys';

/**
 * 256-bit keys by id, the oldest first, and the id of the one that encrypts. `retired` names those that do not encrypt any more, also
 * where the key itself is gone: so that what it encrypted is not taken for a forgery. See `keyNameOf`.
 */
export type KeySet = { current: string; keys: ReadonlyMap<string, Buffer>; retired: readonly string[] };

/** Why there are no keys to work with, as one sentence for the person who runs this. It repeats nothing of a key. */
export class KeysRefused extends Error {
  override readonly name = 'KeysRefused';
}

const KEY_BYTES = 32;

/** How much of a key's name a sealed message has room for. */
export const NAME_BYTES = 4;

// Ids that are numbers would be sorted by JSON.parse, and which key is the oldest would change.
const Written = z.strictObject({
  current: z.string(),
  keys: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/), z.string()),
  retired: z.array(z.string().regex(new RegExp(`^[0-9a-f]{${NAME_BYTES * 2}}$`))).default([]),
});

/**
 * A key's name: a hash of the key itself, in hexadecimal. It is shorter than an id, and another key under the same id is told from a
 * changed message.
 */
export const keyNameOf = (key: Buffer): string =>
  createHash('sha256').update('shipclock key name').update(key).digest().toString('hex', 0, NAME_BYTES);

/**
 * Reads keys as they are written down.
 * @param where What is named in the sentence when they cannot be read.
 */
export function parseKeys(text: string, where: string): KeySet {
  const written = Written.safeParse(jsonOf(text));
  if (!written.success) throw new KeysRefused(keyFailures.notKeys(where));
  const keys = new Map(Object.entries(written.data.keys).map(([id, key]) => [id, Buffer.from(key, 'base64')]));
  const isWhole = [...keys.values()].every((key) => key.length === KEY_BYTES) && keys.has(written.data.current);
  if (!isWhole) throw new KeysRefused(keyFailures.notKeys(where));
  return { current: written.data.current, keys, retired: written.data.retired };
}

/** `undefined` where it is no JSON: the message of JSON.parse would quote the keys. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The keys of a file, undefined where there is none. A file that others on the machine may read is refused. */
export function readKeys(file: string): KeySet | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  // Windows has no such bits; who may read a file there is the folder's matter.
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) throw new KeysRefused(keyFailures.openToOthers(file));
  return parseKeys(readFileSync(file, 'utf8'), file);
}

/** Which state of a file is there: every replacement of it is another. Undefined where there is none. */
export function fileMark(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat && `${stat.ino}-${stat.size}-${stat.mtimeNs}-${stat.ctimeNs}`;
}

/** The same keys with a new one, which becomes the current one; the others are retired. */
export function withNewKey({ keys, retired }: Pick<KeySet, 'keys' | 'retired'>): KeySet {
  let number = keys.size + 1;
  while (keys.has(`k${number}`)) number += 1;
  const current = `k${number}`;
  return {
    current,
    keys: new Map([...keys, [current, randomBytes(KEY_BYTES)]]),
    retired: [...new Set([...retired, ...[...keys.values()].map(keyNameOf)])],
  };
}

/** Keys as they are written down. */
export function writtenKeys({ current, keys, retired }: KeySet): string {
  const written = [...keys].map(([id, key]) => [id, key.toString('base64')]);
  const set = { current, keys: Object.fromEntries(written) as unknown, ...(retired.length === 0 ? {} : { retired }) };
  return `${JSON.stringify(set, null, 2)}\n`;
}
