import type { LabelProvider, Rate, Shipment, ShipmentRequest } from '../../activities/ports';
import { AdapterError } from '../../contracts/adapter-error';
import type { WireOrder } from '../../contracts/platform-order';
import type { Shop } from '../../contracts/shop';
import { fetchFile } from '../http';
import { callTikTok } from './client';
import { CreatedPackageData, DocumentData, OrdersData, PackageData, ServicesData } from './wire';

/** Said by the platform when the items are in a package already. */
const ALREADY_SHIPPED = '21011006';
const OUNCES_IN_A_POUND = 16;
const FILE_LIMIT_MS = 15_000;

/**
 * Labels of orders that the platform ships: bought from the shop itself, one package an order. A shipment is the order: its id
 * is the order's, and whether it was bought stands on the order, which is the read-back that makes a second purchase impossible.
 * Wire: fulfillment 202309, Get Eligible Shipping Service, Create Packages, Get Package Detail, Get Package Shipping Document.
 */
export function tiktokLabels(shop: Shop): LabelProvider {
  return {
    createShipment: async ({ orderId }) => unpaid(orderId, await ratesOf(shop, orderId)),
    readShipment: async (orderId) => {
      const order = await readOrder(shop, orderId);
      return order && shipmentOf(shop, order);
    },
    buy: (orderId, serviceId) => createPackage(shop, orderId, serviceId),
    // The platform takes its own label back with the order; there is no call for it.
    refund: () =>
      Promise.reject(new AdapterError('refused', { provider: 'TikTok Shop', call: 'refund', code: 'not offered' })),
    document: (orderId) => labelFile(shop, orderId),
  };
}

const unpaid = (orderId: string, rates: Rate[]): Shipment => ({ id: orderId, rates, isPaid: false, isVoided: false });

const parcelBody = ({ parcel }: Shop): Record<string, unknown> => ({
  weight: { value: (parcel.weightOz / OUNCES_IN_A_POUND).toFixed(2), unit: 'POUND' },
  dimension: {
    length: String(parcel.lengthIn),
    width: String(parcel.widthIn),
    height: String(parcel.heightIn),
    unit: 'INCH',
  },
});

async function readOrder(shop: Shop, orderId: ShipmentRequest['orderId']): Promise<WireOrder | undefined> {
  const { orders } = await callTikTok(shop, {
    call: 'readOrder',
    method: 'GET',
    path: '/order/202309/orders',
    query: { ids: orderId },
    data: OrdersData,
  });
  return orders.find(({ id }) => id === orderId);
}

async function ratesOf(shop: Shop, orderId: string): Promise<Rate[]> {
  const order = await readOrder(shop, orderId);
  const { shipping_services: services } = await callTikTok(shop, {
    call: 'shippingServices',
    method: 'POST',
    path: `/fulfillment/202309/orders/${orderId}/shipping_services/query`,
    body: { ...parcelBody(shop), order_line_item_ids: itemIdsOf(order) },
    data: ServicesData,
  });
  return services
    .filter(({ currency }) => currency === 'USD')
    .map(({ id, name, price, latest_delivery_days: days, shipping_provider_name: carrier }) => ({
      id,
      carrier,
      service: name,
      priceCents: Math.round(Number(price) * 100),
      deliveryDays: days ?? null,
    }));
}

const itemIdsOf = (order: WireOrder | undefined): string[] => order?.line_items.map(({ id }) => id) ?? [];

const packageIdOf = (order: WireOrder): string | undefined =>
  order.line_items.map(({ package_id: id }) => id).find((id) => id !== undefined && id !== '');

async function shipmentOf(shop: Shop, order: WireOrder, priceCents = 0): Promise<Shipment> {
  const packageId = packageIdOf(order);
  if (packageId === undefined) return unpaid(order.id, []);
  const {
    package_status: status,
    tracking_number: trackingNumber,
    shipping_provider_name: carrier,
  } = await callTikTok(shop, {
    call: 'readPackage',
    method: 'GET',
    path: `/fulfillment/202309/packages/${packageId}`,
    data: PackageData,
  });
  return {
    id: order.id,
    rates: [],
    isPaid: true,
    isVoided: status === 'CANCELLED',
    ...(trackingNumber === '' ? {} : { label: { trackingNumber, carrier, priceCents } }),
  };
}

/** Spends money: the caller has read back that there is no package yet. */
async function createPackage(shop: Shop, orderId: string, serviceId: string): Promise<Shipment> {
  const before = await readOrder(shop, orderId);
  try {
    const { shipping_service_info: service } = await callTikTok(shop, {
      call: 'createPackages',
      method: 'POST',
      path: '/fulfillment/202309/packages',
      body: {
        order_id: orderId,
        order_line_item_ids: itemIdsOf(before),
        shipping_service_id: serviceId,
        ...parcelBody(shop),
      },
      data: CreatedPackageData,
    });
    return await bought(shop, orderId, Math.round(Number(service?.price ?? 0) * 100));
  } catch (error) {
    if (error instanceof AdapterError && error.code === ALREADY_SHIPPED) return bought(shop, orderId);
    throw error;
  }
}

/** The package's number is read from the package itself; one that is not there yet is asked for again. */
async function bought(shop: Shop, orderId: string, priceCents = 0): Promise<Shipment> {
  const order = await readOrder(shop, orderId);
  const shipment = order && (await shipmentOf(shop, order, priceCents));
  if (shipment?.isPaid === true) return shipment;
  throw new AdapterError('outcomeUnknown', { provider: 'TikTok Shop', call: 'createPackages', code: 'no package yet' });
}

/** The label as PDF. The platform's address for it lives for 24 h. */
async function labelFile(shop: Shop, orderId: string): Promise<Uint8Array> {
  const order = await readOrder(shop, orderId);
  const packageId = order && packageIdOf(order);
  const { doc_url: url } = await callTikTok(shop, {
    call: 'shippingDocument',
    method: 'GET',
    path: `/fulfillment/202309/packages/${packageId ?? '0'}/shipping_documents`,
    query: { document_type: 'SHIPPING_LABEL', document_format: 'PDF' },
    data: DocumentData,
  });
  return fetchFile({ provider: 'TikTok Shop', call: 'shippingDocument', url, deadlineMs: FILE_LIMIT_MS });
}
