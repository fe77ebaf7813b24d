import { z } from 'zod';
import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import { changesOf, isSameMark, readMark, trackingMarkKey, type TrackingMark } from '../domain/tracking/mark';
import { orderWorkflowId, trackingChanged } from '../workflows/messages';
import { throughAccount } from './account-pause';
import type { CarrierAccount, OpenOrder, Ports, TrackingReading, TrackingSource } from './ports';
import { ownerOf, rememberedBought } from './purchase-documents';

/** `at`: the shop's own time. `until`: by the wall clock; who was not asked by then is asked first at the next look. */
export type Polling = { shop: Shop; at: number; until: number };

export type Polled = { polled: number; told: number };

const HOUR_MS = 3_600_000;
/** A parcel under way is told about once a day at least; one that is not may have lost its webhook. */
const SILENT_FOR_MS = 24 * HOUR_MS;
/** A carrier that has nothing new to say is not asked every hour. */
const ASK_AGAIN_AFTER_MS = 6 * HOUR_MS;
/** Of one shop in one look: a carrier's allowance is for its labels first. */
const MOST_ASKED = 500;
/** What a worker that dies forgets: these are asked once more. */
const KEPT_EVERY = 25;

/** Lists show what was handed over under `awaitingHandover`. */
const UNDER_WAY: readonly string[] = ['awaitingHandover', 'handedOver', 'inTransit'];
const OVER: readonly string[] = ['delivered', 'returned'];

type Parcel = { orderId: string; trackingNumber: string; mark: TrackingMark | undefined };
type Asked = Parcel & { carrier: string };

/** When each parcel's carrier was last asked, by tracking number. */
const Asks = z.record(z.string(), z.number());
type Asks = z.infer<typeof Asks>;

const asksKey = (shopId: string): string => `carriers/${shopId}/polls`;

/**
 * Asks after the parcels of which nobody has told anything for a day, and tells their orders what is new: a lost webhook of a
 * carrier's is never a lost scan. A carrier that does not answer now is asked at the next look.
 */
export async function pollTracking(ports: Ports, polling: Polling): Promise<Polled> {
  const { shop } = polling;
  const sources = ports.carriersOf(shop, 'all').filter(({ tracking }) => tracking !== undefined);
  if (sources.length === 0) return { polled: 0, told: 0 };
  const open = (await ports.neighbours.openOrders(shop.id)).filter(({ phase }) => UNDER_WAY.includes(phase));
  const asks = await readAsks(ports, shop.id);
  const silent = await silentParcels(ports, polling, { open, asks });
  const byAccount = await sorted(ports, silent, sources);
  const polled: Polled = { polled: 0, told: 0 };
  for (const [account, parcels] of byAccount) {
    const told = await askAll(ports, polling, { account, parcels, asked: noting(ports, polling, { asks, open }) });
    polled.polled += told.polled;
    polled.told += told.told;
  }
  return polled;
}

type Noted = { note: (trackingNumber: string) => Promise<void>; keep: () => Promise<void> };

/** Remembers whose carrier has answered, as it goes: a look that is cut off has not asked in vain. */
function noting(ports: Ports, { shop, at }: Polling, { asks, open }: { asks: Asks; open: OpenOrder[] }): Noted {
  let unkept = 0;
  const keep = async (): Promise<void> => {
    if (unkept > 0) await keepAsks(ports, shop.id, { asks, open });
    unkept = 0;
  };
  return {
    note: async (trackingNumber) => {
      asks[trackingNumber] = at;
      unkept += 1;
      if (unkept >= KEPT_EVERY) await keep();
    },
    keep,
  };
}

/** One at a time, as their carriers tell of them: of each it is known whether it was answered. */
async function askAll(
  ports: Ports,
  polling: Polling,
  { account, parcels, asked }: { account: CarrierAccount; parcels: Asked[]; asked: Noted },
): Promise<Polled> {
  const orders = new Set<string>();
  let polled = 0;
  for (const parcel of parcels) {
    if (Date.now() >= polling.until) break;
    const read = await readThrough(ports, polling, { account, parcel });
    if (read === undefined) break;
    polled += 1;
    if (await isTold(ports, polling.shop, { parcel, read })) orders.add(parcel.orderId);
    await asked.note(parcel.trackingNumber);
  }
  await asked.keep();
  return { polled, told: orders.size };
}

