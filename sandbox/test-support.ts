import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CarrierKeys } from './carrier-keys';
import { startSandbox } from './server';
import { signRequest } from './tiktok/sign';

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string };

/** A place that webhooks are sent to. It answers with `status`, which a test may change; with 0 it never does. */
export type Receiver = { readonly url: string; readonly received: Received[]; status: number; close(): Promise<void> };

type Credentials = {
  readonly shopId: string;
  readonly appKey: string;
  readonly appSecret: string;
  readonly accessToken: string;
  readonly shopCipher: string;
  readonly easypost: { readonly apiKey: string; readonly webhookSecret: string };
} & CarrierKeys;

export type Reply = { readonly status: number; readonly headers: Headers; readonly body: Record<string, unknown> };

export type Shop = Credentials & {
  /** A control call below this shop. */
  readonly control: (method: string, path: string, body?: unknown) => Promise<Reply>;
  readonly viaTikTok: (method: string, path: string, call?: TikTokCall) => Promise<Reply>;
  readonly viaEasyPost: (method: string, path: string, body?: unknown) => Promise<Reply>;
  readonly viaAppealDesk: (method: string, path: string, body?: unknown) => Promise<Reply>;
};

type TikTokCall = { query?: Record<string, string>; body?: unknown; secret?: string };

/** A sandbox with everything that a test opened around it. */
export type Stage = {
  readonly url: string;
  shop(wish?: Record<string, unknown>): Promise<Shop>;
  receiver(): Promise<Receiver>;
  close(): Promise<void>;
};

/** Starts a sandbox for a test, on a folder if one is given. */
export async function stage(dataDir?: string): Promise<Stage> {
  const sandbox = await startSandbox({ port: 0, ...(dataDir === undefined ? {} : { dataDir }) });
  const receivers: Receiver[] = [];
  return {
    url: sandbox.url,
    shop: (wish = {}) => openShop(sandbox.url, wish),
    receiver: async () => {
      const receiver = await listen();
      receivers.push(receiver);
      return receiver;
    },
    close: async () => {
      await sandbox.close();
      await Promise.all(receivers.map((receiver) => receiver.close()));
    },
  };
}

/** Opens a shop of a sandbox, or takes it up again. */
export async function openShop(url: string, wish: Record<string, unknown>): Promise<Shop> {
  const opened = await ask('POST', `${url}/control/shops`, { body: JSON.stringify(wish) });
  const credentials = opened.body as Credentials;
  return {
    ...credentials,
    control: (method, path, body) =>
      ask(
        method,
        `${url}/control/shops/${credentials.shopId}${path}`,
        body === undefined ? {} : { body: JSON.stringify(body) },
      ),
    viaTikTok: (method, path, call = {}) => askTikTok({ url, credentials, method, path }, call),
    viaEasyPost: (method, path, body) =>
      ask(method, `${url}/v2${path}`, {
        headers: { authorization: `Basic ${Buffer.from(`${credentials.easypost.apiKey}:`).toString('base64')}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    viaAppealDesk: (method, path, body) =>
      ask(method, `${url}/appeals${path}`, {
        headers: { authorization: `Bearer ${credentials.accessToken}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** A plain order of two things, as a seller's shop would have it. */
export function anOrder(id: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    status: 'AWAITING_SHIPMENT',
    shipping_type: 'SELLER',
    recipient_address: { name: 'A Buyer', postal_code: '90001', region_code: 'US' },
    line_items: [{ id: `${id}1` }, { id: `${id}2` }],
    ...fields,
  };
}

/** A parcel to ship for an order, as EasyPost is asked for it. */
export function aShipment(reference: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  const address = { name: 'Somebody', street1: '1 Main St', city: 'Reno', state: 'NV', zip: '89501', country: 'US' };
  const parcel = { length: 10, width: 8, height: 4, weight: 16 };
  return { reference, to_address: address, from_address: address, parcel, ...fields };
}

/** A UPS number with a right check digit, for parcels whose label was bought elsewhere. */
export const UPS_NUMBER = '1Z999AA10123456784';

/** The upload of a UPS number for some line items. */
export function upload(...lineItemIds: string[]): Record<string, unknown> {
  return { order_line_item_ids: lineItemIds, tracking_number: UPS_NUMBER, shipping_provider_id: '7117858858072016687' };
}

async function listen(): Promise<Receiver> {
  const received: Received[] = [];
  const receiver = { url: '', received, status: 200, close: () => Promise.resolve() };
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      received.push({ headers: req.headers, body: Buffer.concat(chunks).toString('utf8') });
      if (receiver.status !== 0) res.writeHead(receiver.status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  receiver.close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return receiver;
}

type Target = { url: string; credentials: Credentials; method: string; path: string };

async function askTikTok({ url, credentials, method, path }: Target, call: TikTokCall): Promise<Reply> {
  const body = call.body === undefined ? '' : JSON.stringify(call.body);
  const query = {
    app_key: credentials.appKey,
    timestamp: String(Math.floor(Date.now() / 1000)),
    shop_cipher: credentials.shopCipher,
    ...call.query,
  };
  const sign = signRequest(call.secret ?? credentials.appSecret, { path, query, body: Buffer.from(body) });
  const search = new URLSearchParams({ ...query, sign }).toString();
  return ask(method, `${url}${path}?${search}`, {
    headers: { 'x-tts-access-token': credentials.accessToken },
    ...(body === '' ? {} : { body }),
  });
}

async function ask(
  method: string,
  url: string,
  init: { headers?: Record<string, string>; body?: string },
): Promise<Reply> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...init.headers },
    ...(init.body === undefined ? {} : { body: init.body }),
    signal: AbortSignal.timeout(5_000),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  return {
    status: answer.status,
    headers: answer.headers,
    body: isJson ? (JSON.parse(text) as Reply['body']) : { text },
  };
}
