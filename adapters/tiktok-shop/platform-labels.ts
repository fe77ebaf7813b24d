import type { LabelProvider, Rate, Shipment, ShipmentRequest } from '../../activities/carrier-ports';
import { AdapterError, type AdapterOutcome } from '../../contracts/adapter-error';
import type { WireLineItem, WireOrder } from '../../contracts/platform-order';
import type { Shop } from '../../contracts/shop';
import { fetchFile } from '../http';
import { callTikTok, PLAIN_WIRE, type TikTokWire } from './client';
import { PROVIDER } from './envelope';
import { aboutOf, checkContents, itemsOf, onePackageOf, shipmentIdOf, type ParcelAbout } from './parcel-about';
import { readWireOrder, type At } from './read-orders';
import { CreatedPackageData, DocumentData, PackageData, ServicesData } from './wire';

/** Said by the platform when the items are in a package already. */
const ALREADY_SHIPPED = '21011006';
/** Create Packages (202512): many orders, one package. */
const MANY_ORDERS = '3';
const OUNCES_IN_A_POUND = 16;
const FILE_LIMIT_MS = 15_000;

/**
 * Labels of orders that the platform ships: bought from the shop itself, for a whole order, some of its items, or several orders
 * together. Whether one was bought stands on the orders, which is the read-back that makes a second purchase impossible.
 * Wire: fulfillment 202309 and 202512, Get Eligible Shipping Service, Create Packages, Get Package Detail, Get Package
 * Shipping Document.
 */
export function tiktokLabels(wire: TikTokWire = PLAIN_WIRE): (shop: Shop) => LabelProvider {
  return (shop) => {
    const at = { wire, shop };
    return {
      createShipment: (request) => createShipment(at, request),
      readShipment: (shipmentId) => readShipment(at, aboutOf(shipmentId)),
      buy: ({ shipmentId, rateId, request }) => createPackage(at, aboutOf(shipmentId), { serviceId: rateId, request }),
      // The platform takes its own label back with the order; there is no call for it.
      refund: () => Promise.reject(failed('refused', 'refund', 'not offered')),
      document: async ({ shipmentId }) => ({ format: 'pdf', bytes: await labelFile(at, aboutOf(shipmentId)) }),
    };
  };
}

const failed = (outcome: AdapterOutcome, call: string, code: string): AdapterError =>
  new AdapterError(outcome, { provider: PROVIDER, call, code });

const idOf = ({ orderIds: [orderId, ...withOrders], itemIds }: ParcelAbout): string =>
  shipmentIdOf({ orderId, withOrders, ...(itemIds === undefined ? {} : { itemIds }) });

const parcelBody = (parcel: Shop['parcel']): Record<string, unknown> => ({
  weight: { value: (parcel.weightOz / OUNCES_IN_A_POUND).toFixed(2), unit: 'POUND' },
  dimension: {
    length: String(parcel.lengthIn),
    width: String(parcel.widthIn),
    height: String(parcel.heightIn),
    unit: 'INCH',
  },
});

/** The parcel's items as they stand now; undefined when the platform does not know the order. */
async function readItems(at: At, about: ParcelAbout): Promise<WireLineItem[] | undefined> {
  const orders: WireOrder[] = [];
  for (const orderId of about.orderIds) {
    const order = await readWireOrder(at, orderId);
    if (order === undefined) return undefined;
    orders.push(order);
  }
  return itemsOf(about, orders);
}

const idsOf = (items: readonly WireLineItem[]): string[] => items.map(({ id }) => id);

/** Services are offered for one order: of several, for the one that buys. */
async function createShipment(at: At, request: ShipmentRequest): Promise<Shipment> {
  const { orderId, itemIds } = request;
  const items = await readItems(at, { orderIds: [orderId], ...(itemIds === undefined ? {} : { itemIds }) });
  if (items === undefined) throw failed('stale', 'shippingServices', 'unknown order');
  const { shipping_services: services } = await callTikTok(at.wire, at.shop, {
    call: 'shippingServices',
    method: 'POST',
    path: `/fulfillment/202309/orders/${orderId}/shipping_services/query`,
    body: { ...parcelBody(request.parcel), order_line_item_ids: idsOf(items) },
    isRead: true,
    data: ServicesData,
  });
  const rates = services
    .filter(({ currency }) => currency === 'USD')
    .map(({ id, name, price, latest_delivery_days: days, shipping_provider_name: carrier }): Rate => ({
      id,
      carrier,
      service: name,
      priceCents: centsOf(price),
      deliveryDays: days ?? null,
    }));
  return { id: shipmentIdOf(request), rates, isPaid: false, isVoided: false };
}