async function silentParcels(
  ports: Ports,
  { shop, at, until }: Polling,
  { open, asks }: { open: OpenOrder[]; asks: Asks },
): Promise<Parcel[]> {
  const candidates = open
    .flatMap(({ orderId, trackingNumbers = [], changedAt }) =>
      trackingNumbers.map((trackingNumber) => ({ orderId, trackingNumber, changedAt })),
    )
    .filter(({ trackingNumber }) => (asks[trackingNumber] ?? 0) + ASK_AGAIN_AFTER_MS <= at)
    .sort((one, other) => (asks[one.trackingNumber] ?? 0) - (asks[other.trackingNumber] ?? 0));
  const silent: Parcel[] = [];
  // To find out who is silent takes half of the time at most: it is for asking.
  const findUntil = (Date.now() + until) / 2;
  for (const { changedAt = 0, ...parcel } of candidates) {
    if (silent.length >= MOST_ASKED || Date.now() >= findUntil) break;
    const mark = readMark(await ports.documents.get(trackingMarkKey(shop.id, parcel.trackingNumber)));
    const isOver = mark !== undefined && OVER.includes(mark.meaning);
    if (!isOver && (mark?.at ?? changedAt) + SILENT_FOR_MS <= at) silent.push({ ...parcel, mark });
  }
  return silent;
}

/** Each parcel goes to the account that sold its label, where that can tell of it, else to any that can. */
async function sorted(
  ports: Ports,
  parcels: readonly Parcel[],
  sources: readonly CarrierAccount[],
): Promise<Map<CarrierAccount, Asked[]>> {
  const byAccount = new Map<CarrierAccount, Asked[]>();
  for (const parcel of parcels) {
    const owner = await ownerOf(ports, parcel.trackingNumber);
    // A label that another tool made: its carrier is not known for sure, and so nobody is asked about it.
    if (owner?.package === undefined || owner.attempt === undefined) continue;
    const { shopId, orderId, package: key, attempt } = owner;
    const bought = await rememberedBought(ports, { shopId, orderId, package: key, attempt });
    if (bought === undefined) continue;
    const covering = sources.filter(({ tracking }) => tracking?.carriers.includes(bought.carrier));
    const source = covering.find(({ name }) => name === bought.account) ?? covering[0];
    if (source === undefined) continue;
    byAccount.set(source, [...(byAccount.get(source) ?? []), { ...parcel, carrier: bought.carrier }]);
  }
  return byAccount;
}

/** Said of one number alone: the account is there all the same, and has answered. */
const SAID_NO: readonly AdapterOutcome[] = ['refused', 'bug', 'stale', 'reRate', 'heldBack'];

/** Undefined where the account or its provider is not to be had now. */
async function readThrough(
  ports: Ports,
  { shop, at }: Polling,
  { account, parcel: { trackingNumber, carrier } }: { account: CarrierAccount; parcel: Asked },
): Promise<TrackingReading[] | undefined> {
  const { read } = account.tracking as TrackingSource;
  try {
    return await throughAccount(ports, { shop, account, at, needsNoMoney: true }, () =>
      read([{ trackingNumber, carrier }]),
    );
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return SAID_NO.includes(error.outcome) ? [] : undefined;
  }
}

async function isTold(
  ports: Ports,
  shop: Shop,
  { parcel, read }: { parcel: Asked; read: TrackingReading[] },
): Promise<boolean> {
  const { trackingNumber, orderId } = parcel;
  const events = read.find((one) => one.trackingNumber === trackingNumber)?.events ?? [];
  const { tell, mark } = changesOf(parcel.mark, events);
  for (const { at, meaning } of tell) {
    const workflowId = orderWorkflowId(shop.id, orderId);
    await ports.neighbours.signal({ workflowId, signal: trackingChanged, payload: { at, trackingNumber, meaning } });
  }
  // Written once the order was told: told twice does no harm, never told would.
  if (mark !== undefined && !isSameMark(parcel.mark, mark))
    await ports.documents.put(trackingMarkKey(shop.id, trackingNumber), JSON.stringify(mark));
  return tell.length > 0;
}

async function readAsks({ documents }: Ports, shopId: string): Promise<Asks> {
  const text = await documents.get(asksKey(shopId));
  // One that was written by another edition is as good as none: its parcels are asked after once more.
  return text === undefined ? {} : (Asks.safeParse(JSON.parse(text)).data ?? {});
}

/** Only those of open orders are worth remembering. */
async function keepAsks(
  { documents }: Ports,
  shopId: string,
  { asks, open }: { asks: Asks; open: OpenOrder[] },
): Promise<void> {
  const known = new Set(open.flatMap(({ trackingNumbers = [] }) => trackingNumbers));
  const kept = Object.entries(asks).filter(([trackingNumber]) => known.has(trackingNumber));
  if (kept.length > 0) await documents.put(asksKey(shopId), JSON.stringify(Object.fromEntries(kept)));
}
