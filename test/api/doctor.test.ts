import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { localDocuments } from '../../adapters/document-store/local';
import { shopSecretsKey, tokenStore } from '../../adapters/document-store/tokens';
import { vaultOf } from '../../adapters/document-store/vault';
import { createKeysIfAbsent } from '../../adapters/keyring/key-file';
import { doctorCommand } from '../../cli/doctor';
import { lookAtWarehouses, lookAtWebhooks } from '../../cli/doctor/shop-platform';
import { sentenceOf } from '../../cli/failure';
import { shopKey, type Shop } from '../../contracts/shop';
import { ALL_SHOPS_KEY, standingKey } from '../../contracts/standing';
import { keyringOf } from '../../engine/codecs';
import { openStage, type Stage } from './stage';

type Finding = { status: string; subject: string; found: string; todo?: string };
type Report = { findings: Finding[]; failure?: string };

let stage: Stage;
let home: string;

beforeAll(async () => {
  stage = await openStage({ kind: 'live' });
}, 60_000);

afterAll(() => stage.close());

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'shipclock-doctor-'));
  await createKeysIfAbsent(join(home, 'keys.json'));
});

afterEach(() => rm(home, { recursive: true, force: true }));

const environment = (): NodeJS.ProcessEnv => ({
  SHIPCLOCK_HOME: home,
  SHIPCLOCK_API_URL: stage.url,
  SHIPCLOCK_SANDBOX_URL: stage.shop.platform.baseUrl,
  SHIPCLOCK_TASK_QUEUE: `api-${stage.shop.id}`,
  TEMPORAL_ADDRESS: process.env['SHIPCLOCK_TEST_TEMPORAL_ADDRESS'] ?? '',
  TEMPORAL_CONFIG_FILE: join(home, 'none.toml'),
});

/** Keeps the stage's shop as a connected live shop, its secrets apart, with some of it changed. */
async function keepShop(change: Partial<Shop> = {}): Promise<void> {
  const { platform, carriers, ...rest } = stage.shop;
  const { appSecret, accessToken, ...opened } = platform;
  const keyring = keyringOf(environment());
  if (keyring === undefined) throw new Error('there are no keys');
  const documents = localDocuments(join(home, 'documents'));
  const vault = vaultOf(documents, keyring);
  const { easypost } = carriers;
  if (easypost?.kind !== 'easypost') throw new Error('there is no EasyPost account');
  const { apiKey, webhookSecret, ...account } = easypost;
  await documents.put(
    shopKey(rest.id),
    JSON.stringify({ ...rest, policySet: 'us', platform: opened, carriers: { easypost: account }, ...change }),
  );
  await vault.put(
    shopSecretsKey(rest.id),
    JSON.stringify({ platform: { appSecret }, carriers: { easypost: { apiKey, webhookSecret } } }),
  );
  const dayMs = 24 * 3_600_000;
  const until = { accessExpiresAt: Date.now() + 7 * dayMs, refreshExpiresAt: Date.now() + 365 * dayMs };
  await tokenStore(vault).store(rest.id, { accessToken, refreshToken: 'never used', ...until }, 0);
}

async function examine(more: NodeJS.ProcessEnv = {}): Promise<Report> {
  const out: string[] = [];
  const program = new Command('shipclock').exitOverride();
  const told = (line: string): void => void out.push(line);
  doctorCommand(program, {
    env: { ...environment(), ...more },
    out: told,
    err: told,
    onInterrupt: () => () => undefined,
  });
  const failure = await program.parseAsync(['doctor', '--json'], { from: 'user' }).then(() => undefined, sentenceOf);
  const { findings } = JSON.parse(out[0] ?? '') as { findings: Finding[] };
  return { findings, ...(failure === undefined ? {} : { failure }) };
}

/** What a report says of one subject; those of the shop are named without its id. */
const of = ({ findings }: Report, subject: string): Finding | undefined =>
  findings.find((finding) => [subject, `${stage.shop.id} ${subject}`].includes(finding.subject));

