import { z } from 'zod';
import type { Answer } from '../answer';
import { enter } from '../ledger';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import { findOrder } from './orders';
import { pack } from './packing';
import { itemRefusal, openRequestRefusal, SEVERAL_PACKAGES, shippingRefusal, unknownOrder } from './refusals';
import { providerOf, WRONG_NUMBER } from './providers';

const Parcel = z.object({
  order_line_item_ids: z.array(z.string()).min(1),
  tracking_number: z.string(),
  shipping_provider_id: z.string(),
});

/**
 * Mark Package As Shipped: the seller uploads the tracking number of a parcel. The order waits for its collection once all of
 * its items are in one.
 *
 * What is `besides` comes with the answer of a success.
 */
export function markShipped(world: World, { shopId, params, body }: TikTokCall, besides: object = {}): Answer {
  const orderId = params['orderId'] ?? '';
  const order = findOrder(world, shopId, orderId);
  if (order === undefined) return failure(unknownOrder(world, orderId));
  const asked = Parcel.safeParse(body);
  if (!asked.success) return failure({ code: 21011005, message: 'Invalid parameters' });
  const provider = providerOf(asked.data);
  const { order_line_item_ids: itemIds, tracking_number: trackingNumber } = asked.data;
  const refusal: Refusal | undefined =
    shippingRefusal(order, 'SELLER') ??
    openRequestRefusal(world, shopId, order) ??
    // Items that the order has not got are answered as items that do not tell which package.
    itemRefusal(order, itemIds, SEVERAL_PACKAGES);
  if (refusal !== undefined) return failure(refusal);
  if (provider === undefined) return failure(WRONG_NUMBER);
  const { id } = pack(world, shopId, { contents: [{ order, itemIds }], trackingNumber, provider });
  enter(world, shopId, { kind: 'trackingUploaded', ref: trackingNumber, order: orderId });
  return success({ order_id: orderId, order_line_item_ids: itemIds, package_id: id, ...besides });
}
