import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ShopTokens } from '../../adapters/document-store/tokens';
import { createKeysIfAbsent } from '../../adapters/keyring/key-file';
import { clockVerdict, doorVerdicts, lookAtApi, lookAtClock, lookAtPublicDoor, shownPaths } from './doors';
import { ok } from './finding';
import { lookAtDocuments, lookAtKeys, lookAtNode } from './machine';
import { reportLines } from './report';
import { runChecks } from './run-checks';
import { tokensVerdict } from './shop-connection';
import { lookAtRules, lookAtShipFrom } from './shop-settings';

const NOW = Date.parse('2026-11-22T18:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipclock-doctor-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function serving<T>(answer: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('the clock', () => {
  it.each([
    [0, 'ok'],
    [9_000, 'ok'],
    [-9_000, 'ok'],
    [11_000, 'warn'],
    [-200_000, 'warn'],
    [31_000, 'fail'],
    [-301_000, 'fail'],
  ])('%d ms ahead is %s', (aheadMs, status) => {
    expect(clockVerdict(aheadMs).status).toBe(status);
  });

  it('is compared with the date of an answer', async () => {
    const at = (aheadMs: number): Promise<unknown> =>
      serving(
        (_req, res) => res.setHeader('date', new Date(Date.now() - aheadMs).toUTCString()).end(),
        (url) => lookAtClock({ shops: [], settings: { tiktok: { apiUrl: url } } as never }),
      );
    expect(await at(0)).toMatchObject([{ status: 'ok' }]);
    expect(await at(60_000)).toMatchObject([{ status: 'fail', found: expect.stringContaining('ahead of') as string }]);
    expect(await at(-20_000)).toMatchObject([{ status: 'warn', found: expect.stringContaining('behind') as string }]);
  });
});

describe('the public door', () => {
  const look = (answer: RequestListener): Promise<unknown> =>
    serving(answer, (url) => lookAtPublicDoor({ env: { SHIPCLOCK_PUBLIC_URL: url }, shops: [] }));

  it('is no failure where only this machine reaches it, whatever it shows', async () => {
    const found = await look((_req, res) => res.writeHead(200).end());
    expect(found).toMatchObject([{ status: 'warn', found: expect.stringContaining('only this machine') as string }]);
    expect(doorVerdicts('http://localhost:8080', ['/'])).toMatchObject([{ status: 'warn' }]);
  });

  it('is well where it answers and hides the rest, but an IP address with a port is taken by nobody', () => {
    expect(doorVerdicts('https://shipclock.example', [])).toMatchObject([{ status: 'ok' }]);
    expect(doorVerdicts('https://203.0.113.7:8443', [])).toMatchObject([{ status: 'ok' }, { status: 'warn' }]);
  });

  it('fails where it shows what is private, a refusal aside', async () => {
    const shown = await serving((req, res) => res.writeHead(req.url === '/v1/alerts' ? 401 : 200).end(), shownPaths);
    expect(shown).toEqual(['/', '/readyz', '/v1/orders', '/v1/shops', '/v1/writes', '/metrics']);
    expect(doorVerdicts('https://shipclock.example', shown)).toMatchObject([
      { status: 'fail', found: expect.stringContaining('shows everybody /, /readyz, /v1/orders, /v1/shops') as string },
    ]);
  });

  it('fails where it is silent', async () => {
    const found = await look((req) => req.socket.destroy());
    expect(found).toMatchObject([{ status: 'fail' }]);
  });

  it('is missed where there is a live shop', async () => {
    const live = [{ shopId: '1', shop: { kind: 'live' } as never }];
    expect(await lookAtPublicDoor({ env: {}, shops: live })).toMatchObject([{ status: 'warn' }]);
    expect(await lookAtPublicDoor({ env: {}, shops: [] })).toMatchObject([{ status: 'ok' }]);
  });
});

describe('the API', () => {
  it('is told with what it misses', async () => {
    const problem = JSON.stringify({ errors: [{ pointer: '/worker', detail: 'No worker asks.' }] });
    const found = await serving(
      (_req, res) => res.writeHead(503).end(problem),
      (apiUrl) => lookAtApi({ apiUrl }),
    );
    expect(found).toMatchObject({
      status: 'fail',
      found: expect.stringMatching(/not ready: No worker asks$/) as string,
    });
  });
});

