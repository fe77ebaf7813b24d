import type { RequestHandler } from 'express';
import { send } from '../answer';
import { nowOf } from '../clock';
import { newFormNumber } from '../easypost/tracking-number';
import { overMost } from '../form-rules';
import { enter } from '../ledger';
import { NOT_POSTAGE, pageOf } from '../pdf';
import { problem } from '../problem';
import type { World } from '../world';
import type { Order } from './order';
import { findOrder } from './orders';
import { orderIdsOf, type Package } from './packing';

/** A USPS manifest as Seller Center makes it. No API tells of it: whoever made it brings its number along. */
export type SellerManifest = {
  readonly number: string;
  readonly trackingNumbers: readonly string[];
  readonly madeAt: number;
};

/** How many labels one of them takes, and until when on a day (Seller Center 6099489652459310). */
const MOST = 7_000;
const LAST_HOUR = 20;

/** Makes a manifest of labels that TikTok sold, as a person does in Seller Center; or says why it is not made. */
export function makeManifest(
  world: World,
  shopId: string,
  trackingNumbers: readonly string[],
): SellerManifest | string {
  const numbers = [...new Set(trackingNumbers)];
  const at = nowOf(world, shopId);
  const parcels = parcelsOf(world, shopId, numbers);
  const against = limitAgainst(world, shopId, { parcels: numbers.length, at }) ?? parcelsAgainst(parcels);
  if (against !== undefined) return against;
  const made: SellerManifest = { number: newFormNumber(), trackingNumbers: numbers, madeAt: at };
  world.state.sellerManifests.put(shopId, made.number, made);
  const orders = parcels.flatMap(({ packed }) => (packed === undefined ? [] : orderIdsOf(packed)));
  const line = { ref: made.number, order: null, provider: 'tiktok', shipments: numbers.length, orders } as const;
  enter(world, shopId, { ...line, kind: 'formCreated' });
  return made;
}

/** A manifest as the page shows it. */
export function shownManifest(world: World, shopId: string, made: SellerManifest): Record<string, unknown> {
  const { number, trackingNumbers } = made;
  const pdfUrl = `${world.url}/seller-center/${shopId}/manifests/${number}.pdf`;
  return { number, pdfUrl, trackingNumbers, madeAt: made.madeAt };
}

/** Serves the paper of a manifest. */
export function manifestRoute(world: World): RequestHandler<{ shop: string; file: string }> {
  return (req, res) => {
    const made = world.state.sellerManifests.get(req.params.shop, req.params.file.replace(/\.pdf$/, ''));
    if (made === undefined) {
      send(res, problem(404, 'No such manifest'));
      return;
    }
    const lines = [NOT_POSTAGE, 'TikTok Shop USPS manifest', made.number, `${made.trackingNumbers.length} parcels`];
    send(res, { status: 200, contentType: 'application/pdf', body: pageOf(lines) });
  };
}

/** What the page has against any manifest of so many parcels at this instant. */
function limitAgainst(
  world: World,
  shopId: string,
  { parcels, at }: { parcels: number; at: number },
): string | undefined {
  const most = Math.min(MOST, overMost(world, shopId, parcels) ?? MOST);
  if (parcels > most) return `A manifest takes at most ${most} labels`;
  return hourIn(at) >= LAST_HOUR ? `Manifests are made before ${LAST_HOUR}:00` : undefined;
}

type Parcel = {
  readonly number: string;
  readonly packed: Package | undefined;
  readonly orders: readonly Order[];
  readonly isTaken: boolean;
};

function parcelsOf(world: World, shopId: string, numbers: readonly string[]): Parcel[] {
  const packages = new Map(world.state.packages.of(shopId).map((packed) => [packed.trackingNumber, packed]));
  const taken = new Set(world.state.sellerManifests.of(shopId).flatMap(({ trackingNumbers }) => trackingNumbers));
  return numbers.map((number) => {
    const packed = packages.get(number);
    const orders = packed === undefined ? [] : orderIdsOf(packed).flatMap((id) => findOrder(world, shopId, id) ?? []);
    return { number, packed, orders, isTaken: taken.has(number) };
  });
}

function parcelsAgainst(parcels: readonly Parcel[]): string | undefined {
  for (const parcel of parcels) {
    const against = AGAINST.find(([isAgainst]) => isAgainst(parcel));
    if (against !== undefined) return `Label ${parcel.number} ${against[1]}`;
  }
  const origins = new Set(parcels.flatMap(({ orders }) => orders.map((order) => order['warehouse_id'] ?? '')));
  return origins.size > 1 ? 'All labels of a manifest leave from one warehouse' : undefined;
}

/** The reasons against a label, in the order in which they are looked at. Only what TikTok sold was weighed by it. */
const AGAINST: readonly (readonly [isAgainst: (parcel: Parcel) => boolean, sentence: string])[] = [
  [({ packed }) => packed?.measures === undefined, 'was not bought from TikTok'],
  [({ packed }) => packed?.providerName !== 'USPS', 'is not of USPS'],
  [({ orders }) => orders.some(({ status }) => status !== 'AWAITING_COLLECTION'), 'does not await its collection'],
  [({ isTaken }) => isTaken, 'is on a manifest already'],
];

/** The hour of the day where the sandbox's shops are. */
function hourIn(at: number): number {
  return Number(HOUR.format(at));
}

const HOUR = new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Los_Angeles', hour: '2-digit', hourCycle: 'h23' });