const centsOf = (price: string): number => Math.round(Number(price) * 100);

async function readShipment(at: At, about: ParcelAbout, priceCents = 0): Promise<Shipment | undefined> {
  const items = await readItems(at, about);
  if (items === undefined) return undefined;
  const packageId = onePackageOf(items);
  if (packageId === undefined) return { id: idOf(about), rates: [], isPaid: false, isVoided: false };
  const found = await callTikTok(at.wire, at.shop, {
    call: 'readPackage',
    method: 'GET',
    path: `/fulfillment/202309/packages/${encodeURIComponent(packageId)}`,
    data: PackageData,
  });
  checkContents(about, items, found);
  const { package_status: status, tracking_number: trackingNumber, shipping_provider_name: carrier } = found;
  return {
    id: idOf(about),
    rates: [],
    isPaid: true,
    isVoided: status === 'CANCELLED',
    ...(trackingNumber === '' ? {} : { label: { trackingNumber, carrier, priceCents } }),
    ...handoverOf(found),
  };
}

const HANDOVER_METHODS: Partial<Record<string, NonNullable<Shipment['handover']>['method']>> = {
  PICKUP: 'pickup',
  DROP_OFF: 'dropOff',
};

type WireHandover = Pick<(typeof PackageData)['_output'], 'handover_method' | 'pickup_slot'>;

function handoverOf({ handover_method: word, pickup_slot: slot }: WireHandover): Pick<Shipment, 'handover'> {
  const method = HANDOVER_METHODS[word ?? ''];
  if (method === undefined) return {};
  const [from, until] = [slot?.start_time ?? 0, slot?.end_time ?? 0].map((seconds) => seconds * 1_000);
  return { handover: { method, ...(from ? { from } : {}), ...(until ? { until } : {}) } };
}

type Purchase = { serviceId: string; request: Pick<ShipmentRequest, 'parcel'> };

/** Spends money: the caller has read back that there is no package yet. */
async function createPackage(at: At, about: ParcelAbout, { serviceId, request }: Purchase): Promise<Shipment> {
  const items = await readItems(at, about);
  if (items === undefined) throw failed('stale', 'createPackages', 'unknown order');
  const [orderId, ...others] = about.orderIds;
  const isMany = others.length > 0;
  const contents = isMany
    ? { ship_type: MANY_ORDERS, order_list_ids: about.orderIds }
    : { order_id: orderId, order_line_item_ids: idsOf(items) };
  try {
    const { shipping_service_info: service } = await callTikTok(at.wire, at.shop, {
      call: 'createPackages',
      method: 'POST',
      path: `/fulfillment/${isMany ? '202512' : '202309'}/packages`,
      body: { ...contents, shipping_service_id: serviceId, ...parcelBody(request.parcel) },
      data: CreatedPackageData,
    });
    return await bought(at, about, centsOf(service?.price ?? '0'));
  } catch (error) {
    if (error instanceof AdapterError && error.code === ALREADY_SHIPPED) return bought(at, about);
    throw error;
  }
}

/**
 * The package's number is read from the package itself; one that is not there yet is asked for again. Money was spent: whatever
 * the reading says, it cannot mean that nothing was done.
 */
async function bought(at: At, about: ParcelAbout, priceCents = 0): Promise<Shipment> {
  const shipment = await readShipment(at, about, priceCents).catch((error: unknown) => {
    if (error instanceof AdapterError && error.outcome === 'retryLater') throw error;
    throw error instanceof AdapterError ? failed('outcomeUnknown', 'createPackages', error.code) : error;
  });
  if (shipment?.isPaid === true) return shipment;
  throw failed('outcomeUnknown', 'createPackages', 'no package yet');
}

/** The label as PDF. The platform's address for it lives for 24 h. */
async function labelFile(at: At, about: ParcelAbout): Promise<Uint8Array> {
  const packageId = onePackageOf((await readItems(at, about)) ?? []);
  if (packageId === undefined) throw failed('stale', 'shippingDocument', 'no package');
  const { doc_url: url } = await callTikTok(at.wire, at.shop, {
    call: 'shippingDocument',
    method: 'GET',
    path: `/fulfillment/202309/packages/${encodeURIComponent(packageId)}/shipping_documents`,
    query: { document_type: 'SHIPPING_LABEL', document_format: 'PDF' },
    data: DocumentData,
  });
  return fetchFile({ provider: PROVIDER, call: 'shippingDocument', url, deadlineMs: FILE_LIMIT_MS });
}
