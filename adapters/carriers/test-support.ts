import type { ShipmentRequest } from '../../activities/carrier-ports';
import type { AdapterError } from '../../contracts/adapter-error';
import { Shop } from '../../contracts/shop';
import type { Shop as SandboxShop } from '../../sandbox/test-support';
import { PLAIN_CARRIER_WIRE, type AccountAt, type CarrierWire } from './provider';

const SHIP_FROM = {
  name: 'Ada Warehouse',
  company: 'Harbor Goods',
  street1: '388 Townsend St',
  city: 'San Francisco',
  state: 'CA',
  zip: '94107',
  country: 'US',
  phone: '4155550100',
};

/** A sandbox shop with an account at every carrier. */
export const shopWithCarriers = (sandbox: SandboxShop, url: string): Shop =>
  Shop.parse({
    id: sandbox.shopId,
    kind: 'live',
    name: 'A shop',
    platform: { ...sandbox, baseUrl: url },
    carriers: {
      usps: { kind: 'usps', baseUrl: `${url}/usps`, ...sandbox.usps },
      ups: { kind: 'ups', baseUrl: `${url}/ups/api`, ...sandbox.ups },
      shipsaving: { kind: 'shipsaving', baseUrl: `${url}/shipsaving`, ...sandbox.shipsaving },
    },
    shipFrom: {
      id: 'sf',
      zone: 'America/Los_Angeles',
      workdays: [1, 2, 3, 4, 5],
      opensAt: '09:00',
      closesAt: '17:00',
      address: SHIP_FROM,
    },
    parcel: { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 17 },
  });

/** One account of such a shop. */
export function accountAt<Kind extends 'usps' | 'ups' | 'shipsaving'>(
  shop: Shop,
  kind: Kind,
  wire: Partial<CarrierWire> = {},
): AccountAt<Kind> {
  const account = shop.carriers[kind] as AccountAt<Kind>['account'];
  return { wire: { ...PLAIN_CARRIER_WIRE, ...wire }, shop, name: kind, account };
}

/** A parcel to a buyer. `date`: when it is mailed. */
export const aRequest = (date: string, fields: Partial<ShipmentRequest> = {}): ShipmentRequest => ({
  reference: '7000000000000000001:576461413038785752:1:1',
  orderId: '576461413038785752',
  to: {
    name: 'Wilhelmina Buyer',
    phone: '(+1)3105550199',
    street1: '179 N Harbor Dr',
    street2: 'Apt 4',
    city: 'Redondo Beach',
    state: 'CA',
    zip: '90277-1234',
    country: 'US',
  },
  from: SHIP_FROM,
  parcel: { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 17 },
  mailingDate: date,
  format: 'pdf',
  ...fields,
});

/** How a call failed. */
export const failureOf = (calling: Promise<unknown>): Promise<AdapterError> =>
  calling.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error as AdapterError,
  );
