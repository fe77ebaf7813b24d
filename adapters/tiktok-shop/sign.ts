import { createHmac } from 'node:crypto';

/** Query parameters; a list goes as one value, joined with commas. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

type Request = { path: string; query: Query; body: string };

/**
 * The signature of a request to TikTok Shop's Open API: lower-case hex HMAC-SHA256 over secret + path + sorted query + body +
 * secret. `sign` and `access_token` are not signed, headers never; the body must be the very text that is sent.
 * Source: Partner Center, sign-your-api-request.
 */
export function signRequest(appSecret: string, request: Request): string {
  const query = Object.entries(joined(request.query))
    .filter(([key]) => key !== 'sign' && key !== 'access_token')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => key + value)
    .join('');
  const text = appSecret + request.path + query + request.body + appSecret;
  return createHmac('sha256', appSecret).update(text).digest('hex');
}

/** The address of a request, dated now and signed. The platform checks the date against the wall clock, whatever time an order lives in. */
export function signedUrl(at: { baseUrl: string; appSecret: string }, request: Request): string {
  const query = { ...joined(request.query), timestamp: String(Math.floor(Date.now() / 1_000)) };
  const sign = signRequest(at.appSecret, { ...request, query });
  return `${at.baseUrl}${request.path}?${new URLSearchParams({ ...query, sign }).toString()}`;
}

const joined = (query: Query): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).map(([key, value]) => [key, typeof value === 'string' ? value : value.join(',')]),
  );
