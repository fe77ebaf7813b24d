import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Recipient, ShipmentRequest } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import { Shop } from '../../../contracts/shop';

/** One answer of a provider that is played: JSON, a page, or a line that is cut before or after anything was said. */
export type Reply = { status?: number; json?: unknown; page?: string; headers?: Record<string, string>; cut?: true };

/** What a provider was asked. */
type Asked = { method: string; path: string; query: URLSearchParams; body: unknown };

export type Played = {
  url: string;
  asked: Asked[];
  /** The next answers, in turn; the last one stands. */
  replies: Reply[];
  close: () => Promise<void>;
};

/** A provider on a port of this machine that answers what it is told to, and remembers what it was asked. */
export async function played(): Promise<Played> {
  const asked: Asked[] = [];
  const replies: Reply[] = [];
  const server = createServer((req, res) => {
    void textOf(req).then((text) => {
      const { pathname: path, searchParams: query } = new URL(req.url ?? '', 'http://played');
      asked.push({ method: req.method ?? '', path, query, body: text === '' ? undefined : JSON.parse(text) });
      answer(res, (replies.length > 1 ? replies.shift() : replies[0]) ?? {});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, replies, close: () => closed(server) };
}

function answer(res: ServerResponse, { status = 200, json, page, headers = {}, cut }: Reply): void {
  if (cut) {
    res.socket?.destroy();
    return;
  }
  res.writeHead(status, { 'content-type': page === undefined ? 'application/json' : 'text/html', ...headers });
  res.end(page ?? JSON.stringify(json ?? {}));
}

async function textOf(req: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of req) text += String(part);
  return text;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

/** A shop with these carrier accounts. */
export const shopWith = (carriers: Record<string, unknown>): Shop =>
  Shop.parse({
    id: '7000000000000000001',
    kind: 'live',
    name: 'A shop',
    platform: { baseUrl: 'http://localhost', appKey: 'k', appSecret: 's', accessToken: 't', shopCipher: 'c' },
    carriers,
    shipFrom: {
      ...{ id: 'la', zone: 'America/Los_Angeles', workdays: [1, 2, 3, 4, 5], opensAt: '09:00', closesAt: '17:00' },
      address: {
        name: 'Warehouse',
        street1: '1 Main St',
        city: 'Los Angeles',
        state: 'CA',
        zip: '90001',
        country: 'US',
      },
    },
    parcel: { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 20 },
  });

/** A buyer, whose name and street must stand in no error. */
export const BUYER: Recipient = {
  ...{ name: 'Jo Secretson', phone: '5550001111', street1: '9 Hidden Lane', street2: 'Apt 5' },
  ...{ city: 'Reno', state: 'NV', zip: '89501', country: 'US' },
};

/** A parcel that is asked for. */
export const requestFor = (shop: Shop, more: Partial<ShipmentRequest> = {}): ShipmentRequest => ({
  reference: `${shop.id}:576461413038785752:1:1`,
  orderId: '576461413038785752',
  to: BUYER,
  from: shop.shipFrom.address,
  parcel: shop.parcel,
  mailingDate: '2026-11-24',
  format: 'pdf',
  ...more,
});

/** How a call failed. */
export const failureOf = (calling: Promise<unknown>): Promise<AdapterError> =>
  calling.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => {
      if (error instanceof AdapterError) return error;
      throw error;
    },
  );
