import type { Scan } from '../easypost/trackers';
import { orderOfReference } from '../parcel-reference';
import type { World } from '../world';
import type { ParcelRequest } from './request';
import type { SavingRate } from './rates';
import { dollars } from './wire';

/** A label as it is kept, by its tracking code. */
export type SavingLabel = {
  readonly trackingCode: string;
  readonly shipmentNumber: number;
  readonly slipNumber: number;
  readonly boughtAt: number;
  readonly rate: SavingRate;
  readonly request: ParcelRequest;
  readonly file: { readonly name: string; readonly type: 'png' | 'pdf' };
  readonly isVoided: boolean;
  /** The form it stands on, if it stands on one. */
  readonly formId?: string;
  /** What its carrier has said of the parcel. This wire tells none of it; who follows the number elsewhere hears it. */
  readonly scans?: readonly Scan[];
};

/** What ShipSaving takes for itself with each label. */
export const SERVICE_FEE_CENTS = 5;

/** The order a label was bought for, as its order number `shop:order:package:attempt` tells. */
export function orderOf({ request }: Pick<SavingLabel, 'request'>): string | null {
  const number = request.order?.order_number ?? null;
  return orderOfReference(number) ?? number;
}

/** The labels under one order number, oldest first. */
export function labelsOf(world: World, shopId: string, orderNumber: string): SavingLabel[] {
  return world.state.savingLabels.of(shopId).filter(({ request }) => request.order?.order_number === orderNumber);
}

/** Keeps a carrier's scan of a parcel; `false` if its label is none of this wire. */
export function noteScan(world: World, shopId: string, { number, scan }: { number: string; scan: Scan }): boolean {
  const label = world.state.savingLabels.get(shopId, number);
  if (label !== undefined)
    world.state.savingLabels.put(shopId, number, { ...label, scans: [...(label.scans ?? []), scan] });
  return label !== undefined;
}

/** A label as the answer to its purchase shows it (the published PurchaseLabelResponse). */
export function shownPurchase(world: World, shopId: string, label: SavingLabel): Record<string, unknown> {
  const { rate, request } = label;
  const { order } = request;
  return {
    ...{ packing_slip_number: label.slipNumber, master_tracking_code: '', prefix_tracking_code: '' },
    tracking_code: label.trackingCode,
    ...{ label_size: '4x6', label_type: 'label', ...sizeOf(label) },
    ...{ insurance: 0, insurance_fee: 0, signature: order?.signature ?? 'NO_SIGNATURE' },
    ...printed(request.shipments[0]),
    delivery_days: String(rate.service.days),
    ...{ service_fee: dollars(SERVICE_FEE_CENTS), rate: dollars(rate.priceCents), rebate: dollars(rate.rebateCents) },
    ...prefixed('from', request.from),
    ...prefixed('to', request.to),
    label_status: statusOf(label),
    shipment_id: label.shipmentNumber,
    ...namesOf(order),
    provider: 'shipsaving',
    carrier: rate.service.carrier,
    service: rate.service.serviceType.toUpperCase(),
    package: 'PACKAGE',
    published_rate: dollars(rate.publishedCents),
    label_url: [fileUrl(world, shopId, label)],
    commercial_invoice_url: null,
  };
}

/** A label as the list of an order's labels shows it. The published list has no field that marks a void: this one is ours. */
export function shownInOrder(world: World, shopId: string, label: SavingLabel): Record<string, unknown> {
  const { rate } = label;
  return {
    packing_slip_number: label.slipNumber,
    carrier: rate.service.carrier,
    predefined_package: '',
    service_level: rate.service.serviceType,
    tracking_code: label.trackingCode,
    ...sizeOf(label),
    rate: dollars(rate.priceCents),
    service_fee: dollars(SERVICE_FEE_CENTS),
    label_width: 4,
    label_height: 6,
    label_urls: [fileUrl(world, shopId, label)],
    commercial_invoice_urls: null,
    label_status: statusOf(label),
  };
}

function printed({ custom_print1 = '', custom_print2 = '' }: ParcelRequest['shipments'][0]): Record<string, string> {
  return { custom_print1, custom_print2 };
}

function namesOf(order: ParcelRequest['order']): Record<string, string> {
  const { warehouse_name = '', store_name = '', order_number = '' } = order ?? {};
  return { warehouse_name, store_name, order_number };
}

function statusOf({ isVoided }: SavingLabel): string {
  return isVoided ? 'voided' : 'completed';
}

function sizeOf({ request }: SavingLabel): Record<string, number> {
  const { length, width, height, weight } = request.shipments[0];
  return { length, width, height, weight };
}

function fileUrl(world: World, shopId: string, { boughtAt, file }: SavingLabel): string {
  const day = new Date(boughtAt).toISOString().slice(0, 10);
  return `${world.url}/shipsaving/labels/${shopId}/${day}/${file.name}_0.${file.type}`;
}

const ADDRESS_FIELDS = ['name', 'company', 'phone', 'street', 'street2', 'city', 'state', 'zip', 'country'] as const;

function prefixed(side: 'from' | 'to', address: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(ADDRESS_FIELDS.map((name) => [`${side}_${name}`, address[name] ?? '']));
}
