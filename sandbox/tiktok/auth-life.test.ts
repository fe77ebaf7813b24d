import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Receiver, type Reply, type Shop, type Stage, stage } from '../test-support';
import { connect, type Given, givenIn, refreshToken, setApp, type ShownApp, signed } from './auth-test-support';

let here: Stage;
let app: ShownApp;
let shop: Shop;
let given: Given;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop();
  app = await setApp(here.url);
  given = await connect(here.url, app, [shop]);
});

afterEach(() => here.close());

const codeWith = async (token: string): Promise<unknown> =>
  (await signed(here.url, app, { path: '/event/202309/webhooks', token, cipher: shop.shopCipher })).body['code'];
const refresh = (token: string): Promise<Reply> => refreshToken(here.url, app, { refresh_token: token });
const tokens = async (of = shop): Promise<Record<string, unknown>> => (await of.control('GET', '/tokens')).body;
const expire = (which: string): Promise<Reply> => shop.control('POST', '/tokens/expire', { which });

describe('a refresh', () => {
  it('where refresh tokens are reusable leaves everything before it alive', async () => {
    const second = givenIn(await refresh(given.refresh_token));
    expect((await refresh(given.refresh_token)).body['code']).toBe(0);
    expect(second.access_token).not.toBe(given.access_token);
    expect(second).toMatchObject({
      open_id: given.open_id,
      refresh_token_expire_in: given.refresh_token_expire_in,
    });
    expect([await codeWith(given.access_token), await codeWith(second.access_token)]).toEqual([0, 0]);
    expect(await tokens()).toMatchObject({ refreshes: 2, refreshTokens: 'reusable' });
  });

  it('where refresh tokens rotate leaves the new pair alone alive', async () => {
    await setApp(here.url, { refreshTokens: 'rotating' });
    const second = givenIn(await refresh(given.refresh_token));
    expect((await refresh(given.refresh_token)).body).toMatchObject({ code: 36004005 });
    expect([await codeWith(given.access_token), await codeWith(second.access_token)]).toEqual([105002, 0]);
    expect((await refresh(second.refresh_token)).body['code']).toBe(0);
    expect((await tokens())['refreshes']).toBe(2);
  });

  it('whose answer is lost was done all the same', async () => {
    await setApp(here.url, { refreshTokens: 'rotating' });
    await shop.control('POST', '/faults', { route: 'tiktok.tokenRefresh', kind: 'commitThenCut', times: 1 });
    await expect(refresh(given.refresh_token)).rejects.toThrow();
    expect((await tokens())['refreshes']).toBe(1);
    expect((await refresh(given.refresh_token)).body['code']).toBe(36004005);
  });

  it('counts for every shop of the seller, and meets the faults of each', async () => {
    const other = await here.shop();
    const both = await connect(here.url, app, [shop, other]);
    await other.control('POST', '/faults', { route: 'tiktok.tokenRefresh', kind: 'serverError', times: 1 });
    expect((await refresh(both.refresh_token)).status).toBe(500);
    expect((await refresh(both.refresh_token)).body['code']).toBe(0);
    expect([(await tokens())['refreshes'], (await tokens(other))['refreshes']]).toEqual([1, 1]);
  });

  it.each([
    [{ refresh_token: 'wrong' }, 36004005],
    [{ grant_type: 'authorized_code' }, 36009004],
    [{ app_secret: 'wrong' }, 36009004],
  ])('is refused with %j', async (wrong, code) => {
    const answer = await refreshToken(here.url, app, { refresh_token: given.refresh_token, ...wrong });
    expect(answer).toMatchObject({ status: 200, body: { code, data: {} } });
    expect((await tokens())['refreshes']).toBe(0);
  });

  it('does not take an access token', async () => {
    expect((await refresh(given.access_token)).body['code']).toBe(36004005);
  });
});

describe('the end of a token', () => {
  it('comes by the wall clock, whatever time the shop believes in', async () => {
    const clock = jest.spyOn(Date, 'now');
    try {
      const start = Date.now();
      clock.mockReturnValue(start + 7 * 86_400_000 - 60_000);
      await shop.control('POST', '/clock', { to: start + 30 * 86_400_000 });
      expect(await codeWith(given.access_token)).toBe(0);
      clock.mockReturnValue(start + 7 * 86_400_000 + 60_000);
      expect(await codeWith(given.access_token)).toBe(105002);
      expect((await refresh(given.refresh_token)).body['code']).toBe(0);
      clock.mockReturnValue(start + 366 * 86_400_000);
      expect((await refresh(given.refresh_token)).body['code']).toBe(36004001);
    } finally {
      clock.mockRestore();
    }
  });

  it('comes when told: of the access token, which a refresh replaces', async () => {
    await expire('access');
    expect(await codeWith(given.access_token)).toBe(105002);
    expect((await shop.viaTikTok('GET', '/event/202309/webhooks')).body['code']).toBe(105002);
    expect(await codeWith(givenIn(await refresh(given.refresh_token)).access_token)).toBe(0);
  });

  it('comes when told: of both, after which only consent helps', async () => {
    await expire('both');
    expect((await refresh(given.refresh_token)).body['code']).toBe(36004001);
    expect(await tokens()).toMatchObject({ accessToken: null, hasRefreshToken: false });
    expect(await codeWith((await connect(here.url, app, [shop])).access_token)).toBe(0);
  });
});

