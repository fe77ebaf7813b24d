import { z } from 'zod';
import type { Ports } from '../../activities/ports';
import { keyFailures } from '../../words/keys';
import type { Keyring } from '../keyring/keyring';

type Vault = Ports['vault'];

/** What a vault needs of a document store. */
export type SealedDocuments = {
  get: (key: string) => Promise<string | undefined>;
  put: (key: string, text: string) => Promise<void>;
  putIfAbsent: (key: string, text: string) => Promise<boolean>;
  list: (folder: string) => Promise<string[]>;
  remove: (key: string) => Promise<void>;
};

/** `keyId` is for people, who want to know what an old key still opens. */
const Sealed = z.object({ keyId: z.string(), sealed: z.base64() });

/**
 * Documents that are encrypted where they lie. Each is bound to its key: one that is copied over another does not open. Nothing is
 * cached: a token that was replaced a moment ago must not be used again.
 *
 * `get` throws where a document cannot be opened: a `SealFailure` that says whether a key is missing. Without a keyring the vault is
 * empty and takes nothing.
 */
export function vaultOf(documents: SealedDocuments, keyring: Keyring | undefined): Vault {
  if (keyring === undefined) return emptyVault;
  const seal = (key: string, text: string): string => {
    const { keyId, sealed } = keyring.seal(Buffer.from(text), key);
    return JSON.stringify({ keyId, sealed: sealed.toString('base64') });
  };
  return {
    get: async (key) => {
      const text = await documents.get(key);
      return text === undefined ? undefined : keyring.open(sealedOf(key, text), key).toString('utf8');
    },
    put: (key, text) => documents.put(key, seal(key, text)),
    putIfAbsent: (key, text) => documents.putIfAbsent(key, seal(key, text)),
    list: (folder) => documents.list(folder),
    remove: (key) => documents.remove(key),
  };
}

const refuse = (): Promise<never> => Promise.reject(new Error(keyFailures.noKeys));

const emptyVault: Vault = {
  get: () => Promise.resolve(undefined),
  put: refuse,
  putIfAbsent: refuse,
  list: () => Promise.resolve([]),
  remove: () => Promise.resolve(),
};

function sealedOf(key: string, text: string): Buffer {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Its words would quote the document.
    json = undefined;
  }
  const parsed = Sealed.safeParse(json);
  if (!parsed.success) throw new Error(keyFailures.notSealed(key));
  return Buffer.from(parsed.data.sealed, 'base64');
}
