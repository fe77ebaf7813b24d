import { z } from 'zod';
import type { Answer } from '../answer';
import { nowSecondsOf } from '../clock';
import { enter } from '../ledger';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import type { Order, OrderStatus } from './order';
import { isLive, isPacked, isSetApart } from './order-items';
import { changePlaced, correctedOf, findOrder, keepOrder } from './orders';
import { findPackage, unknownPackage } from './packages';
import { carrierOn, type Package } from './packing';
import { providerOf, type ShippingProvider, WRONG_NUMBER } from './providers';
import { SEVERAL_PACKAGES, unknownOrder } from './refusals';

const Parcel = z.object({ tracking_number: z.string(), shipping_provider_id: z.string() });

/** How long after it was shipped a parcel's number may be put right (Partner Center, "Update Shipping Info"). */
const WINDOW_S = 72 * 3_600;

/** Update Shipping Info of an order that goes in one parcel. */
export function correctOrder(world: World, { shopId, params, body }: TikTokCall): Answer {
  const orderId = params['orderId'] ?? '';
  const order = findOrder(world, shopId, orderId);
  if (order === undefined) return failure(unknownOrder(world, orderId));
  const [packageId, ...others] = packageIdsOf(order);
  const refusal =
    stateRefusal(order) ?? (others.length > 0 || order.status === 'PARTIALLY_SHIPPING' ? SEVERAL_PACKAGES : undefined);
  if (refusal !== undefined) return failure(refusal);
  const packed = world.state.packages.get(shopId, packageId ?? '');
  return correct(world, shopId, { order, packed, itemIds: order.line_items.map(({ id }) => id), body });
}

/** Update Package Shipping Info: of one parcel among several. */
export function correctPackage(world: World, { shopId, params, body }: TikTokCall): Answer {
  const id = params['packageId'] ?? '';
  const found = findPackage(world, shopId, id);
  if (found === undefined) return failure(unknownPackage(world, id));
  const { packed, order } = found;
  const isOpen = order.line_items.some((item) => packed.itemIds.includes(item.id) && isSetApart(item));
  const refusal = stateRefusal(order) ?? (isOpen ? NOT_SHIPPED : undefined);
  if (refusal !== undefined) return failure(refusal);
  return correct(world, shopId, { order, packed, itemIds: packed.itemIds, body });
}

// What each code of 21011050, 051 and 052 means alone is not published: count or window used up.
const USED_UP: Refusal = { code: 21011050, message: 'The tracking number has been updated already' };
const TOO_LATE: Refusal = { code: 21011051, message: 'The time to update the tracking number is over' };
const SAME_NUMBER: Refusal = { code: 21011052, message: 'The tracking number has not changed' };
const NOT_SHIPPED: Refusal = { code: 21011043, message: 'The package has not been shipped' };

const STATUS_REFUSALS: Readonly<Record<OrderStatus, Refusal | undefined>> = {
  UNPAID: NOT_SHIPPED,
  ON_HOLD: NOT_SHIPPED,
  AWAITING_SHIPMENT: NOT_SHIPPED,
  PARTIALLY_SHIPPING: undefined,
  AWAITING_COLLECTION: undefined,
  IN_TRANSIT: undefined,
  DELIVERED: { code: 21011030, message: 'The package has already been delivered' },
  COMPLETED: { code: 21011030, message: 'The package has already been delivered' },
  CANCELLED: { code: 21011035, message: 'The order status does not allow an update' },
};

function stateRefusal(order: Order): Refusal | undefined {
  if (order.shipping_type === 'TIKTOK' || order.fulfillment_type === 'FULFILLMENT_BY_TIKTOK')
    return { code: 21011004, message: 'The order is not shipped by the seller' };
  return STATUS_REFUSALS[order.status];
}

/** The packages of what is shipped or set apart. */
function packageIdsOf(order: Order): string[] {
  const items = order.line_items.filter((item) => isLive(item) && (isPacked(item) || isSetApart(item)));
  return [...new Set(items.flatMap((item) => item.package_id ?? []))];
}

type Correction = {
  readonly order: Order;
  /** Absent in an order that was placed with a number. */
  readonly packed: Package | undefined;
  readonly itemIds: readonly string[];
  readonly body: unknown;
};

function correct(world: World, shopId: string, correction: Correction): Answer {
  const asked = Parcel.safeParse(correction.body);
  if (!asked.success) return failure({ code: 21011005, message: 'Invalid parameters' });
  const provider = providerOf(asked.data);
  if (provider === undefined) return failure(WRONG_NUMBER);
  const { tracking_number: number } = asked.data;
  const refusal = correctionRefusal(world, shopId, { ...correction, number });
  if (refusal !== undefined) return failure(refusal);
  write(world, shopId, { ...correction, number, provider });
  const orderId = correction.order.id;
  const key = keyOf(correction);
  changePlaced(world, { shopId, orderId }, ({ corrected = [] }) => ({ corrected: [...corrected, key] }));
  enter(world, shopId, { kind: 'trackingCorrected', ref: number, order: orderId });
  return success({});
}

function keyOf({ order, packed }: Pick<Correction, 'order' | 'packed'>): string {
  return packed?.id ?? order.id;
}

type Numbered = Omit<Correction, 'body'> & { readonly number: string };

function correctionRefusal(world: World, shopId: string, correction: Numbered): Refusal | undefined {
  const { order, packed, itemIds, number } = correction;
  if (correctedOf(world, shopId, order.id).includes(keyOf(correction))) return USED_UP;
  const shippedAtS = packed?.shippedAtS ?? packed?.createdAtS ?? order.rts_time ?? order.update_time;
  if (nowSecondsOf(world, shopId) >= shippedAtS + WINDOW_S) return TOO_LATE;
  const isSame = order.line_items.some((item) => itemIds.includes(item.id) && item.tracking_number === number);
  return isSame ? SAME_NUMBER : undefined;
}

type Written = Numbered & { readonly provider: ShippingProvider };

function write(world: World, shopId: string, { order, packed, itemIds, number, provider }: Written): void {
  const carrier = { trackingNumber: number, providerId: provider.id, providerName: provider.name };
  if (packed !== undefined) world.state.packages.put(shopId, packed.id, { ...packed, ...carrier });
  const told = carrierOn(carrier);
  const line_items = order.line_items.map((item) => (itemIds.includes(item.id) ? { ...item, ...told.item } : item));
  keepOrder(world, shopId, { ...order, ...told.order, line_items });
}
