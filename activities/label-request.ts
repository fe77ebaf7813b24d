import type { Shop } from '../contracts/shop';
import { mailingDay } from '../domain/time/mailing-date';
import { US_FEDERAL_HOLIDAYS } from '../policies/us/holidays';
import type { PlatformOrder, ShipmentRequest } from './ports';
import type { Purchase } from './purchase-documents';

/** What is to be put in one parcel. `at`: the order's own time, by which its mailing date is chosen. */
type Asking = Purchase & { itemIds?: string[]; at: number };

type Sending = { shop: Shop; order: PlatformOrder; members: string[] | undefined };

/** The reference that every provider keeps for us: shop, order, package, attempt. */
export const referenceOf = ({ shopId, orderId, package: parcel, attempt }: Purchase): string =>
  `${shopId}:${orderId}:${parcel}:${attempt}`;

/** The parcel as a provider is asked for it, when it is prepared and again when it is bought. */
export function requestOf(
  asking: Asking,
  { shop, order: { facts, recipient }, members }: Sending,
  parcel: Shop['parcel'],
): ShipmentRequest {
  const isPlatforms = facts.shippingType === 'platform';
  return {
    reference: referenceOf(asking),
    orderId: asking.orderId,
    ...(asking.itemIds === undefined ? {} : { itemIds: asking.itemIds }),
    ...(members === undefined ? {} : { withOrders: members }),
    ...(recipient === undefined || isPlatforms ? {} : { to: recipient }),
    from: shop.shipFrom.address,
    parcel,
    mailingDate: mailingDateOf(shop, asking.at),
    format: shop.labels.format,
  };
}

const holidays = new Set(US_FEDERAL_HOLIDAYS);

/**
 * The earliest hour that a seller of USPS labels publishes (Pirate Ship, Pitney Bowes, TikTok Shipping): a label that is bought
 * later carries the next mailing date, or it fits no form.
 */
const EARLIEST_CUTOFF = '20:00';
/** USPS takes a day's labels in at 00:30 Central, which is 19:30 in Hawaii in summer: its forms close before. */
const CUTOFF_IN_HAWAII = '19:00';

const mailingDateOf = ({ shipFrom }: Shop, at: number): string => {
  const cutoffTime = shipFrom.zone === 'Pacific/Honolulu' ? CUTOFF_IN_HAWAII : EARLIEST_CUTOFF;
  return mailingDay(at, { ...shipFrom, cutoffTime, holidays }).date;
};
