import { join } from 'node:path';
import { createKeysIfAbsent } from '../../adapters/keyring/key-file';
import { openKeyring, type Keyring } from '../../adapters/keyring/keyring';

/** The keys of a folder, made at the first call: whoever works on the folder has the same. */
export async function keyringIn(folder: string): Promise<Keyring> {
  const file = join(folder, 'keys.json');
  await createKeysIfAbsent(file);
  const keyring = openKeyring({ file });
  if (keyring === undefined) throw new Error(`no keys in ${file}`);
  return keyring;
}