describe('the control side', () => {
  it('shows of the tokens no more than an end', async () => {
    const shown = await tokens();
    expect(shown).toMatchObject({ accessToken: given.access_token.slice(-4), refreshes: 0 });
    expect(shown['accessExpiresAt']).toBe(
      given.access_token_expire_in * 1000 + ((shown['accessExpiresAt'] as number) % 1000),
    );
    const everything = JSON.stringify([shown, (await shop.control('GET', '')).body, (await expire('access')).body]);
    expect(everything).not.toContain(given.refresh_token);
    expect(everything).not.toContain(given.access_token);
  });
});

describe('a consent', () => {
  let receiver: Receiver;

  beforeEach(async () => {
    receiver = await here.receiver();
    await here.shop({ shopId: shop.shopId, tiktokWebhookUrl: receiver.url });
  });

  const heard = async (): Promise<Record<string, unknown>[]> => {
    await shop.control('GET', '/quiet?wait=5000');
    return receiver.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  };

  it('taken back kills every token and says so', async () => {
    expect((await shop.control('POST', '/deauthorise')).body).toEqual({ shops: [shop.shopId] });
    expect(await codeWith(given.access_token)).toBe(105002);
    expect((await shop.viaTikTok('GET', '/event/202309/webhooks')).body['code']).toBe(105002);
    expect((await refresh(given.refresh_token)).body['code']).toBe(36004005);
    const message = `Shop_id ${shop.shopId} is deauthorized from your APP by merchant.`;
    expect(await heard()).toMatchObject([{ type: 6, shop_id: shop.shopId, data: { message } }]);
  });

  it('taken back is taken back for every shop of the seller, and can be given again', async () => {
    const other = await here.shop();
    await connect(here.url, app, [shop, other]);
    const { shops } = (await shop.control('POST', '/deauthorise')).body as { shops: string[] };
    expect(new Set(shops)).toEqual(new Set([shop.shopId, other.shopId]));
    expect(await codeWith((await connect(here.url, app, [shop])).access_token)).toBe(0);
  });

  it('that is to end is warned of, by the wall clock, and does end', async () => {
    await shop.control('POST', '/clock', { to: Date.now() + 90 * 86_400_000 });
    const { expiresAt } = (await shop.control('POST', '/authorization-expires', { inDays: 20 })).body as {
      expiresAt: number;
    };
    expect(Math.abs(expiresAt - Date.now() - 20 * 86_400_000)).toBeLessThan(10_000);
    const [notice] = await heard();
    expect(notice).toMatchObject({ type: 7, data: { expiration_time: Math.floor(expiresAt / 1000) } });
    expect(Math.abs((notice?.['timestamp'] as number) - Date.now() / 1000)).toBeLessThan(10);
    expect((await tokens())['refreshExpiresAt']).toBe(expiresAt);
  });
});

it('tokens, codes and registered webhooks outlive the process', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const first = await stage(dir);
  const kept = await first.shop();
  const keptApp = await setApp(first.url, { refreshTokens: 'rotating' });
  const pair = await connect(first.url, keptApp, [kept]);
  const path = '/event/202309/webhooks';
  const body = { event_type: 'PACKAGE_UPDATE', address: 'http://127.0.0.1:9/hook' };
  await kept.viaTikTok('PUT', path, { body });
  await kept.control('POST', '/tokens/expire', { which: 'access' });
  await first.close();

  const second = await stage(dir);
  const again = await setApp(second.url);
  const reply = await refreshToken(second.url, again, { refresh_token: pair.refresh_token });
  const token = givenIn(reply).access_token;
  const listed = await signed(second.url, again, { path, token, cipher: kept.shopCipher });
  const old = await signed(second.url, again, { path, token: pair.access_token, cipher: kept.shopCipher });
  await second.close();
  rmSync(dir, { recursive: true });
  expect(again).toEqual(keptApp);
  expect((listed.body['data'] as { webhooks: unknown[] }).webhooks).toMatchObject([body]);
  expect(old.body['code']).toBe(105002);
});
