import { z } from 'zod';
import { CarrierRecord, RecordSummary, recordSummaryKey } from '../contracts/carrier-record';
import type { Shop } from '../contracts/shop';
import type { Ports } from './ports';

type Documents = Pick<Ports['documents'], 'get' | 'put' | 'putIfAbsent' | 'list'>;
type RecordPorts = { documents: Documents };

/** What came of one parcel. `key`: order and package, in this shop. Instants are epoch milliseconds. */
export type ParcelRecord = {
  key: string;
  account?: string;
  carrier: string;
  service: string;
  boughtAt: number;
  promisedBy?: number;
  deliveredAt?: number;
  stalled: boolean;
  lost: boolean;
  returned: boolean;
};

const Kept = z.object({
  carrier: z.string(),
  service: z.string(),
  promisedBy: z.number().optional(),
  deliveredAt: z.number().optional(),
  stalled: z.boolean(),
  lost: z.boolean(),
  returned: z.boolean(),
});
type Kept = z.infer<typeof Kept>;

const Sums = z.array(CarrierRecord);

const DAY_MS = 24 * 3_600_000;
const WINDOW_DAYS = 90;
/** An order that ends right before midnight may be written down some time after it. */
const SETTLED_AFTER_MS = 6 * 3_600_000;
/** A parcel that is told of later than that is left out. */
const MOST_DAYS_LATE = 14;

/** Days are in UTC: they only cut the record into pieces. */
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const folderOf = (shopId: string, day: string): string => `records/${shopId}/${day}`;
const sumsFolder = (shopId: string): string => `records/${shopId}/sums`;
const sumsKey = (shopId: string, day: string): string => `${sumsFolder(shopId)}/${day}`;

/**
 * Writes down what came of an order's parcels, once each however often it is asked. One whose day is summed up already counts on
 * the first day that is not.
 * @param about The shop, the order's own time, and its parcels.
 */
export async function noteRecord(
  { documents }: RecordPorts,
  { shop, at, parcels }: { shop: Pick<Shop, 'id'>; at: number; parcels: readonly ParcelRecord[] },
): Promise<void> {
  for (const { key, ...parcel } of parcels) {
    const place = await placeFor(documents, { shopId: shop.id, at, key });
    if (place !== undefined) await documents.putIfAbsent(place, JSON.stringify(parcel));
  }
}

type Ended = { shopId: string; at: number; key: string };

/** Undefined where the parcel is written down already. */
async function placeFor(documents: Documents, { shopId, at, key }: Ended): Promise<string | undefined> {
  for (let late = 0; late < MOST_DAYS_LATE; late += 1) {
    const day = dayOf(at + late * DAY_MS);
    const place = `${folderOf(shopId, day)}/${key}`;
    if ((await documents.get(place)) !== undefined) return undefined;
    if ((await documents.get(sumsKey(shopId, day))) === undefined) return place;
  }
  return undefined;
}

/**
 * Sums up each day that is over and was not summed up yet, and then the last 90 of them. Asked again it does nothing more: a day is
 * summed up once, and the summary is the same whoever makes it.
 * @param about `at`: now, by the shop's own time.
 * @returns The days that were summed up.
 */
export async function sumRecords(
  { documents }: RecordPorts,
  { shop: { id: shopId }, at }: { shop: Pick<Shop, 'id'>; at: number },
): Promise<string[]> {
  const last = Math.floor((at - SETTLED_AFTER_MS) / DAY_MS) - 1;
  const days = Array.from({ length: WINDOW_DAYS }, (_, index) => dayOf((last - WINDOW_DAYS + 1 + index) * DAY_MS));
  const summed = new Set((await documents.list(sumsFolder(shopId))).map((key) => key.slice(-'YYYY-MM-DD'.length)));
  const open = days.filter((day) => !summed.has(day));
  for (const day of open) await sumDay(documents, shopId, day);
  const kept = await recordsOf({ documents }, shopId);
  const [from = '', until = ''] = [days[0], days.at(-1)];
  if (open.length === 0 && kept?.until === until) return [];
  // A clock that was played ahead and is asked about earlier days: what is known of later ones stands.
  if (kept !== undefined && kept.until > until) return open;
  const services = await added(documents, shopId, days);
  const summary: RecordSummary = { at, from, until, services };
  await documents.put(recordSummaryKey(shopId), JSON.stringify(summary));
  return open;
}

/** What is known of a shop's carriers; undefined before its first day was summed up. */
export async function recordsOf(
  { documents }: Pick<RecordPorts, 'documents'>,
  shopId: string,
): Promise<RecordSummary | undefined> {
  const text = await documents.get(recordSummaryKey(shopId));
  return text === undefined ? undefined : RecordSummary.parse(JSON.parse(text));
}

async function sumDay(documents: Documents, shopId: string, day: string): Promise<void> {
  const tally = new Tally();
  for (const key of await documents.list(folderOf(shopId, day))) {
    const text = await documents.get(key);
    if (text !== undefined) tally.add(countOf(Kept.parse(JSON.parse(text))));
  }
  await documents.putIfAbsent(sumsKey(shopId, day), JSON.stringify(tally.rows()));
}

async function added(documents: Documents, shopId: string, days: readonly string[]): Promise<CarrierRecord[]> {
  const tally = new Tally();
  for (const day of days) {
    const text = await documents.get(sumsKey(shopId, day));
    for (const row of text === undefined ? [] : Sums.parse(JSON.parse(text))) tally.add(row);
  }
  return tally.rows();
}

/** A parcel that came back, or was never given away, counts for nobody: a wrong address is no fault of the carrier's. */
function countOf({
  carrier,
  service,
  promisedBy = Infinity,
  deliveredAt,
  stalled,
  lost,
  returned,
}: Kept): CarrierRecord {
  const isDelivered = deliveredAt !== undefined && !returned;
  const count = (is: boolean): number => (is ? 1 : 0);
  return {
    carrier,
    service,
    parcels: count(isDelivered || lost),
    onTime: count(isDelivered && !lost && deliveredAt <= promisedBy),
    stalls: count(stalled),
    losses: count(lost),
  };
}

/** Rows by carrier and service, added up; in the order of their names, so that the same days give the same text. */
class Tally {
  private readonly byService = new Map<string, CarrierRecord>();

  add(row: CarrierRecord): void {
    const key = JSON.stringify([row.carrier, row.service]);
    const { parcels, onTime, stalls, losses } = this.byService.get(key) ?? EMPTY;
    this.byService.set(key, {
      ...row,
      parcels: parcels + row.parcels,
      onTime: onTime + row.onTime,
      stalls: stalls + row.stalls,
      losses: losses + row.losses,
    });
  }

  rows(): CarrierRecord[] {
    return [...this.byService].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }
}

const EMPTY = { parcels: 0, onTime: 0, stalls: 0, losses: 0 };