describe('this machine', () => {
  it('needs a new enough Node', () => {
    expect(lookAtNode('20.11.9').status).toBe('fail');
    expect(lookAtNode('20.12.0').status).toBe('ok');
    expect(lookAtNode('22.1.0').status).toBe('ok');
  });

  it('keeps documents from others, by their folder or by one around it', async () => {
    const open = join(tmpdir(), `shipclock-open-${process.pid}`);
    await rm(open, { recursive: true, force: true });
    await chmod(folder, 0o700);
    expect(await lookAtDocuments({ documentsDir: folder })).toMatchObject([{ status: 'ok' }]);
    await chmod(folder, 0o755);
    expect(await lookAtDocuments({ documentsDir: folder })).toMatchObject([{ status: 'warn' }]);
    expect(await lookAtDocuments({ documentsDir: open })).toMatchObject([{ status: 'fail' }]);
  });

  it('has keys that it alone can read', async () => {
    const keysFile = join(folder, 'keys.json');
    const env = { SHIPCLOCK_KEYS_FILE: keysFile };
    expect(lookAtKeys({ env, keysFile }).status).toBe('fail');
    await createKeysIfAbsent(keysFile);
    expect(lookAtKeys({ env, keysFile }).status).toBe('ok');
    expect(lookAtKeys({ env: { ...env, SHIPCLOCK_ENCRYPTION: 'off' }, keysFile }).status).toBe('warn');
    await chmod(keysFile, 0o644);
    expect(lookAtKeys({ env, keysFile })).toMatchObject({
      status: 'fail',
      found: expect.stringContaining('chmod 600') as string,
    });
    await chmod(keysFile, 0o600);
    await writeFile(keysFile, '{}');
    expect(lookAtKeys({ env, keysFile }).status).toBe('fail');
  });
});

describe("a shop's tokens", () => {
  const pair = { version: 3, accessToken: 'a', refreshToken: 'r' };
  const until = (accessMs: number, refreshMs: number): object => ({
    accessExpiresAt: NOW + accessMs,
    refreshExpiresAt: NOW + refreshMs,
  });
  it.each([
    ['good for 120 hours, the consent for 300 days', 'ok', until(5 * DAY, 300 * DAY)],
    ['the consent ends in 29 days', 'warn', until(DAY, 29.5 * DAY)],
    ['the access token has expired and was not renewed', 'fail', until(-1, 300 * DAY)],
    ['the consent has ended', 'fail', until(DAY, 0)],
    ['were taken away when the consent ended', 'fail', { purged: true }],
  ])('%s: %s', (found, status, tokens) => {
    expect(tokensVerdict({ ...pair, ...tokens } as ShopTokens, '7', NOW)).toMatchObject({ status, found });
  });
});

describe('a ship-from', () => {
  const shipFrom = {
    id: 'la',
    zone: 'America/Los_Angeles',
    workdays: [1, 2, 3, 4, 5],
    opensAt: '09:00',
    closesAt: '17:00',
    closures: [],
    cutoffTime: '12:00',
    address: {},
  };
  it.each([
    ['is well', {}, 'ok'],
    ['is in a zone that exists', { zone: 'America/Lost_Angeles' }, 'fail'],
    ['closes after it opens', { opensAt: '17:00' }, 'fail'],
    ['has a closure that is still to come, today included', { closures: ['2026-01-01', '2026-11-22'] }, 'ok'],
    ['has coming closures', { closures: ['2025-12-25', '2026-11-21'] }, 'warn'],
    ['is there when the carrier collects', { pickupDays: [6, 7] }, 'warn'],
  ])('%s', (_promise, change, status) => {
    expect(lookAtShipFrom({ shipFrom: { ...shipFrom, ...change } }, NOW)).toMatchObject([{ status }]);
  });
});

describe('a rule set', () => {
  it.each([
    ['us', 'live', 'ok'],
    ['us-2026-06', 'live', 'ok'],
    ['us-2025-10-23', 'live', 'warn'],
    ['seed', 'live', 'warn'],
    ['us/seed', 'live', 'warn'],
    ['seed', 'sandbox', 'ok'],
    ['eu', 'live', 'fail'],
  ] as const)('%s in a %s shop is %s', (policySet, kind, status) => {
    expect(lookAtRules({ policySet, kind }, NOW).status).toBe(status);
  });
});

describe('the report', () => {
  it('tells what fails first, also of a check that breaks or never answers', async () => {
    const findings = await runChecks(
      [
        { subject: 'well', look: () => Promise.resolve([ok('it is')]) },
        { subject: 'broken', look: () => Promise.reject(new Error('a bug')) },
        { subject: 'silent', look: () => new Promise(() => undefined) },
        { subject: 'doubtful', look: () => Promise.resolve([{ status: 'warn', found: 'perhaps', todo: 'look' }]) },
      ],
      50,
    );
    expect(reportLines(findings)).toEqual([
      'fail  broken    could not be looked at: a bug',
      '                To do: run it again with SHIPCLOCK_DEBUG=1, and report it if it is a bug',
      'fail  silent    gave no answer within 0.05 s',
      '                To do: see that what it asks is reachable from here, and run shipclock doctor again',
      'warn  doubtful  perhaps',
      '                To do: look',
      'ok    well      it is',
      '',
      '2 failed, 1 warned, 1 well.',
    ]);
  });
});
