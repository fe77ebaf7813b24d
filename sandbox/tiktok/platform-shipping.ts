import { z } from 'zod';
import type { Answer } from '../answer';
import { newTrackingNumber } from '../easypost/tracking-number';
import { enter } from '../ledger';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import type { Order } from './order';
import { findOrder } from './orders';
import { pack } from './packing';
import { isPacked, itemRefusal, openRequestRefusal, shippingRefusal, unknownOrder } from './refusals';
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

const Parcel = z.object({
  order_id: z.string(),
  order_line_item_ids: ItemIds.optional(),
  shipping_service_id: z.string().optional(),
  weight: Weight,
  dimension: Dimension,
});
type Parcel = z.infer<typeof Parcel>;

/** Get Eligible Shipping Service: what TikTok would take for a parcel. It is free and changes nothing. */
export function queryServices(world: World, { shopId, params, body }: TikTokCall): Answer {
  const orderId = params['orderId'] ?? '';
  const order = findOrder(world, shopId, orderId);
  if (order === undefined) return failure(unknownOrder(world, orderId));
  const asked = Query.safeParse(body);
  if (!asked.success) return failure(BAD_PARAMETERS);
  const { weight, dimension, order_line_item_ids } = asked.data;
  const itemIds = order_line_item_ids ?? order.line_items.map(({ id }) => id);
  const refusal = shippingRefusal(order, 'TIKTOK') ?? (order_line_item_ids && itemRefusal(order, itemIds));
  if (refusal !== undefined) return failure(refusal);
  const shipping_services = SHIPPING_SERVICES.map((service) => shownService(service, weight));
  return success({ order_id: orderId, order_line_id: itemIds, weight, dimension, shipping_services });
}

/** Create Packages: buys a label from TikTok. The order then waits for its collection. */
export function createPackage(world: World, { shopId, body }: TikTokCall): Answer {
  const asked = Parcel.safeParse(body);
  if (!asked.success) return failure(BAD_PARAMETERS);
  const orderId = asked.data.order_id;
  const order = findOrder(world, shopId, orderId);
  if (order === undefined) return failure(unknownOrder(world, orderId));
  const itemIds = asked.data.order_line_item_ids ?? order.line_items.map(({ id }) => id);
  const refusal = purchaseRefusal(order, asked.data, itemIds);
  if (refusal !== undefined) return failure(refusal);
  const service = serviceOf(asked.data.shipping_service_id);
  if (service === undefined) return failure(UNKNOWN_SERVICE);
  return success(bought(world, shopId, { order, parcel: asked.data, itemIds, service }));
}

const BAD_PARAMETERS: Refusal = { code: 21011005, message: 'Invalid parameters' };
const UNKNOWN_SERVICE: Refusal = { code: 21011037, message: 'The shipping service does not exist' };
const SEVERAL_PACKAGES: Refusal = {
  code: 21011048,
  message: 'The order has several packages, please give order_line_item_ids',
};

function purchaseRefusal(order: Order, parcel: Parcel, itemIds: readonly string[]): Refusal | undefined {
  const refusal = shippingRefusal(order, 'TIKTOK') ?? openRequestRefusal(order);
  if (refusal !== undefined) return refusal;
  const isForTheRest = parcel.order_line_item_ids === undefined && order.line_items.some(isPacked);
  return isForTheRest ? SEVERAL_PACKAGES : itemRefusal(order, itemIds);
}

type Purchase = {
  readonly order: Order;
  readonly parcel: Parcel;
  readonly itemIds: readonly string[];
  readonly service: ShippingService;
};

function bought(world: World, shopId: string, { order, parcel, itemIds, service }: Purchase): unknown {
  const { weight, dimension } = parcel;
  const { provider } = service;
  const trackingNumber = newTrackingNumber(service.carrier);
  const priceCents = priceCentsOf(service, weight);
  const packed = pack(world, shopId, { order, itemIds, trackingNumber, provider, measures: { weight, dimension } });
  enter(world, shopId, { kind: 'labelBought', ref: packed.id, order: order.id, priceCents });
  return {
    package_id: packed.id,
    order_id: order.id,
    order_line_item_ids: itemIds,
    create_time: packed.createdAtS,
    shipping_service_info: shownService(service, weight),
    weight,
    dimension,
  };
}
