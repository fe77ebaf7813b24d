import { createHmac } from 'node:crypto';
import type { Shop } from '../../contracts/shop';

/** An answer of the API; `body` is empty where it is not JSON. */
export type Reply = { status: number; headers: Headers; body: Record<string, unknown>; text: string };

type Asked = { headers?: Record<string, string>; body?: string };

/** What outsiders do: clients of the API, TikTok, EasyPost. */
export type Calls = {
  /** `what` is a method and a path. */
  ask: (what: string, asked?: Asked) => Promise<Reply>;
  place: (order: Record<string, unknown>, headers?: Record<string, string>) => Promise<Reply>;
  read: (orderId: string) => Promise<Reply>;
  order: (orderId: string, verb: string, asked?: Asked) => Promise<Reply>;
  /** A status change as TikTok tells it, dated now. */
  statusChange: (orderId: string, status: string) => object;
  /** Signs a webhook with the shop's secret, or another, and sends it. */
  sendTikTok: (webhook: object, secret?: string) => Promise<Reply>;
  sendEasyPost: (event: object) => Promise<Reply>;
};

const JSON_TYPE = { 'content-type': 'application/json' };

/** The type of the problem that an answer tells. */
export const problemOf = ({ body }: Reply): unknown => body['type'];

let notifications = 0;

/** A TikTok webhook of a topic. */
export const webhook = (shopId: string, type: number, data: object): object => ({
  type,
  tts_notification_id: `${process.pid}${String((notifications += 1)).padStart(9, '0')}`,
  shop_id: shopId,
  timestamp: Math.floor(Date.now() / 1000),
  data,
});

/** What EasyPost signs the shop's webhooks with. */
function secretOf({ carriers }: Shop): string {
  const account = carriers['easypost'];
  if (account?.kind !== 'easypost') throw new Error('the shop has no EasyPost account');
  return account.webhookSecret;
}

/** The calls of one shop to an API. */
export function callsOf(url: string, shop: Shop): Calls {
  const ask = (what: string, asked: Asked = {}): Promise<Reply> => send(url, what, asked);
  const signed = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex');
  return {
    ask,
    place: (order, headers = {}) =>
      ask(`POST /v1/orders?shop=${shop.id}`, { headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(order) }),
    read: (orderId) => ask(`GET /v1/orders/${shop.id}/${orderId}`),
    order: (orderId, verb, { headers, body } = {}) =>
      ask(`POST /v1/orders/${shop.id}/${orderId}/${verb}`, {
        headers: { ...(body === undefined ? {} : JSON_TYPE), ...headers },
        ...(body === undefined ? {} : { body }),
      }),
    statusChange: (order_id, order_status) =>
      webhook(shop.id, 1, { order_id, order_status, update_time: Math.floor(Date.now() / 1000) }),
    sendTikTok: (notice, secret = shop.platform.appSecret) => {
      const body = JSON.stringify(notice);
      const headers = { ...JSON_TYPE, authorization: signed(secret, shop.platform.appKey + body) };
      return ask(`POST /v1/webhooks/tiktok/${shop.id}`, { headers, body });
    },
    sendEasyPost: (event) => {
      const body = JSON.stringify(event);
      const signature = signed(secretOf(shop), body);
      const headers = { ...JSON_TYPE, 'x-hmac-signature': `hmac-sha256-hex=${signature}` };
      return ask(`POST /v1/webhooks/easypost/${shop.id}`, { headers, body });
    },
  };
}

async function send(url: string, what: string, asked: Asked): Promise<Reply> {
  const [method = '', path = ''] = what.split(' ');
  const answer = await fetch(`${url}${path}`, { method, signal: AbortSignal.timeout(10_000), ...asked });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  const body = isJson ? (JSON.parse(text) as Reply['body']) : {};
  return { status: answer.status, headers: answer.headers, body, text };
}
