import { createHmac } from 'node:crypto';
import type { AppCredentials, Shop } from './shops';

/** How one platform sends its webhooks. */
export type WebhookWire = {
  readonly answerLimitMs: number;
  readonly accepts: (status: number) => boolean;
  /** Waits between one attempt and the next, on the shop's clock; after the last the webhook is lost for good. */
  readonly retryDelaysMs: readonly number[];
  readonly urlOf: (shop: Shop) => string | null;
  readonly signature: (
    sender: Sender,
    post: { readonly url: URL; readonly body: string },
  ) => Readonly<Record<string, string>>;
};

/** Who signs. A forger has the same names and the wrong secrets. */
export type Sender = { readonly app: AppCredentials; readonly shop: Shop };

export type WebhookWireName = 'tiktok' | 'easypost';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The two wires. TikTok's limit and schedule are its published ones. */
export const WEBHOOK_WIRES: Readonly<Record<WebhookWireName, WebhookWire>> = {
  tiktok: {
    answerLimitMs: 3_000,
    accepts: (status) => status === 200,
    retryDelaysMs: [2 * MINUTE_MS, 30 * MINUTE_MS, 3 * HOUR_MS, 12 * HOUR_MS],
    urlOf: (shop) => shop.tiktokWebhookUrl,
    signature: ({ app }, { body }) => ({ Authorization: signTikTokWebhook(app, body) }),
  },
  easypost: {
    answerLimitMs: 7_000,
    accepts: (status) => status >= 200 && status < 300,
    // EasyPost says "progressive back-off for up to 24 h" and no more: these steps are ours.
    retryDelaysMs: [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 6 * HOUR_MS, 15 * HOUR_MS],
    urlOf: (shop) => shop.easypostWebhookUrl,
    signature: ({ shop }, { url, body }) => {
      const secret = shop.easypostWebhookSecret;
      // RFC 2822, and by the wall clock at every attempt: what it says is how old the signature is, not the webhook.
      const stamp = new Date().toUTCString().replace('GMT', '+0000');
      return {
        'X-Hmac-Signature': signEasyPostWebhook(secret, body),
        'X-Timestamp': stamp,
        'X-Path': url.pathname,
        'X-Hmac-Signature-V2': signEasyPostWebhook(secret, `${stamp}POST${url.pathname}${body}`),
      };
    },
  },
};

/** TikTok's webhook signature. It covers no time, so an old webhook can be sent again unchanged. */
export function signTikTokWebhook(app: AppCredentials, body: string): string {
  return createHmac('sha256', app.appSecret).update(`${app.appKey}${body}`, 'utf8').digest('hex');
}

/**
 * EasyPost's webhook signature. The first version is over the body, and is what its own library checks; the second over time
 * stamp, method, path and body (support article 39826034964237).
 */
function signEasyPostWebhook(secret: string, signed: string): string {
  return `hmac-sha256-hex=${createHmac('sha256', secret.normalize('NFKD')).update(signed, 'utf8').digest('hex')}`;
}
