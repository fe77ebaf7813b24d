import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ports } from '../activities/ports';
import { localDocuments } from '../adapters/document-store/local';
import { shopDirectory } from '../adapters/document-store/shops';
import { tokenStore } from '../adapters/document-store/tokens';
import { vaultOf } from '../adapters/document-store/vault';
import { openKeyring } from '../adapters/keyring/keyring';
import { shopKey } from '../contracts/shop';
import { openSandboxShop } from './sandbox-shop';

const SHOP = '7000000000000000001';
const SECRETS = ['app-secret-1', 'access-1', 'key-1', 'hook-1', 'token-1', 'ups-secret-1', 'usps-secret-1'];

let folder: string;
let sandbox: Server;
let vault: Ports['vault'];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipclock-shop-'));
  const keys = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
  vault = vaultOf(localDocuments(folder), openKeyring({ env: { SHIPCLOCK_KEYS: JSON.stringify(keys) } }));
  const opened = {
    shopId: SHOP,
    appKey: 'app',
    appSecret: 'app-secret-1',
    accessToken: 'access-1',
    shopCipher: 'cipher',
    easypost: { apiKey: 'key-1', webhookSecret: 'hook-1' },
    shipsaving: { apiToken: 'token-1', storeName: 'store' },
    ups: { clientId: 'ups', clientSecret: 'ups-secret-1', accountNumber: 'A1B2C3' },
    usps: {
      ...{ clientId: 'usps', clientSecret: 'usps-secret-1', crid: '1', mid: '2' },
      ...{ manifestMid: '3', accountNumber: '4' },
    },
    now: 1,
  };
  sandbox = createServer((_, response) => response.end(JSON.stringify(opened)));
  await new Promise<void>((resolve) => sandbox.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  sandbox.closeAllConnections();
  sandbox.close();
  await rm(folder, { recursive: true });
});

const open = (more: { vault?: Ports['vault'] } = {}): Promise<unknown> => {
  const sandboxUrl = `http://127.0.0.1:${(sandbox.address() as AddressInfo).port}`;
  return openSandboxShop({ sandboxUrl, apiUrl: 'http://api', documentsDir: folder, shopId: SHOP, ...more });
};

const file = (): string => join(folder, `${shopKey(SHOP)}.json`);
const found = (): ReturnType<ReturnType<typeof shopDirectory>> =>
  shopDirectory({ documents: localDocuments(folder), vault })(SHOP);

describe('a sandbox shop', () => {
  it.each(['new', 'opened before without a vault'])('that is %s keeps its secrets in the vault', async (before) => {
    if (before !== 'new') await open();
    const inline = await found();
    await open({ vault });
    const text = await readFile(file(), 'utf8');
    expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
    expect(await found()).toMatchObject({
      platform: { appSecret: 'app-secret-1', accessToken: 'access-1', tokenVersion: 0, shopCipher: 'cipher' },
      carriers: {
        easypost: { apiKey: 'key-1', webhookSecret: 'hook-1', enabled: true },
        shipsaving: { apiToken: 'token-1', enabled: false },
        ups: { clientSecret: 'ups-secret-1', enabled: false },
        usps: { clientSecret: 'usps-secret-1', enabled: false },
      },
      appealDesk: { token: 'access-1' },
    });
    if (before !== 'new') expect(await found()).toEqual(inline);
  });

  it('goes by its newest tokens once it has some', async () => {
    await open({ vault });
    const pair = { accessToken: 'newer', accessExpiresAt: 1, refreshToken: 'r', refreshExpiresAt: 2 };
    await tokenStore(vault).store(SHOP, pair, 0);
    expect((await found())?.platform).toMatchObject({ accessToken: 'newer', tokenVersion: 1 });
  });

  it('leaves alone what its owner has changed when it is opened again', async () => {
    await open({ vault });
    const documents = localDocuments(folder);
    const shop = JSON.parse((await documents.get(shopKey(SHOP))) ?? '{}') as object;
    await documents.put(shopKey(SHOP), JSON.stringify({ ...shop, name: 'Mine', uploadTracking: 'bought' }));
    await open({ vault });
    expect(await found()).toMatchObject({ name: 'Mine', uploadTracking: 'bought' });
  });
});
