import { dirname, join, resolve } from 'node:path';
import type { PayloadCodec } from '@temporalio/common';
import { KeysRefused } from '../adapters/keyring/key-set';
import { openKeyring, type Keyring } from '../adapters/keyring/keyring';
import { keyFailures } from '../words/keys';
import { payloadCodec } from './payload-codec';
import { PlainFailure } from './plain-failure';

type Environment = Readonly<Record<string, string | undefined>>;

const projectDir = dirname(__dirname);

/** Where the keys of an environment lie: `SHIPCLOCK_KEYS_FILE`, else `keys.json` in its home. */
export function keysFileOf(env: Environment): string {
  const home = resolve(projectDir, env['SHIPCLOCK_HOME']?.trim() || '.shipclock');
  const named = env['SHIPCLOCK_KEYS_FILE']?.trim();
  return named ? resolve(projectDir, named) : join(home, 'keys.json');
}

/** The keyring of an environment, undefined where it has no keys. Keys that cannot be used are refused with a sentence. */
export function keyringOf(env: Environment): Keyring | undefined {
  const file = keysFileOf(env);
  try {
    const keyring = openKeyring({ file, env });
    const isNamed = (env['SHIPCLOCK_KEYS_FILE']?.trim() ?? '') !== '';
    // Going on without the keys that somebody named would write what they meant to hide.
    if (keyring === undefined && isNamed) throw new PlainFailure(keyFailures.fileMissing(file));
    return keyring;
  } catch (error) {
    return plainRefusal(error);
  }
}

/** Throws what it is given; keys that are refused as the sentence for the person who starts this. */
export function plainRefusal(error: unknown): never {
  throw error instanceof KeysRefused ? new PlainFailure(error.message, { cause: error }) : error;
}

/** What a client or a worker of an environment puts between its payloads and the server; nothing where there are no keys. */
export const codecsOf = (env: Environment): PayloadCodec[] => codecsWith(keyringOf(env), env);

/** The same with a keyring that is open already. `SHIPCLOCK_ENCRYPTION=off` leaves new payloads readable. */
export function codecsWith(keyring: Keyring | undefined, env: Environment): PayloadCodec[] {
  const encrypts = env['SHIPCLOCK_ENCRYPTION']?.trim() !== 'off';
  return keyring === undefined ? [] : [payloadCodec(keyring, { encrypts })];
}
