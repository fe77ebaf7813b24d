import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ports } from '../../activities/ports';
import { shopKey } from '../../contracts/shop';
import { openKeyring, type Keyring } from '../keyring/keyring';
import { localDocuments } from './local';
import { shopDirectory } from './shops';
import { shopSecretsKey, tokenStore, type TokenPair, type TokenStore } from './tokens';
import { vaultOf } from './vault';

const SHOP = '7000000000000000009';
const FOLDER = `${shopSecretsKey(SHOP)}/tokens`;

let folder: string;
let documents: ReturnType<typeof localDocuments>;
let vault: Ports['vault'];
let tokens: TokenStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipclock-vault-'));
  documents = localDocuments(folder);
  vault = vaultOf(documents, aKeyring());
  tokens = tokenStore(vault);
});
afterEach(() => rm(folder, { recursive: true }));

function aKeyring(): Keyring {
  const keys = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
  const keyring = openKeyring({ env: { SHIPCLOCK_KEYS: JSON.stringify(keys) } });
  if (keyring === undefined) throw new Error('no keyring');
  return keyring;
}

const pair = (mark: string): TokenPair => ({
  accessToken: `access-${mark}`,
  accessExpiresAt: 1_800_000_000_000,
  refreshToken: `refresh-${mark}`,
  refreshExpiresAt: 1_900_000_000_000,
});

/** Every file of the store, as one text. */
async function everything(): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
}

describe('a vault', () => {
  it('gives back what was put, and leaves nothing readable where it lies', async () => {
    await vault.put('secrets/a', 'hush');
    expect(await vault.putIfAbsent('secrets/a', 'other')).toBe(false);
    expect(await vault.putIfAbsent('secrets/b', 'hush')).toBe(true);
    expect([await vault.get('secrets/a'), await vault.get('secrets/b')]).toEqual(['hush', 'hush']);
    expect(await vault.list('secrets')).toEqual(['secrets/a', 'secrets/b']);
    expect(await everything()).not.toContain('hush');
    await vault.remove('secrets/a');
    await vault.remove('secrets/a');
    expect(await vault.get('secrets/a')).toBeUndefined();
  });

  it('does not open a document that lies under the key of another', async () => {
    await vault.put('secrets/a', 'hush');
    await documents.put('secrets/b', (await documents.get('secrets/a')) ?? '');
    await expect(vault.get('secrets/b')).rejects.toMatchObject({ kind: 'broken' });
  });

  it('does not take a plain document for an encrypted one, and repeats nothing of it', async () => {
    await documents.put('secrets/a', 'hush');
    await expect(vault.get('secrets/a')).rejects.toThrow(/^The document secrets\/a is not an encrypted one/);
  });

  it('is empty and takes nothing where there are no keys', async () => {
    await vault.put('secrets/a', 'hush');
    const none = vaultOf(documents, undefined);
    expect([await none.get('secrets/a'), await none.list('secrets')]).toEqual([undefined, []]);
    await expect(none.put('secrets/a', 'x')).rejects.toThrow('shipclock keys create');
    await expect(none.putIfAbsent('secrets/b', 'x')).rejects.toThrow('shipclock keys create');
  });

  it('says that a key is missing', async () => {
    await vault.put('secrets/a', 'hush');
    await expect(vaultOf(documents, aKeyring()).get('secrets/a')).rejects.toMatchObject({ kind: 'keyMissing' });
  });
});

