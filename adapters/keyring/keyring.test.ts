import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { createKeysIfAbsent, rotateKeys } from './key-file';
import { openKeyring, SealFailure, type Keyring } from './keyring';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipclock-keys-'));
  file = join(folder, 'home', 'keys.json');
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = Buffer.from('a token');

function opened(wish: Parameters<typeof openKeyring>[0] = { file }): Keyring {
  const keyring = openKeyring(wish);
  if (keyring === undefined) throw new Error('there are no keys');
  return keyring;
}

function failureOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof SealFailure ? error.kind : String(error);
  }
  return 'none';
}

function missing(keyring: Keyring, sealed: Uint8Array): string {
  try {
    keyring.open(sealed, 'a');
  } catch (error) {
    if (error instanceof SealFailure && error.kind === 'keyMissing') return error.isForeign ? 'foreign' : 'was ours';
  }
  return 'none';
}

const written = (keys: Record<string, string>, current: string): string => JSON.stringify({ current, keys });
const aKey = (): string => randomBytes(32).toString('base64');

describe('a keyring', () => {
  it('opens what it sealed, and only under the same context', async () => {
    await createKeysIfAbsent(file);
    const { sealed, keyId } = opened().seal(bytes, 'secrets/a');
    expect(keyId).toBe('k1');
    expect(sealed.includes(bytes)).toBe(false);
    expect(opened().open(sealed, 'secrets/a')).toEqual(bytes);
    expect(failureOf(() => opened().open(sealed, 'secrets/b'))).toBe('broken');
  });

  it('never seals the same twice alike', async () => {
    await createKeysIfAbsent(file);
    const { seal } = opened();
    expect(seal(bytes, 'a').sealed).not.toEqual(seal(bytes, 'a').sealed);
  });

  it('refuses every message with one bit changed, and every shorter one', async () => {
    await createKeysIfAbsent(file);
    const keyring = opened();
    const { sealed } = keyring.seal(bytes, 'a');
    const forged = Array.from({ length: sealed.length * 8 }, (_, bit) => {
      const copy = Buffer.from(sealed);
      copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      return copy;
    });
    const cut = Array.from({ length: sealed.length }, (_, length) => sealed.subarray(0, length));
    expect([...forged, ...cut].filter((message) => failureOf(() => keyring.open(message, 'a')) === 'none')).toEqual([]);
  });

  it('seals with a new key after a rotation, opens what older ones sealed, and marks as before', async () => {
    await createKeysIfAbsent(file);
    const before = opened();
    const { sealed } = before.seal(bytes, 'a');
    expect(await rotateKeys(file)).toBe('k2');
    const after = opened();
    expect(after.open(sealed, 'a')).toEqual(bytes);
    expect(after.seal(bytes, 'a').keyId).toBe('k2');
    expect(after.mark('a street')).toBe(before.mark('a street'));
    expect(after.mark('a street')).toMatch(/^[0-9a-f]{16}$/);
    expect(after.mark('another')).not.toBe(after.mark('a street'));
  });

  it('that was open before a rotation reads the file again for what the new key sealed', async () => {
    await createKeysIfAbsent(file);
    const before = opened();
    await rotateKeys(file);
    const { sealed } = opened().seal(bytes, 'a');
    expect(before.open(sealed, 'a')).toEqual(bytes);
  });

  it('tells a key that is not there from a message that was changed, also when the id is the same', async () => {
    await createKeysIfAbsent(file);
    const { sealed } = opened().seal(bytes, 'a');
    const other = opened({ env: { SHIPCLOCK_KEYS: written({ k1: aKey() }, 'k1') } });
    expect(failureOf(() => other.open(sealed, 'a'))).toBe('keyMissing');
  });

  it('knows a key that was and is gone from one that never was', async () => {
    await createKeysIfAbsent(file);
    const { sealed } = opened().seal(bytes, 'a');
    await rotateKeys(file);
    await rotateKeys(file);
    const { keys, ...rest } = JSON.parse(await readFile(file, 'utf8')) as { keys: Record<string, string> };
    const others = Object.fromEntries(Object.entries(keys).filter(([id]) => id !== 'k1'));
    await writeFile(file, JSON.stringify({ ...rest, keys: others }));
    expect(missing(opened(), sealed)).toBe('was ours');
    const forged = Buffer.concat([Buffer.from([1]), randomBytes(60)]);
    expect(missing(opened(), forged)).toBe('foreign');
  });

  it('finds a new key also right after a forged message, and never calls one foreign while the file is gone', async () => {
    await createKeysIfAbsent(file);
    const before = opened();
    const forged = Buffer.concat([Buffer.from([1]), randomBytes(60)]);
    expect(failureOf(() => before.open(forged, 'a'))).toBe('keyMissing');
    await rotateKeys(file);
    const { sealed } = opened().seal(bytes, 'a');
    expect(before.open(sealed, 'a')).toEqual(bytes);
    await rm(file);
    expect(missing(before, forged)).toBe('was ours');
  });

  it('takes the keys of the environment before those of the file', async () => {
    await createKeysIfAbsent(file);
    const keyring = opened({ file, env: { SHIPCLOCK_KEYS: written({ old: aKey(), new: aKey() }, 'new') } });
    expect(keyring.seal(bytes, 'a').keyId).toBe('new');
  });

  it('is none where there are no keys', () => {
    expect(openKeyring({ file, env: { SHIPCLOCK_KEYS: ' ' } })).toBeUndefined();
    expect(openKeyring({})).toBeUndefined();
  });
});

describe('a keys file', () => {
  it('is made once, for its owner alone', async () => {
    expect(await Promise.all([createKeysIfAbsent(file), createKeysIfAbsent(file)])).toContain(true);
    const text = await readFile(file, 'utf8');
    expect(await createKeysIfAbsent(file)).toBe(false);
    expect(await readFile(file, 'utf8')).toBe(text);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await rotateKeys(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is refused when others can read it', async () => {
    await createKeysIfAbsent(file);
    await chmod(file, 0o640);
    expect(() => openKeyring({ file })).toThrow(`run chmod 600 ${file}`);
  });

  const key = aKey();
  it.each([
    ['no JSON', `{"current":"${key}`],
    ['no keys', written({}, 'k1')],
    ['a current key that is not there', written({ k1: key }, 'k2')],
    ['a short key', written({ k1: key.slice(8) }, 'k1')],
    ['an id that JSON would sort', written({ 1: key }, '1')],
    ['a retired name that is none', JSON.stringify({ current: 'k1', keys: { k1: key }, retired: ['k0'] })],
    ['one key twice', written({ k1: key, k2: key }, 'k1')],
  ])('is refused with %s, in a sentence without the key', (_what, text) => {
    const open = (): unknown => openKeyring({ env: { SHIPCLOCK_KEYS: text } });
    expect(open).toThrow(/^SHIPCLOCK_KEYS .*\.$/);
    expect(failureOf(open)).not.toContain(key.slice(0, 8));
    expect(failureOf(open)).not.toContain('keys create');
  });

  it.each(['documents/secrets', 'temporal.db'])(
    'that is missing beside %s is not replaced by a new key',
    async (state) => {
      await mkdir(join(folder, 'home', state), { recursive: true });
      await expect(createKeysIfAbsent(file)).rejects.toThrow('put a copy of the file back');
      await expect(stat(file)).rejects.toThrow('ENOENT');
    },
  );

  it('that is missing cannot be rotated', async () => {
    await writeFile(join(folder, 'x'), '');
    await expect(rotateKeys(file)).rejects.toThrow('shipclock keys create');
  });
});
