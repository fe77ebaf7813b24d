import { type Shop, type Stage, stage } from '../test-support';
import { call, connect, consent, getToken, givenIn, REDIRECT_URL, type ShownApp, signed } from './auth-test-support';

const SHOPS_PATH = '/authorization/202309/shops';
const DAY_S = 86_400;

let here: Stage;
let app: ShownApp;
let shop: Shop;
let other: Shop;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop();
  other = await here.shop();
  app = (await call(`${here.url}/control/app`)).body as ShownApp;
});

afterEach(() => here.close());

const setApp = async (wish: Record<string, unknown> = {}): Promise<void> => {
  const { body } = await call(`${here.url}/control/app`, {
    method: 'PUT',
    body: { redirectUrl: REDIRECT_URL, ...wish },
  });
  app = body as ShownApp;
};
const authorize = (query: string): ReturnType<typeof call> => call(`${here.url}/open/authorize?${query}`);

describe('the app', () => {
  it('is kept with where consent leads to and how its tokens live', async () => {
    expect(app).toMatchObject({ appKey: shop.appKey, appSecret: shop.appSecret, redirectUrl: null });
    await setApp({ refreshTokens: 'rotating', accessLifetimeSeconds: 60 });
    const shown = (await call(`${here.url}/control/app`)).body;
    expect(shown).toMatchObject({ redirectUrl: REDIRECT_URL, refreshTokens: 'rotating', accessLifetimeSeconds: 60 });
    expect(shown).toMatchObject({ serviceId: app.serviceId, refreshLifetimeSeconds: 365 * DAY_S });
  });

  it.each([{ redirectUrl: 'javascript:alert(1)' }, { refreshTokens: 'never' }, { accessLifetimeSeconds: 0 }])(
    'takes no %j',
    async (body) => {
      expect((await call(`${here.url}/control/app`, { method: 'PUT', body })).status).toBe(422);
    },
  );
});

describe('the consent page', () => {
  it('lists the shops and keeps the state, as text', async () => {
    await setApp();
    const page = await authorize(`service_id=${app.serviceId}&state=${encodeURIComponent('"><script>')}`);
    expect(page.status).toBe(200);
    expect(page.body['text']).toContain(shop.shopId);
    expect(page.body['text']).toContain(other.shopId);
    expect(page.body['text']).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(page.body['text']).not.toContain('<script>');
  });

  it.each(['/open/authorize?service_id=', '/oauth/authorize?app_key='])('leads back from %s', async (door) => {
    await setApp();
    const name = door.startsWith('/open') ? app.serviceId : app.appKey;
    const answer = await call(`${here.url}${door}${name}&state=s%201&consent=yes`);
    expect(answer.status).toBe(302);
    const target = new URL(answer.headers.get('location') ?? '');
    expect(`${target.origin}${target.pathname}`).toBe('https://app.example/callback');
    expect([target.searchParams.get('from'), target.searchParams.get('state')]).toEqual(['tiktok', 's 1']);
    expect(target.searchParams.get('code')).toMatch(/^TTP_/);
  });

  it('asks again when no shop was chosen', async () => {
    await setApp();
    expect((await authorize(`service_id=${app.serviceId}&consent=yes&shops=`)).status).toBe(200);
  });

  it('knows no other app, and no way back that nobody told', async () => {
    expect((await authorize('service_id=1&consent=yes')).status).toBe(400);
    expect((await authorize(`service_id=${app.serviceId}&consent=yes`)).status).toBe(409);
  });
});

describe('an auth code', () => {
  beforeEach(() => setApp());

  it('becomes one pair of tokens with absolute ends', async () => {
    const code = await consent(here.url, app);
    const first = await getToken(here.url, app, { auth_code: code });
    const now = Math.floor(Date.now() / 1000);
    expect(first.body).toMatchObject({
      code: 0,
      message: 'Success',
      data: {
        seller_base_region: 'US',
        user_type: 0,
        granted_scopes: expect.arrayContaining(['seller.order.info']) as string[],
      },
    });
    const { access_token_expire_in: accessEnd, refresh_token_expire_in: refreshEnd } = givenIn(first);
    expect(Math.abs(accessEnd - now - 7 * DAY_S)).toBeLessThan(10);
    expect(Math.abs(refreshEnd - now - 365 * DAY_S)).toBeLessThan(10);
    expect((await getToken(here.url, app, { auth_code: code })).body['code']).toBe(36004004);
  });

  it('is dead after 30 minutes', async () => {
    const clock = jest.spyOn(Date, 'now');
    try {
      const codes = [await consent(here.url, app), await consent(here.url, app)];
      const start = Date.now();
      clock.mockReturnValue(start + 29 * 60_000);
      expect((await getToken(here.url, app, { auth_code: codes[0] ?? '' })).body['code']).toBe(0);
      clock.mockReturnValue(start + 30 * 60_000);
      expect((await getToken(here.url, app, { auth_code: codes[1] ?? '' })).body['code']).toBe(36004004);
    } finally {
      clock.mockRestore();
    }
  });

  it.each([
    [{ app_secret: 'wrong' }, 36009004],
    [{ app_key: 'wrong' }, 36009004],
    [{ grant_type: 'authorization_code' }, 36009004],
    [{ auth_code: 'wrong' }, 36004004],
  ])('is refused with %j, and stays good', async (wrong, code) => {
    const auth = { auth_code: await consent(here.url, app) };
    expect(await getToken(here.url, app, { ...auth, ...wrong })).toMatchObject({ status: 200, body: { code } });
    expect((await getToken(here.url, app, auth)).body['code']).toBe(0);
  });
});

describe('a token', () => {
  beforeEach(() => setApp());

  it('serves the shops that were consented for and no other', async () => {
    const third = await here.shop();
    const { access_token: token } = await connect(here.url, app, [shop, other]);
    const listed = await signed(here.url, app, { path: SHOPS_PATH, token });
    const { shops } = listed.body['data'] as { shops: { id: string; cipher: string }[] };
    expect(shops).toMatchObject([
      { id: shop.shopId, cipher: shop.shopCipher, region: 'US', seller_type: 'LOCAL' },
      { id: other.shopId, cipher: other.shopCipher },
    ]);
    const read = (cipher: string): ReturnType<typeof signed> =>
      signed(here.url, app, { path: '/event/202309/webhooks', token, cipher });
    expect((await read(other.shopCipher)).body['code']).toBe(0);
    expect(await read(third.shopCipher)).toMatchObject({ status: 401, body: { code: 101000 } });
  });

  it('that a shop was opened with serves that shop alone, beside those of a consent', async () => {
    await connect(here.url, app);
    const { body } = await shop.viaTikTok('GET', SHOPS_PATH);
    expect((body['data'] as { shops: unknown[] }).shops).toMatchObject([{ id: shop.shopId }]);
  });
});