describe('shipclock doctor', () => {
  it('finds nothing that fails where all parts run and the shop is connected', async () => {
    await keepShop();
    const report = await examine();
    expect(report.findings.filter(({ status }) => status === 'fail')).toEqual([]);
    expect(report.failure).toBeUndefined();
    for (const subject of ['temporal', 'namespace', 'search attributes', 'worker', 'api', 'clock', 'keys', 'platform'])
      expect(of(report, subject)).toMatchObject({ subject: expect.stringContaining(subject) as string, status: 'ok' });
    // Nobody has said yet what may be done in it.
    expect(of(report, 'connection')).toMatchObject({ found: 'connected, mode watch' });
    expect(of(report, 'tokens')).toMatchObject({ found: expect.stringMatching(/consent for 36\d days$/) as string });
    // The sandbox gives out test keys, and nobody can send this live shop a webhook.
    expect(of(report, 'carrier')).toMatchObject({
      status: 'warn',
      found: expect.stringContaining('test key') as string,
    });
    expect(of(report, 'public door')).toMatchObject({ status: 'warn' });
  });

  it('tells a shop that is switched off, or that its owner left', async () => {
    await keepShop();
    const documents = localDocuments(join(home, 'documents'));
    await documents.put(standingKey(stage.shop.id), JSON.stringify({ mode: 'watch', writes: 'off' }));
    const byShop = { status: 'warn', todo: `when you are ready, run shipclock writes on --shop ${stage.shop.id}` };
    expect(of(await examine(), 'connection')).toMatchObject(byShop);
    await documents.put(standingKey(stage.shop.id), JSON.stringify({ mode: 'watch' }));
    await documents.put(ALL_SHOPS_KEY, JSON.stringify({ writes: 'off' }));
    const byAll = { status: 'warn', todo: 'when you are ready, run shipclock writes on' };
    expect(of(await examine(), 'connection')).toMatchObject(byAll);
    await documents.put(ALL_SHOPS_KEY, JSON.stringify({ writes: 'on' }));
    await documents.put(standingKey(stage.shop.id), JSON.stringify({ connection: 'deauthorised' }));
    const report = await examine();
    expect(of(report, 'connection')).toMatchObject({
      status: 'fail',
      todo: expect.stringContaining('connect') as string,
    });
    expect(report.failure).toBe('1 check failed; see above what to do.');
  });

  it('tells keys of the shop that are not taken, and never what they are', async () => {
    await keepShop({
      platform: { ...stage.shop.platform, accessToken: 'x', shopCipher: 'another' },
      policySet: 'seed',
    });
    const path = join(home, 'documents', `${shopKey(stage.shop.id)}.json`);
    const text = await readFile(path, 'utf8');
    const report = await examine();
    expect(of(report, 'platform')).toMatchObject({
      status: 'fail',
      found: 'gives this shop another cipher than we have',
    });
    expect(of(report, 'rules')).toMatchObject({ status: 'warn' });
    expect(JSON.stringify(report)).not.toContain(stage.shop.platform.accessToken);
    await writeFile(path, text.replace('"zone":', '"zones":'));
    expect(of(await examine(), 'settings')).toBeDefined();
  });

  it('tells that no worker takes work, and that webhooks are not registered', async () => {
    await keepShop();
    const report = await examine({
      SHIPCLOCK_TASK_QUEUE: 'nobodys',
      SHIPCLOCK_PUBLIC_URL: 'https://shipclock.invalid',
    });
    expect(of(report, 'worker')).toMatchObject({ status: 'fail' });
    expect(of(report, 'webhooks')).toMatchObject({ status: 'fail' });
    expect(of(report, 'public door')).toMatchObject({ status: 'fail' });
  });

  it('fails nothing for want of a domain on this machine', async () => {
    const env = { SHIPCLOCK_PUBLIC_URL: stage.url };
    expect(of(await examine(env), 'public door')).toMatchObject({ status: 'warn' });
    expect(await lookAtWebhooks({ env }, { ...stage.shop, kind: 'sandbox' })).toEqual([
      { status: 'ok', found: 'the sandbox posts them to the API itself' },
    ]);
  });

  it('blames no scope for a token that is dead', async () => {
    const env = { SHIPCLOCK_PUBLIC_URL: stage.url };
    const dead = { ...stage.shop, platform: { ...stage.shop.platform, accessToken: 'dead' } };
    const found = [...(await lookAtWebhooks({ env }, dead)), ...(await lookAtWarehouses(dead))];
    const said = { status: 'warn', found: 'cannot be asked until the shop is connected again' };
    expect(found).toMatchObject([said, said]);
  });

  it('goes on where Temporal and the API are not there', async () => {
    const report = await examine({ TEMPORAL_ADDRESS: '127.0.0.1:1', SHIPCLOCK_API_URL: 'http://127.0.0.1:1' });
    expect(of(report, 'temporal')).toMatchObject({ status: 'fail', found: 'nothing answers at 127.0.0.1:1' });
    expect(of(report, 'api')).toMatchObject({ status: 'fail' });
    expect(of(report, 'node')).toMatchObject({ status: 'ok' });
  });

  it('tells every mistake of the configuration file', async () => {
    await writeFile(join(home, 'shipclock.yaml'), 'logLevel: loud\npublicUrl: ftp://x\n');
    const { findings } = await examine({ SHIPCLOCK_CONFIG: join(home, 'shipclock.yaml') });
    expect(findings.filter(({ subject }) => subject === 'settings').map(({ found }) => found)).toEqual([
      'logLevel: "loud" does not fit; give trace, debug, info, warn, error or silent (line 1)',
      expect.stringMatching(/^publicUrl: "ftp:\/\/x" does not fit.*\(line 2\)$/),
    ]);
  });
});
