import { accountNamed } from '../contracts/carrier-account';
import type { Shop } from '../contracts/shop';
import { mailingDay } from '../domain/time/mailing-date';
import { US_FEDERAL_HOLIDAYS } from '../policies/us/holidays';
import type { PickupWish, Ports } from './ports';
import { ownerOf, rememberedBought, rememberedChoice, type Bought } from './purchase-documents';
import { rememberedQuote } from './quotes';

/** `count`: how many there are, where a person says so. */
export type Collecting = { shop: Shop; account: string; date: string; count?: number };

type Collected = Pick<PickupWish, 'parcels' | 'weightOz'>;
type Parcel = Collected['parcels'][number] & { weightOz: number };

/** Lists show what was handed over under `awaitingHandover`, and learn a parcel's number once it is packed. */
const STILL_HERE: readonly string[] = ['toPack', 'awaitingHandover'];

const holidays = new Set(US_FEDERAL_HOLIDAYS);
/** As labels are dated when they are bought. */
const LABELS_CUTOFF = '20:00';

/** What is to be collected: the parcels of one account that are packed and have a label for a day, or for one before it. */
export async function parcelsToCollect(ports: Ports, collecting: Collecting): Promise<Collected> {
  const { shop, count } = collecting;
  const open = (await ports.neighbours.openOrders(shop.id)).filter(({ phase }) => STILL_HERE.includes(phase));
  const known: Parcel[] = [];
  for (const trackingNumber of open.flatMap(({ trackingNumbers = [] }) => trackingNumbers)) {
    const parcel = await parcelOf(ports, collecting, trackingNumber);
    if (parcel !== undefined) known.push(parcel);
  }
  const parcels = known.slice(0, count);
  // A person may hand over more than we sold labels for: the carrier counts and weighs them all.
  while (parcels.length < (count ?? 0))
    parcels.push({ shipmentId: '', trackingNumber: '', weightOz: shop.parcel.weightOz });
  return {
    parcels: parcels.map(({ shipmentId, trackingNumber }) => ({ shipmentId, trackingNumber })),
    weightOz: parcels.reduce((sum, { weightOz }) => sum + weightOz, 0),
  };
}

async function parcelOf(ports: Ports, collecting: Collecting, trackingNumber: string): Promise<Parcel | undefined> {
  const owner = await ownerOf(ports, trackingNumber);
  if (owner?.package === undefined || owner.attempt === undefined) return undefined;
  const { shopId, orderId, package: key, attempt } = owner;
  const purchase = { shopId, orderId, package: key, attempt };
  const bought = await rememberedBought(ports, purchase);
  const handle = (await rememberedChoice(ports, purchase))?.handle;
  if (handle === undefined || handle.from === 'platform' || !isDue(collecting, bought)) return undefined;
  const weightOz = (await rememberedQuote(ports, purchase))?.parcel.weightOz;
  return { shipmentId: handle.shipmentId, trackingNumber, weightOz: weightOz ?? collecting.shop.parcel.weightOz };
}

/** Bought through this account, for this day or for one before it. */
function isDue({ shop, account, date }: Collecting, bought: Bought | undefined): boolean {
  if (bought === undefined || accountNamed(shop.carriers, bought.account) !== account) return false;
  return mailingDay(bought.at, { ...shop.shipFrom, cutoffTime: LABELS_CUTOFF, holidays }).date <= date;
}
