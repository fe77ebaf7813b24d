import { createHmac } from 'node:crypto';

/**
 * The signature of a request to TikTok Shop's Open API: lower-case hex HMAC-SHA256 over secret + path + sorted query + body +
 * secret. `sign` and `access_token` are not signed, headers never; the body must be the very text that is sent.
 * Source: Partner Center, sign-your-api-request.
 */
export function signRequest(
  appSecret: string,
  request: { path: string; query: Readonly<Record<string, string>>; body: string },
): string {
  const query = Object.entries(request.query)
    .filter(([key]) => key !== 'sign' && key !== 'access_token')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => key + value)
    .join('');
  const text = appSecret + request.path + query + request.body + appSecret;
  return createHmac('sha256', appSecret).update(text).digest('hex');
}
