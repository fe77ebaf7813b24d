import { z } from 'zod';
import type { Platform, ShippedPackage } from '../../activities/ports';
import { AdapterError, type AdapterOutcome } from '../../contracts/adapter-error';
import { callTikTok } from './client';
import { PROVIDER } from './envelope';
import { packageOf } from './items';
import { readWireOrder, type At } from './read-orders';
import { MarkShippedData, OwnNumberData, ProvidersData } from './wire';

const failed = (outcome: AdapterOutcome, call: string, code: string): AdapterError =>
  new AdapterError(outcome, { provider: PROVIDER, call, code });

/** Mark Package As Shipped. A number that stands there already is `outcomeUnknown`: the next attempt reads back whose it is. */
export async function markShipped(at: At, shipment: ShippedPackage): ReturnType<Platform['markShipped']> {
  const { warning } = await callTikTok(at.wire, at.shop, {
    call: 'markShipped',
    method: 'POST',
    path: `/fulfillment/202309/orders/${shipment.orderId}/packages`,
    body: { order_line_item_ids: shipment.itemIds, ...(await trackingBody(at, shipment, 'markShipped')) },
    data: MarkShippedData,
  });
  return warning == null ? {} : { warning: warning.message };
}

/** Update Shipping Info: of a package where the order is in several, because the order's own call does not take such. */
export async function correctTracking(at: At, shipment: ShippedPackage): Promise<void> {
  const call = 'correctTracking';
  const about =
    shipment.isSplit === true
      ? `packages/${await packageIdOf(at, shipment, call)}`
      : `orders/${encodeURIComponent(shipment.orderId)}`;
  await callTikTok(at.wire, at.shop, {
    call,
    method: 'POST',
    path: `/fulfillment/202309/${about}/shipping_info/update`,
    body: await trackingBody(at, shipment, call),
    data: z.looseObject({}),
  });
}

/** The one package that all of these items are in. */
async function packageIdOf(at: At, { orderId, itemIds }: ShippedPackage, call: string): Promise<string> {
  const order = await readWireOrder(at, orderId);
  const items = order?.line_items.filter(({ id }) => itemIds.includes(id)) ?? [];
  const [packageId, ...others] = new Set(items.map(packageOf));
  if (packageId !== undefined && others.length === 0) return encodeURIComponent(packageId);
  throw failed('stale', call, 'no package of these items');
}

async function trackingBody(at: At, shipment: ShippedPackage, call: string): Promise<Record<string, string>> {
  const providers = await shippingProviders(at, shipment.deliveryOptionId);
  const provider = providers.find(({ name }) => sameCarrier(name) === sameCarrier(shipment.carrier));
  // The platform checks a number against the carrier that is named for it, by an id of its own.
  if (provider === undefined) throw failed('refused', call, `no carrier ${shipment.carrier}`);
  return { tracking_number: shipment.trackingNumber, shipping_provider_id: provider.id };
}

const sameCarrier = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

export async function shippingProviders(
  { wire, shop }: At,
  deliveryOptionId: string,
): ReturnType<Platform['shippingProviders']> {
  const { shipping_providers: providers } = await callTikTok(wire, shop, {
    call: 'shippingProviders',
    method: 'GET',
    path: `/logistics/202309/delivery_options/${encodeURIComponent(deliveryOptionId || '0')}/shipping_providers`,
    data: ProvidersData,
  });
  return providers.map(({ id, name }) => ({ id, name }));
}

/** Validate Tracking Number (202508): since 2026-01 a USPS number of an order must be one that TikTok sold. */
export async function isOwnNumber({ wire, shop }: At, trackingNumber: string): Promise<boolean> {
  const { is_tiktok_shipping: isOwn } = await callTikTok(wire, shop, {
    call: 'isOwnNumber',
    method: 'GET',
    path: '/fulfillment/202508/tts_tracking_validation',
    query: { tracking_number: trackingNumber },
    data: OwnNumberData,
  });
  return isOwn;
}
