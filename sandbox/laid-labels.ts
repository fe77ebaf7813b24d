import { centralTime, dayOf } from './central-time';
import { nowOf } from './clock';
import { payShipment } from './easypost/purchase';
import { newShipment } from './easypost/shipments';
import { digits } from './ids';
import { newLabel as newSavingLabel } from './shipsaving/purchase';
import { pricesOf, servicesFor } from './shipsaving/services';
import { LabelRequest } from './usps/label';
import { newLabel as newUspsLabel } from './usps/label-calls';
import type { World } from './world';

/** Who sells the labels that a test lays into a shop. */
export const LAID_PROVIDERS = ['easypost', 'usps', 'shipsaving'] as const;
type LaidProvider = (typeof LAID_PROVIDERS)[number];

/** Where the parcels leave from. */
type Origin = {
  readonly street1: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
};

/** A paid USPS label with the order that its reference names. */
export type Laid = { readonly shipmentId: string; readonly trackingNumber: string; readonly orderId: string };

type Parcel = {
  readonly orderId: string;
  readonly from: Origin;
  /** YYYY-MM-DD; without it today in Chicago. Only USPS's own labels have one. */
  readonly mailingDate?: string | undefined;
};

/**
 * Lays one paid USPS label into a shop, as if it had been bought on the provider's wire: it stands in the ledger, and its
 * reference names an order that nobody placed. No webhook tells of it. `undefined` where the account does not cover it.
 */
export function layLabel(
  world: World,
  shopId: string,
  { provider, from, mailingDate }: { provider: LaidProvider } & Omit<Parcel, 'orderId'>,
): Laid | undefined {
  return LAY[provider](world, shopId, { orderId: digits(18), from, mailingDate });
}

type Lay = (world: World, shopId: string, parcel: Parcel) => Laid | undefined;

const POUNDS = 1;
const OUNCES = 16;
const BUYER = { name: 'A Buyer', city: 'Los Angeles', state: 'CA', country: 'US' };
const STREET = '1 Buyer St';
const ZIP = '90001';

const LAY: Readonly<Record<LaidProvider, Lay>> = {
  easypost: (world, shopId, { orderId, from }) => {
    const shipment = newShipment(world, shopId, {
      shipment: {
        reference: `${shopId}:${orderId}:1:1`,
        to_address: { ...BUYER, street1: STREET, zip: ZIP },
        from_address: { ...from, country: 'US' },
        parcel: { length: 10, width: 8, height: 4, weight: OUNCES },
      },
    });
    const [rate] = shipment.rates;
    if (rate === undefined) return undefined;
    const { paid } = payShipment(world, shopId, { shipment: { ...shipment, rates: [rate] }, rate });
    return { shipmentId: paid.id, trackingNumber: paid.postage.trackingCode, orderId };
  },
  usps: (world, shopId, { orderId, from, mailingDate }) => {
    const request = LabelRequest.parse({
      toAddress: { firstName: 'A', lastName: 'Buyer', streetAddress: STREET, city: 'Reno', state: 'NV', ZIPCode: ZIP },
      fromAddress: { streetAddress: from.street1, city: from.city, state: from.state, ZIPCode: from.zip, firm: 'Shop' },
      packageDescription: {
        ...{ mailClass: 'USPS_GROUND_ADVANTAGE', rateIndicator: 'SP', processingCategory: 'MACHINABLE' },
        ...{ destinationEntryFacilityType: 'NONE', weight: POUNDS },
        mailingDate: mailingDate ?? dayOf(centralTime(nowOf(world, shopId))),
        customerReference: [{ referenceNumber: `${orderId}:1:1` }],
      },
    });
    const label = newUspsLabel(world, shopId, { request, key: '', payload: '' });
    if ('detail' in label) return undefined;
    return { shipmentId: label.trackingNumber, trackingNumber: label.trackingNumber, orderId };
  },
  shipsaving: (world, shopId, { orderId, from }) => {
    const { street1: street, ...place } = from;
    const [service] = servicesFor(POUNDS);
    if (service === undefined) return undefined;
    const label = newSavingLabel(world, shopId, {
      request: {
        from: { name: 'Shop', street, ...place, country: 'US' },
        to: { ...BUYER, street: STREET, zip: ZIP },
        shipments: [{ length: 10, width: 8, height: 4, weight: POUNDS }],
        order: { warehouse_name: 'WH', order_number: `${shopId}:${orderId}:1:1` },
      },
      rate: { id: `rate_${orderId}`, service, ...pricesOf(service, POUNDS) },
    });
    if (label === undefined) return undefined;
    return { shipmentId: String(label.shipmentNumber), trackingNumber: label.trackingCode, orderId };
  },
};