describe("a shop's tokens", () => {
  it('count up, and the last two are kept', async () => {
    expect(await tokens.read(SHOP)).toBeUndefined();
    for (const version of [0, 1, 2, 3]) expect(await tokens.store(SHOP, pair(`${version + 1}`), version)).toBe(true);
    expect(await tokens.read(SHOP)).toEqual({ version: 4, ...pair('4') });
    expect(await vault.list(FOLDER)).toEqual([`${FOLDER}/00000003`, `${FOLDER}/00000004`]);
  });

  it.each([0, 1, 2, 4])('are not replaced by who knows version %i of 3', async (known) => {
    for (const version of [0, 1, 2]) await tokens.store(SHOP, pair(`${version + 1}`), version);
    expect(await tokens.store(SHOP, pair('late'), known)).toBe(false);
    expect(await tokens.read(SHOP)).toMatchObject({ version: 3, accessToken: 'access-3' });
  });

  it('are replaced by one of many who try at once', async () => {
    const tries = await Promise.all(Array.from({ length: 20 }, (_, i) => tokens.store(SHOP, pair(`${i}`), 0)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await tokens.read(SHOP)).toMatchObject({ version: 1, accessToken: `access-${tries.indexOf(true)}` });
  });

  it('are gone after a purge, which may be repeated, and come back with a consent', async () => {
    for (const version of [0, 1, 2]) await tokens.store(SHOP, pair(`${version + 1}`), version);
    await tokens.purge(SHOP);
    await tokens.purge(SHOP);
    expect(await tokens.read(SHOP)).toEqual({ version: 4, purged: true });
    expect(await vault.list(FOLDER)).toEqual([`${FOLDER}/00000004`]);
    expect(await tokens.store(SHOP, pair('late'), 3)).toBe(false);
    expect(await tokens.store(SHOP, pair('new'), 4)).toBe(true);
    expect(await tokens.read(SHOP)).toMatchObject({ version: 5, accessToken: 'access-new' });
  });
});

describe('a shop', () => {
  const open = {
    id: SHOP,
    kind: 'live',
    name: 'A shop',
    platform: { baseUrl: 'https://platform.example', appKey: 'app', shopCipher: 'cipher' },
    carrier: { kind: 'easypost', baseUrl: 'https://carrier.example' },
    shipFrom: {
      id: 'la',
      zone: 'America/Los_Angeles',
      workdays: [1],
      opensAt: '09:00',
      closesAt: '17:00',
      address: { city: 'Los Angeles' },
    },
    parcel: { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 16 },
  };
  const secrets = { platform: { appSecret: 'app-secret' }, carrier: { apiKey: 'key', webhookSecret: 'hook' } };

  beforeEach(async () => {
    await documents.put(shopKey(SHOP), JSON.stringify(open));
    await vault.put(shopSecretsKey(SHOP), JSON.stringify(secrets));
  });

  it('is its document, its secrets and its newest tokens', async () => {
    const find = shopDirectory({ documents, vault });
    // From when a shop had one account: it has the first one's name.
    expect(await find(SHOP)).toMatchObject({
      platform: { ...open.platform, appSecret: 'app-secret', accessToken: '', tokenVersion: 0 },
      carriers: { easypost: { ...open.carrier, ...secrets.carrier } },
    });
    await tokens.store(SHOP, pair('1'), 0);
    expect((await find(SHOP))?.platform.accessToken).toBe('');
    expect((await find.findFresh(SHOP))?.platform).toMatchObject({ accessToken: 'access-1', tokenVersion: 1 });
    await tokens.purge(SHOP);
    expect((await find.findFresh(SHOP))?.platform).toMatchObject({ accessToken: '', tokenVersion: 2 });
    expect((await find(SHOP))?.platform.accessToken).toBe('');
    expect(await everything()).not.toMatch(/app-secret|hook|access-/);
  });

  it('that has its secrets in its document goes on working, with a vault and without', async () => {
    const inline = {
      ...open,
      platform: { ...open.platform, appSecret: 'inline', accessToken: 'token' },
      carrier: { ...open.carrier, ...secrets.carrier },
    };
    await documents.put(shopKey(SHOP), JSON.stringify(inline));
    expect((await shopDirectory(documents)(SHOP))?.platform).toMatchObject({ appSecret: 'inline', tokenVersion: 0 });
    await vault.remove(shopSecretsKey(SHOP));
    expect((await shopDirectory({ documents, vault })(SHOP))?.platform.accessToken).toBe('token');
  });

  it('is unknown by any other id', async () => {
    const find = shopDirectory({ documents, vault });
    expect([await find('8'), await find('../x')]).toEqual([undefined, undefined]);
  });
});
