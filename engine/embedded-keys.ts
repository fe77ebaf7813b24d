import { join } from 'node:path';
import type { Ports } from '../activities/ports';
import { codecTokenOf } from '../adapters/document-store/codec-token';
import { localDocuments } from '../adapters/document-store/local';
import { vaultOf } from '../adapters/document-store/vault';
import { createKeysIfAbsent } from '../adapters/keyring/key-file';
import { SealFailure } from '../adapters/keyring/keyring';
import { keyFailures } from '../words/keys';
import { keyringOf, plainRefusal } from './codecs';
import { PlainFailure } from './plain-failure';

/** What the embedded product encrypts with, and where its secrets lie. */
export interface EmbeddedKeys {
  readonly vault: Ports['vault'];
  /** Settings that lead the worker and the API to the same keys. */
  readonly env: NodeJS.ProcessEnv;
  /** The operators' token for the codec endpoint. */
  readonly codecToken: string;
}

interface KeysWish {
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  readonly documentsDir: string;
}

/** Settings that hold keys or lead to them: nothing for a part that has none to use. */
export const keySettings: readonly string[] = ['SHIPCLOCK_KEYS', 'SHIPCLOCK_KEYS_FILE'];

/**
 * The keys of a state folder, made at its first start, unless the person has named keys of their own. They stay when a start begins
 * anew, because the state that was moved aside can be read with them only. Throws `PlainFailure` where they are lost, or others.
 */
export async function prepareKeys({ env, home, documentsDir }: KeysWish): Promise<EmbeddedKeys> {
  const own = keySettings.filter((name) => (env[name]?.trim() ?? '') !== '');
  const file = join(home, 'keys.json');
  if (own.length === 0) await createKeysIfAbsent(file).catch(plainRefusal);
  const settings: NodeJS.ProcessEnv =
    own.length === 0 ? { SHIPCLOCK_KEYS_FILE: file } : Object.fromEntries(own.map((name) => [name, env[name]]));
  const vault = vaultOf(localDocuments(documentsDir), keyringOf({ ...settings, SHIPCLOCK_HOME: home }));
  // The first thing that is opened: other keys than those of this folder are found out here.
  const codecToken = await codecTokenOf(vault).catch((error: unknown) => {
    const where = own.length === 0 ? file : own.join(', ');
    throw error instanceof SealFailure
      ? new PlainFailure(keyFailures.otherKeys(where, documentsDir), { cause: error })
      : error;
  });
  return { vault, env: settings, codecToken };
}
