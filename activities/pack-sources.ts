import { activityInfo } from '@temporalio/activity';
import { AdapterError } from '../contracts/adapter-error';
import { PickupEvidence, pickupFolder } from '../contracts/carrier-pickup';
import type { PackPickup, PackPlatform, PackScan } from '../contracts/pack';
import type { Shop } from '../contracts/shop';
import { inTime } from './in-time';
import { failureOf } from './outcome';
import { readAs } from './pack-reading';
import type { CarrierAccount, Platform, PlatformOrder, Ports } from './ports';
import { shipFromName } from './shop-of';

/** What others say now: the carriers, and the platform. A source that is down holds the evidence up for no longer than this. */
const CARRIER_WITHIN_MS = 12_000;
const MOST_PLATFORM_ATTEMPTS = 5;

/** Of one parcel: its first and its last say what happened. */
const MOST_EVENTS = 60;

const iso = (at: number): string => new Date(at).toISOString();

/** A parcel that is asked about, and through which account its label was bought. */
export type Asked = { trackingNumber: string; carrier: string; account: string | null };

/**
 * Asks the carriers themselves, each account once for all of its parcels.
 * @returns The events by tracking number, in their order; a number of which no source told anything is not among them.
 */
export async function carrierEvents(
  ports: Ports,
  shop: Shop,
  parcels: readonly Asked[],
): Promise<Map<string, PackScan[]>> {
  const sources = ports.carriersOf(shop, 'all').filter(({ tracking }) => tracking !== undefined);
  const byAccount = new Map<CarrierAccount, Asked[]>();
  for (const parcel of parcels) {
    const covering = sources.filter(({ tracking }) => tracking?.carriers.includes(parcel.carrier));
    const source = covering.find(({ name }) => name === parcel.account) ?? covering[0];
    if (source !== undefined) byAccount.set(source, [...(byAccount.get(source) ?? []), parcel]);
  }
  const read = await Promise.all([...byAccount].map(([account, some]) => readThrough(account, some)));
  return new Map(read.flat());
}

async function readThrough({ tracking }: CarrierAccount, parcels: readonly Asked[]): Promise<[string, PackScan[]][]> {
  const wish = parcels.map(({ trackingNumber, carrier }) => ({ trackingNumber, carrier }));
  try {
    const readings = (await inTime(tracking?.read(wish) ?? Promise.resolve([]), CARRIER_WITHIN_MS)) ?? [];
    return readings.flatMap(({ trackingNumber, events }) =>
      events.length === 0 ? [] : [[trackingNumber, cut(events).map(scanOf)] as [string, PackScan[]]],
    );
  } catch (error) {
    // What the carrier had told the order stands in for it: a limit may break meanwhile.
    if (error instanceof AdapterError) return [];
    throw error;
  }
}

type Event = { at: number; meaning: string; code?: string };

const scanOf = ({ at, meaning, code }: Event): PackScan => ({ at: iso(at), meaning, code: code ?? null });

function cut(events: readonly Event[]): Event[] {
  const sorted = [...events].sort((a, b) => a.at - b.at);
  if (sorted.length <= MOST_EVENTS) return sorted;
  return [...sorted.slice(0, MOST_EVENTS / 2), ...sorted.slice(-MOST_EVENTS / 2)];
}

/** What the platform says of the orders now: status and instants, and nothing of the buyers. Undefined: it did not answer. */
export async function platformReadings(
  platform: Platform,
  orderIds: readonly string[],
): Promise<Map<string, PackPlatform> | undefined> {
  try {
    const orders = await platform.readOrders([...orderIds]);
    return new Map(orders.map((order) => [order.orderId, readingOf(order)]));
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    // The rest of the evidence does not wait for a platform that is down: a limit may break meanwhile.
    if (isWorthAsking(error) && activityInfo().attempt < MOST_PLATFORM_ATTEMPTS) throw failureOf(error);
    return undefined;
  }
}

const isWorthAsking = ({ outcome }: AdapterError): boolean => outcome === 'retryLater' || outcome === 'outcomeUnknown';

function readingOf({ facts }: PlatformOrder): PackPlatform {
  const { status, statusAt, createdAt, shippingType, platformTimes, cancelledBy, tracking } = facts;
  const times = Object.entries(platformTimes).map(([name, at]): [string, string] => [name, iso(at)]);
  return {
    ...{ status, statusAt: iso(statusAt), createdAt: iso(createdAt), shippingType, times: Object.fromEntries(times) },
    cancelledBy: cancelledBy ?? null,
    trackingNumber: tracking?.number ?? null,
    carrier: tracking?.carrier ?? null,
  };
}

/** A pickup of the days before is what a parcel waited for. */
const PICKUPS_SINCE_MS = 14 * 24 * 3_600_000;

/** `shipFrom`: by its name in a manifest's id; of parcels without a manifest it may be any of the shop's places. */
type Booked = { accounts: readonly string[]; shipFrom: string | undefined; before: number };

/** The pickups that were booked at the ship-from through these accounts, before the loss was seen. */
export async function pickupsOf(
  { documents }: Ports,
  shop: Shop,
  { accounts, shipFrom, before }: Booked,
): Promise<PackPickup[]> {
  const found: PackPickup[] = [];
  const places = shipFrom === undefined ? placesOf(shop) : [shipFrom];
  for (const where of accounts.flatMap((account) => places.map((place) => ({ account, shipFrom: place })))) {
    const folder = pickupFolder({ shopId: shop.id, ...where });
    for (const key of await documents.list(folder)) {
      const text = /\/\d{4}-\d{2}-\d{2}$/.test(key) ? await documents.get(key) : undefined;
      const kept = text === undefined ? undefined : readAs(PickupEvidence, text);
      if (kept === undefined || kept.window.from > before || kept.window.from < before - PICKUPS_SINCE_MS) continue;
      const { status, confirmation, bookedAt, window, parcels } = kept;
      const when = { bookedAt: iso(bookedAt), from: iso(window.from), until: iso(window.until) };
      found.push({ status, confirmation, parcels, ...when });
    }
  }
  return found;
}

const placesOf = ({ shipFrom, warehouses = {} }: Shop): string[] => [
  ...new Set([shipFrom, ...Object.values(warehouses)].map((place) => shipFromName({ shipFrom: place }))),
];
