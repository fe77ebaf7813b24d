import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { localDocuments } from '../adapters/document-store/local';
import { shopDirectory } from '../adapters/document-store/shops';
import { vaultOf } from '../adapters/document-store/vault';
import { createKeysIfAbsent } from '../adapters/keyring/key-file';
import { changed, VALID } from '../adapters/settings/test-support';
import { shopKey } from '../contracts/shop';
import { keyringOf } from '../engine/codecs';
import { configCommand } from './config';
import { sentenceOf } from './failure';

const SECRETS = {
  SHIPCLOCK_TIKTOK_APP_SECRET: 'app-secret',
  EASYPOST_API_KEY: 'EZAKsecret',
  EASYPOST_WEBHOOK_SECRET: 'hook-secret',
};
const SHOP = '7495540735365777507';

let home: string;
let env: NodeJS.ProcessEnv;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'shipclock-config-'));
  env = { SHIPCLOCK_HOME: home, SHIPCLOCK_CONFIG: join(home, 'shipclock.yaml') };
  await writeFile(join(home, 'shipclock.yaml'), VALID);
  await createKeysIfAbsent(join(home, 'keys.json'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

/** Says a command line; its output, and the sentence of its failure. */
async function say(args: string[], more: NodeJS.ProcessEnv = {}): Promise<{ out: string; failure?: string }> {
  const out: string[] = [];
  const program = new Command('shipclock').exitOverride();
  const told = (line: string): void => void out.push(line);
  configCommand(program, { env: { ...env, ...more }, out: told, err: told, onInterrupt: () => () => undefined });
  try {
    await program.parseAsync(['config', ...args], { from: 'user' });
    return { out: out.join('\n') };
  } catch (error) {
    return { out: out.join('\n'), failure: sentenceOf(error) };
  }
}

describe('config check', () => {
  it('accepts a valid file, and says which secrets this environment lacks', async () => {
    const { out, failure } = await say(['check'], { ...SECRETS, EASYPOST_API_KEY: '' });
    expect(failure).toBeUndefined();
    expect(out.split('\n')).toEqual([
      `${home}/shipclock.yaml is valid: 1 shop.`,
      `EASYPOST_API_KEY is not set in this environment, and ${home}/shipclock.yaml needs it; set it where you run shipclock config apply.`,
    ]);
  });

  it('accepts the example of the documentation', async () => {
    const { out } = await say(['check', join(__dirname, '../docs/examples/shipclock.yaml')], SECRETS);
    expect(out).toMatch(/shipclock\.yaml is valid: 1 shop\.$/);
  });

  it('fails with every mistake on a line of its own', async () => {
    await writeFile(join(home, 'other.yaml'), changed('shipFrom: la', 'shipFrom: reno').replace('17:00', '5pm'));
    expect((await say(['check', join(home, 'other.yaml')])).failure?.split('\n')).toEqual([
      `${home}/other.yaml has 2 mistakes:`,
      '  shipFroms.la.closesAt: "5pm" does not fit; give a time of day from 00:00 to 23:59, such as 09:00 (line 9)',
      '  shops[0].shipFrom: no ship-from is called "reno"; known: la (line 15)',
    ]);
  });

  it('gives the same as one JSON object', async () => {
    const fine = await say(['check', '--json'], { ...SECRETS, EASYPOST_API_KEY: '' });
    const file = join(home, 'shipclock.yaml');
    expect(JSON.parse(fine.out)).toEqual({ file, isValid: true, shops: [SHOP], unsetSecrets: ['EASYPOST_API_KEY'] });
    await writeFile(file, changed('17:00', '5pm'));
    const wrong = await say(['check', '--json']);
    expect(JSON.parse(wrong.out)).toMatchObject({ file, isValid: false, mistakes: [{ line: 9 }] });
    expect(wrong.failure).toContain('has 1 mistake');
  });

  it('tells the first mistake of a file that is not YAML, and at most 30 of one that is', async () => {
    const file = join(home, 'shipclock.yaml');
    await writeFile(file, changed('"${EASYPOST_API_KEY}"', '${EASYPOST_API_KEY}'));
    const bare = (await say(['check'])).failure?.split('\n') ?? [];
    expect(bare).toHaveLength(2);
    expect(bare[1]).toMatch(
      /not YAML: .*; inside \{ \} or \[ \] write "\$\{NAME\}" in quotes; \d+ more may.* \(line 12\)$/,
    );
    const shops = Array.from({ length: 50 }, () => '  - id: x\n').join('');
    await writeFile(file, `shops:\n${shops}`);
    const many = (await say(['check'])).failure?.split('\n') ?? [];
    expect([many.length, many.at(-1)]).toEqual([32, expect.stringMatching(/^ {2}and \d+ more; correct these first$/)]);
  });

  it('names a variable of the environment that does not fit', async () => {
    expect((await say(['check'], { SHIPCLOCK_LOG_LEVEL: 'loud' })).failure).toContain(
      'SHIPCLOCK_LOG_LEVEL does not fit',
    );
  });
});

describe('config show', () => {
  it('says what holds and why, and of secrets only whether they are set', async () => {
    const { out } = await say(['show'], {
      EASYPOST_API_KEY: 'EZAKsecret',
      SHIPCLOCK_PUBLIC_URL: 'https://b.example.com',
    });
    expect(out).not.toContain('EZAKsecret');
    for (const line of [
      /^tiktok\.appKey +6abcd0example +file, line 2$/m,
      /^tiktok\.apiUrl +https:\/\/open-api\.tiktokglobalshop\.com +default$/m,
      /^tiktok\.appSecret +missing \(SHIPCLOCK_TIKTOK_APP_SECRET\) +default$/m,
      /^carriers\.post\.apiKey +set \(EASYPOST_API_KEY\) +file, line 12$/m,
      /^shops\[0\]\.sweep\.nightMinutes +15 +default$/m,
      /^publicUrl +https:\/\/b\.example\.com +environment, SHIPCLOCK_PUBLIC_URL$/m,
      /^logLevel +info +default$/m,
      /^SHIPCLOCK_API_PORT +8080 +default$/m,
    ])
      expect(out).toMatch(line);
  });

  it('gives the same as one JSON object', async () => {
    const shown = JSON.parse((await say(['show', '--json'])).out) as { settings: object[] };
    expect(shown.settings).toContainEqual({ setting: 'shops[0].id', value: SHOP, from: 'file, line 14' });
  });
});

describe('config apply', () => {
  const stores = (): { documents: ReturnType<typeof localDocuments>; vault: ReturnType<typeof vaultOf> } => {
    const keyring = keyringOf(env);
    if (keyring === undefined) throw new Error('there are no keys');
    const documents = localDocuments(join(home, 'documents'));
    return { documents, vault: vaultOf(documents, keyring) };
  };

  it('makes a shop that is whole but for its connection, its secrets encrypted', async () => {
    const { out } = await say(['apply'], SECRETS);
    expect(out.split('\n')).toEqual([
      'Credentials of the TikTok Shop app: written.',
      `Secrets of shop ${SHOP}: written.`,
      `Shop ${SHOP}: written.`,
      `Not connected yet: ${SHOP}. Connect with: npx shipclock connect tiktok`,
    ]);
    expect(await shopDirectory(stores())(SHOP)).toMatchObject({
      kind: 'live',
      name: SHOP,
      platform: { appKey: '6abcd0example', appSecret: 'app-secret', accessToken: '', shopCipher: '' },
      carriers: {
        post: { apiKey: 'EZAKsecret', webhookSecret: 'hook-secret', baseUrl: 'https://api.easypost.com/v2' },
      },
      shipFrom: { id: 'la', zone: 'America/Los_Angeles', address: { zip: '02134', country: 'US' } },
      sweep: { dayMinutes: 5, nightMinutes: 15 },
    });
    for (const key of [shopKey(SHOP), `secrets/shops/${SHOP}`, 'secrets/apps/tiktok']) {
      expect(await readFile(join(home, 'documents', `${key}.json`), 'utf8')).not.toMatch(/secret"|EZAK|hook-secret/);
    }
    expect(JSON.parse((await stores().vault.get('secrets/apps/tiktok')) ?? '')).toEqual({
      appKey: '6abcd0example',
      appSecret: 'app-secret',
      serviceId: '7300000000000000000',
      baseUrl: 'https://open-api.tiktokglobalshop.com',
      authUrl: 'https://auth.tiktok-shops.com',
      consentBaseUrl: 'https://services.tiktokshop.com',
    });
  });

  it('gives what it did as one JSON object', async () => {
    expect(JSON.parse((await say(['apply', '--json'], SECRETS)).out)).toEqual({
      applied: [
        { kind: 'app', isChanged: true },
        { kind: 'shopSecrets', shopId: SHOP, isChanged: true },
        { kind: 'shop', shopId: SHOP, isChanged: true, isConnected: false },
      ],
      notConnected: [SHOP],
      sandboxShops: [],
    });
  });

  it('changes nothing the second time', async () => {
    await say(['apply'], SECRETS);
    const before = await readFile(join(home, 'documents/secrets/apps/tiktok.json'), 'utf8');
    expect((await say(['apply'], SECRETS)).out).toContain(`Shop ${SHOP}: as it was.`);
    expect(await readFile(join(home, 'documents/secrets/apps/tiktok.json'), 'utf8')).toBe(before);
  });

  it('leaves what the platform told when the shop was connected', async () => {
    const { documents } = stores();
    const known = { id: SHOP, kind: 'live', name: 'Seller', platform: { shopCipher: 'GCP_x', appSecret: 'old' } };
    await documents.put(shopKey(SHOP), JSON.stringify(known));
    expect((await say(['apply'], SECRETS)).out).not.toContain('Not connected');
    const written = JSON.parse((await documents.get(shopKey(SHOP))) ?? '') as unknown;
    expect(written).toMatchObject({ name: 'Seller', platform: { shopCipher: 'GCP_x' } });
    expect(written).not.toHaveProperty('platform.appSecret');
  });

  it("leaves the sandbox's own shop as it is, writes the others, and fails with what to do", async () => {
    const [own, { documents, vault }] = ['7000000000000000001', stores()];
    const kept = { id: own, kind: 'sandbox', name: 'played', carriers: { ups: { kind: 'ups' } } };
    await documents.put(shopKey(own), JSON.stringify(kept));
    const shop = VALID.slice(VALID.indexOf('  - id:'));
    await writeFile(join(home, 'shipclock.yaml'), VALID + shop.replace(SHOP, own));
    const { out, failure } = await say(['apply'], SECRETS);
    expect(failure).toBe(
      `Shop ${own} is the sandbox's own, and config apply does not write it; take it out of the file, and see docs/labels.md for how to try settings there.`,
    );
    expect(out).toContain(`Shop ${SHOP}: written.`);
    expect(out).not.toContain(own);
    expect(JSON.parse((await documents.get(shopKey(own))) ?? '')).toEqual(kept);
    expect(await vault.get(`secrets/shops/${own}`)).toBeUndefined();
    expect(JSON.parse((await say(['apply', '--json'], SECRETS)).out)).toMatchObject({ sandboxShops: [own] });
  });

  it('writes nothing where what is there cannot be read', async () => {
    const { documents, vault } = stores();
    await documents.put(shopKey(SHOP), '{"kind":');
    expect((await say(['apply'], SECRETS)).failure).toBeDefined();
    expect([await vault.get(`secrets/shops/${SHOP}`), await vault.get('secrets/apps/tiktok')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('writes nothing while a secret is missing', async () => {
    const { failure } = await say(['apply'], { ...SECRETS, EASYPOST_API_KEY: '' });
    expect(failure).toMatch(/^Nothing was written, because EASYPOST_API_KEY is not set/);
    expect(await stores().documents.list('shops')).toEqual([]);
  });

  it('writes nothing without keys', async () => {
    await rm(join(home, 'keys.json'));
    expect((await say(['apply'], SECRETS)).failure).toMatch(/^Nothing was written, because there are no keys/);
  });
});
