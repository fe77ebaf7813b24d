import type { Ports, PlatformOrder } from '../activities/ports';
import { gatherRates } from '../activities/gather-rates';
import type { CarrierAccount, LabelProvider, ShipmentRequest } from '../activities/carrier-ports';
import { localDocuments } from '../adapters/document-store/local';
import { Shop, shopKey } from '../contracts/shop';
import type { CarrierKind } from '../contracts/carrier-account';
import { openSandboxShop } from '../engine/sandbox-shop';
import { call } from '../stories/call';
import { platformShipping } from '../stories/moves';
import { newId, sampleOrder } from '../stories/sample-order';
import { benchWords } from '../words/bench';
import { keyringIn } from '../test/support/keys';
import type { Floor } from '../test/support/floor';
import { portsOf } from '../workers/ports';
import type { Figures } from './bench';

/** How late each of them answers, and by which call. */
const DELAYS = {
  tiktok: ['tiktok.services', 120],
  easypost: ['easypost.createShipment', 200],
  shipsaving: ['shipsaving.rates', 350],
  ups: ['ups.rates', 500],
  usps: ['usps.rates', 800],
} as const;

const CARRIERS: readonly CarrierKind[] = ['easypost', 'shipsaving', 'ups', 'usps'];
/** Each comparison is for a new parcel: nothing that was asked before helps. */
const ROUNDS = 9;
const PERCENT = 100;

/**
 * One comparison of rates over five sellers of labels that answer late, each by another time: the four kinds of carrier accounts of a
 * sandbox shop, and TikTok Shipping as the fifth beside them. `totalMs` and `slowestProviderMs` are medians of nine comparisons: how
 * long all of it took, and how long the seller that answered last. The first comparison, in which tokens are fetched, does not count.
 */
export async function rates(floor: Floor): Promise<Figures> {
  const market = await openMarket(floor);
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) rounds.push(await compare(market, round));
  const counted = rounds.slice(1);
  const [totalMs, slowestProviderMs] = [median(counted, 'totalMs'), median(counted, 'slowestMs')];
  const above = ((totalMs - slowestProviderMs) * PERCENT) / slowestProviderMs;
  floor.say(benchWords.rates(counted.length));
  return {
    totalMs,
    slowestProviderMs,
    abovePercent: Number(above.toFixed(1)),
    providers: Object.keys(DELAYS).length,
    offers: Math.min(...counted.map(({ offers }) => offers)),
    unrated: Math.max(...counted.map(({ unrated }) => unrated)),
    rounds: counted.length,
  };
}

type Round = { totalMs: number; slowestMs: number; offers: number; unrated: number };

type Market = { shop: Shop; ports: Ports; orderId: string; platforms: string };

async function openMarket(floor: Floor): Promise<Market> {
  const { sandboxUrl, apiUrl, documentsDir, client, taskQueue } = floor;
  const shopId = newId();
  await openSandboxShop({ sandboxUrl, apiUrl, documentsDir, shopId, carriers: CARRIERS });
  const control = (method: string, path: string, body: unknown): Promise<unknown> =>
    call(method, `${sandboxUrl}/control/shops/${shopId}${path}`, body);
  const orders = [{}, platformShipping].map((more) =>
    sampleOrder({ createdAt: Date.now(), status: 'AWAITING_SHIPMENT', ...more }),
  );
  for (const order of orders) await control('PUT', `/orders/${order.id}?silent=true`, order);
  for (const [route, delayMs] of Object.values(DELAYS))
    await control('POST', '/faults', { route, kind: 'slow', delayMs });
  const shop = Shop.parse(JSON.parse((await localDocuments(documentsDir).get(shopKey(shopId))) ?? ''));
  const ports = portsOf({ documentsDir, client, taskQueue, keyring: await keyringIn(documentsDir) });
  const [orderId = '', platforms = ''] = orders.map(({ id }) => id);
  return { shop, ports, orderId, platforms };
}

/** TikTok's services stand among the accounts, and every one of them is timed. */
async function compare({ shop, ports, orderId, platforms }: Market, round: number): Promise<Round> {
  const took: number[] = [];
  const order = (await ports.platformOf(shop).readOrder(orderId)) as PlatformOrder;
  const accounts = [...ports.carriersOf(shop), platformsAccount(ports, shop, platforms)].map((account) =>
    timed(account, took),
  );
  const request: ShipmentRequest = {
    reference: `${shop.id}:${orderId}:1:${round + 1}`,
    orderId,
    ...(order.recipient === undefined ? {} : { to: order.recipient }),
    from: shop.shipFrom.address,
    parcel: shop.parcel,
    mailingDate: dayAfter(Date.now()),
    format: shop.labels.format,
  };
  const begunAt = performance.now();
  const { offers, unrated } = await gatherRates({ ...ports, carriersOf: () => accounts }, { shop, orderId }, request);
  const totalMs = performance.now() - begunAt;
  return { totalMs, slowestMs: Math.max(...took), offers: offers.length, unrated: unrated.length };
}

const DAY_MS = 24 * 3_600_000;
const dayAfter = (at: number): string => new Date(at + DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);

/** The platform sells labels for its own orders only: it is asked for the rates of one of those. */
function platformsAccount(ports: Ports, shop: Shop, orderId: string): CarrierAccount {
  const platform = ports.platformLabelsOf(shop);
  const asked = (request: ShipmentRequest): ShipmentRequest => {
    const asking = { ...request, orderId };
    // It keeps the buyer's address to itself.
    delete asking.to;
    return asking;
  };
  return {
    name: 'tiktok',
    can: { ...NOTHING, provider: 'TikTok Shipping', rates: true, labels: true },
    labels: { ...platform, createShipment: (request) => platform.createShipment(asked(request)) },
  };
}

const NOTHING = {
  rates: false,
  labels: false,
  voids: false,
  pickups: false,
  addressCheck: false,
  balance: false,
  labelFormats: [],
  reconcile: 'read',
} as const;

function timed(account: CarrierAccount, took: number[]): CarrierAccount {
  const { labels } = account;
  if (labels === undefined) return account;
  const createShipment: LabelProvider['createShipment'] = async (request) => {
    const begunAt = performance.now();
    try {
      return await labels.createShipment(request);
    } finally {
      took.push(performance.now() - begunAt);
    }
  };
  return { ...account, labels: { ...labels, createShipment } };
}

function median(rounds: readonly Round[], field: 'totalMs' | 'slowestMs'): number {
  const sorted = rounds.map((round) => round[field]).sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}
