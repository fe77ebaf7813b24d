import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { keyFailures } from '../../words/keys';
import { fileMark, keyNameOf, KeysRefused, NAME_BYTES, parseKeys, readKeys, type KeySet } from './key-set';

/** Encrypts and opens with AES-256-GCM, under keys that can be renewed. */
export type Keyring = {
  /**
   * Encrypts with the current key.
   * @param context What it is, such as a document's key: it is authenticated with it, so that nothing encrypted can be put in
   * the place of another. `open` needs the same.
   */
  seal: (bytes: Uint8Array, context: string) => { keyId: string; sealed: Buffer };
  /** Opens what any of the keys encrypted. Throws `SealFailure`. */
  open: (sealed: Uint8Array, context: string) => Buffer;
  /** A short mark of a text, 16 hex characters, the same for ever; it tells nothing of the text to who has no keys. */
  mark: (text: string) => string;
};

/**
 * Why something encrypted was not opened. `keyMissing`: it names a key that we do not have; it can be opened once that is back.
 * `broken`: it is not what was sealed under this context, or none of ours.
 */
export class SealFailure extends Error {
  override readonly name = 'SealFailure';
  readonly kind: 'keyMissing' | 'broken';
  /** Whether the key that is missing never was among these: anyone can name such a one. */
  readonly isForeign: boolean;

  constructor(kind: SealFailure['kind'], { isForeign = false }: { isForeign?: boolean } = {}) {
    super(kind === 'broken' ? keyFailures.broken : keyFailures.keyMissing);
    this.kind = kind;
    this.isForeign = isForeign;
  }
}

/**
 * Opens the keyring of an environment: `SHIPCLOCK_KEYS` wins, else the file. Undefined where there are no keys. Throws
 * `KeysRefused` with a sentence where there are and they cannot be used.
 */
export function openKeyring({
  file,
  env = {},
}: {
  file?: string;
  env?: Readonly<Record<string, string | undefined>>;
}): Keyring | undefined {
  const inline = env['SHIPCLOCK_KEYS']?.trim();
  if (inline !== undefined && inline !== '') return keyringOf(namedKeys(parseKeys(inline, 'SHIPCLOCK_KEYS')));
  if (file === undefined) return undefined;
  const mark = fileMark(file);
  const known = readKeys(file);
  return known === undefined ? undefined : keyringOf(namedKeys(known, file), changesOf(file, mark));
}

// A sealed message: one byte of version, the name of the key, the nonce, the ciphertext, the tag.
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + NAME_BYTES;
const LEAST_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;

const MARK_CHARACTERS = 16;
type NamedKeys = KeySet & { byName: ReadonlyMap<string, Buffer> };

/**
 * Gives the keys of a file when it is another than at the last look, else undefined: forged messages must not have us read it for
 * each. A file that is gone may have held any key.
 */
function changesOf(file: string, initial: string | undefined): () => NamedKeys | undefined {
  let seen = initial;
  return () => {
    const mark = fileMark(file);
    if (mark !== undefined && mark === seen) return undefined;
    const now = readKeys(file);
    if (now === undefined) throw new SealFailure('keyMissing');
    const keys = namedKeys(now, file);
    seen = mark;
    return keys;
  };
}

function namedKeys(set: KeySet, where = 'SHIPCLOCK_KEYS'): NamedKeys {
  const byName = new Map([...set.keys.values()].map((key) => [keyNameOf(key), key]));
  if (byName.size !== set.keys.size) throw new KeysRefused(keyFailures.repeatedKey(where));
  return { ...set, byName };
}

function keyringOf(initial: NamedKeys, changed: () => NamedKeys | undefined = () => undefined): Keyring {
  let keys = initial;
  /** The names of all keys that ever were, as far as anybody has written them down. */
  const names = new Set([...keys.retired, ...keys.byName.keys()]);
  // The oldest key makes the marks, so that a rotation leaves them as they are.
  const [oldest = Buffer.alloc(0)] = initial.keys.values();
  const markKey = Buffer.from(hkdfSync('sha256', oldest, '', 'shipclock mark', 32));

  const findKey = (name: string): Buffer => {
    const known = keys.byName.get(name);
    if (known !== undefined) return known;
    // Another part may have been started with a key that was added since we were.
    keys = changed() ?? keys;
    for (const one of [...keys.retired, ...keys.byName.keys()]) names.add(one);
    const found = keys.byName.get(name);
    if (found === undefined) throw new SealFailure('keyMissing', { isForeign: !names.has(name) });
    return found;
  };

  return {
    seal: (bytes, context) => {
      const keyId = keys.current;
      return { keyId, sealed: sealWith(keys.keys.get(keyId) ?? oldest, bytes, context) };
    },
    open: (sealed, context) => {
      const message = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (message.length < LEAST_BYTES || message[0] !== VERSION) throw new SealFailure('broken');
      return openWith(findKey(message.toString('hex', 1, HEADER_BYTES)), message, context);
    },
    mark: (text) => createHmac('sha256', markKey).update(text).digest('hex').slice(0, MARK_CHARACTERS),
  };
}

function sealWith(key: Buffer, bytes: Uint8Array, context: string): Buffer {
  const header = Buffer.concat([Buffer.from([VERSION]), Buffer.from(keyNameOf(key), 'hex')]);
  // Random nonces are safe for 2^32 messages under one key (NIST SP 800-38D, 8.3): some 70 million orders.
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.concat([header, Buffer.from(context)]));
  return Buffer.concat([header, nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

function openWith(key: Buffer, message: Buffer, context: string): Buffer {
  const nonce = message.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
  const ciphertext = message.subarray(HEADER_BYTES + NONCE_BYTES, -TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.concat([message.subarray(0, HEADER_BYTES), Buffer.from(context)]));
  decipher.setAuthTag(message.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    throw new SealFailure('broken');
  }
}
