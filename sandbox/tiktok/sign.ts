import { createHmac } from 'node:crypto';

/** What a signature covers: headers are never part of it. */
export type Signed = {
  readonly path: string;
  /** Decoded values; a repeated key is one value, joined with a comma. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: Buffer;
};

const UNSIGNED_KEYS = new Set(['sign', 'access_token']);

/** TikTok Shop's request signature (partner.tiktokshop.com, "Sign your API request"). */
export function signRequest(secret: string, { path, query, body }: Signed): string {
  const pairs = Object.entries(query)
    .filter(([key]) => !UNSIGNED_KEYS.has(key))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${key}${value}`);
  return createHmac('sha256', secret)
    .update(`${secret}${path}${pairs.join('')}`, 'utf8')
    .update(body)
    .update(secret, 'utf8')
    .digest('hex');
}
