import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { keyFailures } from '../../words/keys';

/** 256-bit keys by id, the oldest first, and the id of the one that encrypts. */
export type KeySet = { current: string; keys: ReadonlyMap<string, Buffer> };

/** Why there are no keys to work with, as one sentence for the person who runs this. It repeats nothing of a key. */
export class KeysRefused extends Error {
  override readonly name = 'KeysRefused';
}

const KEY_BYTES = 32;

// Ids that are numbers would be sorted by JSON.parse, and which key is the oldest would change.
const Written = z.strictObject({
  current: z.string(),
  keys: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/), z.string()),
});

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
  return { current: written.data.current, keys };
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

/** The same keys with a new one, which becomes the current one. */
export function withNewKey({ keys }: { keys: KeySet['keys'] }): KeySet {
  let number = keys.size + 1;
  while (keys.has(`k${number}`)) number += 1;
  const current = `k${number}`;
  return { current, keys: new Map([...keys, [current, randomBytes(KEY_BYTES)]]) };
}

/** Keys as they are written down. */
export function writtenKeys({ current, keys }: KeySet): string {
  const written = [...keys].map(([id, key]) => [id, key.toString('base64')]);
  return `${JSON.stringify({ current, keys: Object.fromEntries(written) as unknown }, null, 2)}\n`;
}
