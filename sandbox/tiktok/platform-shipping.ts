import { z } from 'zod';
import type { Answer } from '../answer';
import { newTrackingNumber } from '../easypost/tracking-number';
import { enter } from '../ledger';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import type { Order } from './order';
import { isLive, isPacked } from './order-items';
import { findOrder } from './orders';
import { type Content, orderIdsOf, pack, type Package } from './packing';
import { itemRefusal, openRequestRefusal, SEVERAL_PACKAGES, shippingRefusal, unknownOrder } from './refusals';
import { priceCentsOf, serviceOf, shownService, SHIPPING_SERVICES, type ShippingService } from './services';

// Measures are decimal strings on this wire.
const Measure = z.string().refine((text) => Number(text) > 0);
const Weight = z.looseObject({ value: Measure, unit: z.enum(['GRAM', 'POUND']) });
const Dimension = z.looseObject({
  length: Measure,
  width: Measure,
  height: Measure,
  unit: z.enum(['CM', 'INCH']),
});
const ItemIds = z.array(z.string()).min(1);

const Query = z.object({
  weight: Weight.optional(),
  dimension: Dimension.optional(),
  order_line_item_ids: ItemIds.optional(),
});

/** What every way of buying a label tells of the parcel. */
export const Parcel = z.object({
  shipping_service_id: z.string().optional(),
  weight: Weight,
  dimension: Dimension,
});
export type Parcel = z.infer<typeof Parcel>;

const OrderParcel = Parcel.extend({ order_id: z.string(), order_line_item_ids: ItemIds.optional() });

/** Get Eligible Shipping Service: what TikTok would take for a parcel. It is free and changes nothing. */
export function queryServices(world: World, { shopId, params, body }: TikTokCall): Answer {
  const orderId = params['orderId'] ?? '';
  const order = findOrder(world, shopId, orderId);
  if (order === undefined) return failure(unknownOrder(world, orderId));
  const asked = Query.safeParse(body);
  if (!asked.success) return failure(BAD_PARAMETERS);
  const { weight, dimension, order_line_item_ids } = asked.data;
  const itemIds = order_line_item_ids ?? itemIdsOf(order);
  const refusal = shippingRefusal(order, 'TIKTOK') ?? (order_line_item_ids && itemRefusal(order, itemIds));
  if (refusal !== undefined) return failure(refusal);
  const shipping_services = SHIPPING_SERVICES.map((service) => shownService(service, weight));
  return success({ order_id: orderId, order_line_id: itemIds, weight, dimension, shipping_services });
}

/** Create Packages: buys a label from TikTok for an order or some of its items. */
export function createPackage(world: World, { shopId, body }: TikTokCall): Answer {
  const asked = OrderParcel.safeParse(body);
  if (!asked.success) return failure(BAD_PARAMETERS);
  const { order_id: orderId, order_line_item_ids } = asked.data;
  const content = contentOf(world, shopId, { orderId, itemIds: order_line_item_ids });
  if ('code' in content) return failure(content);
  const bought = buyLabel(world, shopId, { contents: [content], parcel: asked.data });
  if ('code' in bought) return failure(bought);
  return success({ ...bought.told, order_id: orderId, order_line_item_ids: content.itemIds });
}

export const BAD_PARAMETERS: Refusal = { code: 21011005, message: 'Invalid parameters' };
const UNKNOWN_SERVICE: Refusal = { code: 21011037, message: 'The shipping service does not exist' };

/** What of an order goes into a parcel that TikTok sells the label of, or why nothing does. Without items it is all of them. */
export function contentOf(
  world: World,
  shopId: string,
  wish: { orderId: string; itemIds?: readonly string[] | undefined },
): Content | Refusal {
  const order = findOrder(world, shopId, wish.orderId);
  if (order === undefined) return unknownOrder(world, wish.orderId);
  const refusal = shippingRefusal(order, 'TIKTOK') ?? openRequestRefusal(world, shopId, order);
  if (refusal !== undefined) return refusal;
  if (wish.itemIds === undefined && order.line_items.some(isPacked)) return SEVERAL_PACKAGES;
  const itemIds = wish.itemIds ?? itemIdsOf(order);
  return itemRefusal(order, itemIds) ?? { order, itemIds };
}

function itemIdsOf(order: Order): string[] {
  return order.line_items.filter(isLive).map(({ id }) => id);
}

/** What a label is bought for. */
type Purchase = { readonly contents: readonly [Content, ...Content[]]; readonly parcel: Parcel };
type Bought = { readonly packed: Package; readonly told: Readonly<Record<string, unknown>> };

/** Buys one label: one line in the ledger, whatever number of orders is in the parcel. */
export function buyLabel(world: World, shopId: string, { contents, parcel }: Purchase): Bought | Refusal {
  const service: ShippingService | undefined = serviceOf(parcel.shipping_service_id);
  if (service === undefined) return UNKNOWN_SERVICE;
  const { weight, dimension } = parcel;
  const measures = { weight, dimension };
  const trackingNumber = newTrackingNumber(service.carrier);
  const packed = pack(world, shopId, { contents, trackingNumber, provider: service.provider, measures });
  const orders = orderIdsOf(packed);
  enter(world, shopId, {
    kind: 'labelBought',
    ref: packed.id,
    order: packed.orderId,
    provider: 'tiktok',
    priceCents: priceCentsOf(service, weight),
    ...(orders.length > 1 ? { orders } : {}),
  });
  const shipping_service_info = shownService(service, weight);
  return {
    packed,
    told: { package_id: packed.id, create_time: packed.createdAtS, shipping_service_info, weight, dimension },
  };
}
