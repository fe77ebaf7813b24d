import type { Reply, Shop } from '../test-support';
import { signRequest } from './sign';

/** The app as the control side shows it. */
export type ShownApp = {
  readonly appKey: string;
  readonly appSecret: string;
  readonly serviceId: string;
  readonly redirectUrl: string | null;
  readonly refreshTokens: string;
};

/** The tokens of an answer, as far as a test looks at them. */
export type Given = {
  readonly access_token: string;
  readonly access_token_expire_in: number;
  readonly refresh_token: string;
  readonly refresh_token_expire_in: number;
  readonly open_id: string;
};

export const REDIRECT_URL = 'https://app.example/callback?from=tiktok';

/** A plain call of the sandbox that follows no redirect. */
export async function call(url: string, init: { method?: string; body?: unknown } = {}): Promise<Reply> {
  const { body } = init;
  const answer = await fetch(url, {
    method: init.method ?? 'GET',
    redirect: 'manual',
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  return {
    status: answer.status,
    headers: answer.headers,
    body: isJson ? (JSON.parse(text) as Reply['body']) : { text },
  };
}

/** The app with a redirect address, and whatever else of it is wished. */
export async function setApp(url: string, wish: Record<string, unknown> = {}): Promise<ShownApp> {
  const body = { redirectUrl: REDIRECT_URL, ...wish };
  return (await call(`${url}/control/app`, { method: 'PUT', body })).body as ShownApp;
}

/** Consents for some shops, or all, and answers the code that the app is sent. */
export async function consent(url: string, app: ShownApp, shops: readonly Shop[] = []): Promise<string> {
  const chosen = shops.length === 0 ? '' : `&shops=${shops.map(({ shopId }) => shopId).join(',')}`;
  const path = `/open/authorize?service_id=${app.serviceId}&state=s1&consent=yes${chosen}`;
  const { headers } = await call(`${url}${path}`);
  return new URL(headers.get('location') ?? '').searchParams.get('code') ?? '';
}

/** Asks for the first pair of a code. */
export function getToken(url: string, app: ShownApp, query: Record<string, string>): Promise<Reply> {
  return token(`${url}/api/v2/token/get`, app, { grant_type: 'authorized_code', ...query });
}

/** Asks for another pair. */
export function refreshToken(url: string, app: ShownApp, query: Record<string, string>): Promise<Reply> {
  return token(`${url}/api/v2/token/refresh`, app, { grant_type: 'refresh_token', ...query });
}

/** The pair of a consent for some shops. */
export async function connect(url: string, app: ShownApp, shops: readonly Shop[] = []): Promise<Given> {
  return givenIn(await getToken(url, app, { auth_code: await consent(url, app, shops) }));
}

/** The tokens in an answer. */
export function givenIn({ body }: Reply): Given {
  return body['data'] as Given;
}

type Signed = { method?: string; path: string; token: string; cipher?: string; body?: unknown };

/** A signed call with any token. */
export async function signed(url: string, app: ShownApp, asked: Signed): Promise<Reply> {
  const body = asked.body === undefined ? '' : JSON.stringify(asked.body);
  const query = {
    app_key: app.appKey,
    timestamp: String(Math.floor(Date.now() / 1000)),
    ...(asked.cipher === undefined ? {} : { shop_cipher: asked.cipher }),
  };
  const sign = signRequest(app.appSecret, { path: asked.path, query, body: Buffer.from(body) });
  const answer = await fetch(`${url}${asked.path}?${new URLSearchParams({ ...query, sign }).toString()}`, {
    method: asked.method ?? 'GET',
    headers: { 'x-tts-access-token': asked.token, 'content-type': 'application/json' },
    ...(body === '' ? {} : { body }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Reply['body'] };
}

function token(address: string, app: ShownApp, query: Record<string, string>): Promise<Reply> {
  const all = { app_key: app.appKey, app_secret: app.appSecret, ...query };
  return call(`${address}?${new URLSearchParams(all).toString()}`);
}
