import { DateTime } from 'luxon';
import type { ShipmentRequest } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import { stateCodeOf } from '../us-states';
import { PROVIDER, type ShipSavingAt } from './client';

const OUNCES_IN_A_POUND = 16;

type Address = Readonly<Record<string, string>>;

const addressBody = (address: Address): Record<string, string> => ({
  name: address['name'] ?? '',
  ...(address['company'] ? { company: address['company'] } : {}),
  ...(address['phone'] ? { phone: address['phone'] } : {}),
  street: address['street1'] ?? '',
  ...(address['street2'] ? { street2: address['street2'] } : {}),
  city: address['city'] ?? '',
  state: stateCodeOf(address['state'] ?? ''),
  zip: address['zip'] ?? '',
  country: address['country'] ?? 'US',
});

const parcelBody = ({ lengthIn, widthIn, heightIn, weightOz }: ShipmentRequest['parcel']): Record<string, number> => ({
  length: lengthIn,
  width: widthIn,
  height: heightIn,
  weight: Number((weightOz / OUNCES_IN_A_POUND).toFixed(4)),
});

/**
 * What rates are asked with. The store and our reference as the order's number go with it, always: the label that is bought by one of
 * these rates is found again by them and by nothing else. The ship-from is a warehouse of that name there.
 */
export function ratesBody({ account, shop }: ShipSavingAt, request: ShipmentRequest): Record<string, unknown> {
  const { to, from, parcel, reference, mailingDate, format } = request;
  const shipDate = mailingDate === undefined ? null : noonOf(mailingDate, shop.shipFrom.zone);
  return {
    from: addressBody(from),
    to: addressBody(present(to)),
    shipments: [parcelBody(parcel)],
    order: { warehouse_name: shop.shipFrom.id, store_name: account.storeName, order_number: reference },
    options: {
      // It has no ZPL.
      label_type: format === 'png' ? 'png' : 'pdf',
      ...(shipDate === null ? {} : { ship_date: shipDate }),
    },
  };
}

/** The same as an order of the store, where ShipSaving wants one to be there before rates are asked for it. */
export function orderBody({ account, shop }: ShipSavingAt, request: ShipmentRequest): Record<string, unknown> {
  const { name, company, phone, street, street2, city, state, zip, country } = addressBody(present(request.to));
  const client = { name, company, phone, street, street2, city, state, zip, country };
  const named = Object.entries(client).filter(([, value]) => value !== undefined);
  return {
    store_name: account.storeName,
    order_number: request.reference,
    warehouse_name: shop.shipFrom.id,
    // Checked before, by whom the shop chose.
    verify_address: false,
    ...Object.fromEntries(named.map(([key, value]) => [`client_${key}`, value])),
    shipments: [parcelBody(request.parcel)],
  };
}

/** It takes an instant with the ship-from's own offset. */
const noonOf = (date: string, zone: string): string | null =>
  DateTime.fromISO(`${date}T12:00:00`, { zone }).toISO({ suppressMilliseconds: true });

function present(to: ShipmentRequest['to']): NonNullable<ShipmentRequest['to']> {
  if (to !== undefined) return to;
  throw new AdapterError('bug', { provider: PROVIDER, call: 'listRates', code: 'no address' });
}
