import { z } from 'zod';
import type { Answer } from '../answer';
import { nowSecondsOf } from '../clock';
import { digits } from '../ids';
import { enter } from '../ledger';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import type { Order, OrderStatus } from './order';
import { findOrder, keepOrder, moveOrder } from './orders';
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
  const refusal = stateRefusal(order) ?? itemRefusal(order, asked.data);
  if (refusal !== undefined) return failure(refusal);
  if (provider === undefined) return failure(WRONG_NUMBER);
  const packageId = pack(world, shopId, { order, parcel: asked.data, provider });
  enter(world, shopId, { kind: 'trackingUploaded', ref: asked.data.tracking_number, order: orderId });
  const { order_line_item_ids } = asked.data;
  return success({ order_id: orderId, order_line_item_ids, package_id: packageId, ...besides });
}

/** Why an order is not this shop's. */
export function unknownOrder(world: World, orderId: string): Refusal {
  const isElsewhere = world.state.orders.shopIds().some((shopId) => findOrder(world, shopId, orderId) !== undefined);
  if (isElsewhere) return { code: 21008111, message: 'The order does not belong to this shop' };
  return { code: 21001001, message: 'The order does not exist' };
}

const WRONG_NUMBER: Refusal = { code: 21011022, message: 'The tracking number or shipping provider is invalid' };
const ALREADY_SHIPPED: Refusal = { code: 21011006, message: 'The package has already been shipped' };
// Published only as "blocked by state"; it is the closest code that is known for an order that cannot be shipped.
const NOT_TO_SHIP: Refusal = { code: 21011035, message: 'The order status does not allow shipping' };

const STATUS_REFUSALS: Readonly<Record<OrderStatus, Refusal | undefined>> = {
  UNPAID: NOT_TO_SHIP,
  ON_HOLD: NOT_TO_SHIP,
  AWAITING_SHIPMENT: undefined,
  PARTIALLY_SHIPPING: undefined,
  AWAITING_COLLECTION: ALREADY_SHIPPED,
  IN_TRANSIT: ALREADY_SHIPPED,
  DELIVERED: { code: 21011030, message: 'The package has already been delivered' },
  COMPLETED: NOT_TO_SHIP,
  CANCELLED: NOT_TO_SHIP,
};

function stateRefusal(order: Order): Refusal | undefined {
  const refusal = STATUS_REFUSALS[order.status];
  if (refusal !== undefined) return refusal;
  if (order.shipping_type !== undefined && order.shipping_type !== 'SELLER') {
    return { code: 21011004, message: 'The order is not shipped by the seller' };
  }
  if (order.is_buyer_request_cancel === true) {
    return { code: 21011007, message: 'There is an open after-sale request, please handle it first' };
  }
  return undefined;
}

function itemRefusal(order: Order, parcel: Parcel): Refusal | undefined {
  const items = parcel.order_line_item_ids.map((id) => order.line_items.find((item) => item.id === id));
  if (items.includes(undefined)) return { code: 21001001, message: 'order_line_item_ids is invalid' };
  return items.some((item) => isPacked(item)) ? ALREADY_SHIPPED : undefined;
}

function providerOf(parcel: Parcel): ShippingProvider | undefined {
  const provider = SHIPPING_PROVIDERS.find(({ id }) => id === parcel.shipping_provider_id);
  return provider?.numbers.test(parcel.tracking_number) === true ? provider : undefined;
}

function isPacked(item: { package_id?: string | undefined } | undefined): boolean {
  return (item?.package_id ?? '') !== '';
}

type Packing = { readonly order: Order; readonly parcel: Parcel; readonly provider: ShippingProvider };

function pack(world: World, shopId: string, { order, parcel, provider }: Packing): string {
  const packageId = digits(19);
  const carrier = { shipping_provider_id: provider.id, tracking_number: parcel.tracking_number };
  const line_items = order.line_items.map((item) =>
    parcel.order_line_item_ids.includes(item.id)
      ? {
          ...item,
          ...carrier,
          shipping_provider_name: provider.name,
          package_id: packageId,
          package_status: 'PROCESSING',
          rts_time: nowSecondsOf(world, shopId),
        }
      : item,
  );
  const packages = [...(order.packages ?? []), { id: packageId }];
  const fields = { ...carrier, shipping_provider: provider.name, packages, line_items };
  const status = line_items.every(isPacked) ? 'AWAITING_COLLECTION' : 'PARTIALLY_SHIPPING';
  // One parcel more of several to come is no move.
  if (!moveOrder(world, shopId, { orderId: order.id, status, fields }))
    keepOrder(world, shopId, { ...order, ...fields });
  return packageId;
}
