import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Shop as SandboxShop, stage, type Stage } from '../../sandbox/test-support';
import { authorizedShops, consentUrl, exchangeCode, refreshTokens, registeredWebhooks, registerWebhooks } from './auth';
import type { TikTokApp } from './auth';
import { callTikTok, PLAIN_WIRE } from './client';
import { failureOf, shopOf } from './test-support';
import { TOPICS } from './topics';
import { OrdersData } from './wire';

let here: Stage;
let sandbox: SandboxShop;
let app: TikTokApp;

beforeAll(async () => {
  here = await stage();
});
beforeEach(async () => {
  sandbox = await here.shop();
  app = await appWith({});
});
afterAll(() => here.close());

async function appWith(wish: Record<string, unknown>): Promise<TikTokApp> {
  const answer = await fetch(`${here.url}/control/app`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirectUrl: 'https://app.example/callback', refreshTokens: 'reusable', ...wish }),
  });
  const shown = (await answer.json()) as Pick<TikTokApp, 'appKey' | 'appSecret' | 'serviceId'>;
  return { ...shown, baseUrl: here.url, authUrl: here.url, consentBaseUrl: here.url };
}

/** What the seller's browser does on the consent page. */
async function consented(): Promise<{ code: string; state: string }> {
  const url = consentUrl({ serviceId: app.serviceId, state: 'a state', baseUrl: here.url });
  const answer = await fetch(`${url}&consent=yes&shops=${sandbox.shopId}`, { redirect: 'manual' });
  const { searchParams } = new URL(answer.headers.get('location') ?? '');
  return { code: searchParams.get('code') ?? '', state: searchParams.get('state') ?? '' };
}

const control = (path: string, body: unknown): Promise<unknown> => sandbox.control('POST', path, body);

describe('a consent', () => {
  it('is asked for where the platform is, unless told otherwise', () => {
    expect(consentUrl({ serviceId: '7', state: 'a&b' })).toBe(
      'https://services.tiktokshop.com/open/authorize?service_id=7&state=a%26b',
    );
  });

  it('gives a pair of tokens with their instants, and the shops that it is for', async () => {
    const { code, state } = await consented();
    expect(state).toBe('a state');
    const pair = await exchangeCode(app, code);
    const days = (at: number): number => Math.round((at - Date.now()) / 86_400_000);
    expect([days(pair.accessExpiresAt), days(pair.refreshExpiresAt)]).toEqual([7, 365]);
    const shops = await authorizedShops(app, pair.accessToken);
    expect(shops).toEqual([
      expect.objectContaining({ id: sandbox.shopId, cipher: sandbox.shopCipher, region: 'US', sellerType: 'LOCAL' }),
    ]);
  });

  it('is good once', async () => {
    const { code } = await consented();
    await exchangeCode(app, code);
    const error = await failureOf(exchangeCode(app, code));
    expect(error).toMatchObject({ outcome: 'refused' });
    expect(error.message).not.toContain(code);
  });

  it('is renewed, and an old token renewed with is dead where tokens rotate', async () => {
    app = await appWith({ refreshTokens: 'rotating' });
    const first = await exchangeCode(app, (await consented()).code);
    const second = await refreshTokens(app, first.refreshToken);
    expect(second.accessToken).not.toBe(first.accessToken);
    const error = await failureOf(refreshTokens(app, first.refreshToken));
    expect(error).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify([error, error.message])).not.toContain(first.refreshToken);
    expect(await failureOf(authorizedShops(app, first.accessToken))).toMatchObject({ outcome: 'refused' });
  });

  it('that was taken back is refused, and an app that is not known is our own fault', async () => {
    const pair = await exchangeCode(app, (await consented()).code);
    const wrong = { ...app, appSecret: 'wrong' };
    expect(await failureOf(refreshTokens(wrong, pair.refreshToken))).toMatchObject({ outcome: 'auth' });
    await control('/deauthorise', {});
    expect(await failureOf(refreshTokens(app, pair.refreshToken))).toMatchObject({ outcome: 'refused' });
  });

  it('whose renewal got lost on the way back leaves open what was done', async () => {
    const pair = await exchangeCode(app, (await consented()).code);
    await control('/faults', { route: 'tiktok.tokenRefresh', kind: 'commitThenCut', times: 1 });
    expect(await failureOf(refreshTokens(app, pair.refreshToken))).toMatchObject({ outcome: 'outcomeUnknown' });
    expect((await refreshTokens(app, pair.refreshToken)).accessToken).not.toBe(pair.accessToken);
  });
});

describe('a refresh token', () => {
  it.each([
    ['refused', 'param refresh_token is invalid'],
    ['refused', 'Invalid Refresh Token'],
    ['auth', 'param app_secret is invalid'],
    ['auth', 'app_key, app_secret or refresh_token is invalid'],
    ['auth', 'access token is invalid'],
    ['auth', undefined],
  ])('is %s by the code of every wrong parameter that says %s', async (outcome, message) => {
    const server = createServer((_, res) => res.end(JSON.stringify({ code: 36009004, message })));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const authUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const failure = await failureOf(refreshTokens({ ...app, authUrl }, 'TTR_x')).finally(() => server.close());
    expect(failure).toMatchObject({ outcome, code: '36009004' });
  });
});

describe('a token that has expired', () => {
  it('is renewed in the middle of a call', async () => {
    const pair = await exchangeCode(app, (await consented()).code);
    const shop = shopOf(sandbox, here.url, pair.accessToken);
    await control('/tokens/expire', { which: 'access' });
    const renew = async (): Promise<typeof shop> =>
      shopOf(sandbox, here.url, (await refreshTokens(app, pair.refreshToken)).accessToken);
    const call = { call: 'readOrder', path: '/order/202309/orders', query: { ids: ['1'] }, data: OrdersData };
    const data = await callTikTok({ ...PLAIN_WIRE, renew }, shop, { ...call, method: 'GET' });
    expect(data.orders).toEqual([]);
  });
});

describe('the webhooks of a shop', () => {
  it('are registered one address a topic, and again without a change', async () => {
    const shop = shopOf(sandbox, here.url);
    const counted: string[] = [];
    const wire = { ...PLAIN_WIRE, count: (call: string) => void counted.push(call) };
    expect(await registeredWebhooks(wire, shop)).toEqual([]);
    const base = `https://shipclock.example/v1/webhooks/tiktok/${shop.id}`;
    await registerWebhooks(wire, shop, `${base}/`);
    const expected = TOPICS.map(({ eventType, slug }) => ({ eventType, address: `${base}/${slug}` }));
    const byName = (a: { eventType: string }, b: { eventType: string }): number => (a.eventType < b.eventType ? -1 : 1);
    expect((await registeredWebhooks(wire, shop)).sort(byName)).toEqual(expected.sort(byName));
    counted.length = 0;
    await registerWebhooks(wire, shop, base);
    expect(counted).toEqual(['registeredWebhooks']);
  });
});
