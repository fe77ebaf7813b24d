import { z } from 'zod';
import type { Answer } from '../answer';
import { enter } from '../ledger';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import { findOrder } from './orders';
import { pack } from './packing';
import { itemRefusal, openRequestRefusal, shippingRefusal, unknownOrder } from './refusals';
import { SHIPPING_PROVIDERS, type ShippingProvider } from './providers';

const Parcel = z.object({
  order_line_item_ids: z.array(z.string()).min(1),
  tracking_number: z.string(),
  shipping_provider_id: z.string(),
});
type Parcel = z.infer<typeof Parcel>;

/**
 * Mark Package As Shipped: the seller uploads a tracking number and the order waits for its collection.
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
  const refusal = shippingRefusal(order, 'SELLER') ?? openRequestRefusal(order) ?? itemRefusal(order, itemIds);
  if (refusal !== undefined) return failure(refusal);
  if (provider === undefined) return failure(WRONG_NUMBER);
  const { id } = pack(world, shopId, { order, itemIds, trackingNumber, provider });
  enter(world, shopId, { kind: 'trackingUploaded', ref: trackingNumber, order: orderId });
  return success({ order_id: orderId, order_line_item_ids: itemIds, package_id: id, ...besides });
}

const WRONG_NUMBER: Refusal = { code: 21011022, message: 'The tracking number or shipping provider is invalid' };

function providerOf(parcel: Parcel): ShippingProvider | undefined {
  const provider = SHIPPING_PROVIDERS.find(({ id }) => id === parcel.shipping_provider_id);
  return provider?.numbers.test(parcel.tracking_number) === true ? provider : undefined;
}
