import { nowOf } from '../clock';
import { plan, type Planned, unplan } from '../schedule';
import { findShop } from '../shops';
import type { World } from '../world';
import { addBusinessHours, endOfPacificDay } from './calendar';
import { holdId, type Order, type OrderStatus } from './order';

/** What an order is cancelled for: not ready for collection, or not moving, by its instant. */
export type Neglect = 'notReady' | 'notMoving';

/** The platform's own word for it. */
export const TIMEOUT_REASON = 'system_cancel_order_reason_shipping_timeout';

/** Business hours from the order's creation (TikTok Shop US, auto-cancellation: 3 and 7 business days). */
const READY_HOURS = 72;
const MOVING_HOURS = 168;
/** Clock hours from the instant at which an order with an announced ship day became ready. */
const MOVING_AFTER_READY_MS = 72 * 3_600_000;

/**
 * Plans the platform's cancellation of an order as its status has it now, in the place of what was planned before.
 *
 * An instant that lies behind the shop's clock when it would be planned is left alone: so is a back-dated order.
 */
export function planAutoCancel(world: World, shopId: string, order: Order): void {
  const now = nowOf(world, shopId);
  const id = `autoCancel:${order.id}`;
  const neglect = isExempt(world, shopId, order) ? undefined : NEGLECTS[order.status];
  const at = neglect === undefined ? undefined : instantOf(world, shopId, { order, neglect });
  if (neglect !== undefined && at !== undefined && at > now)
    plan(world, shopId, { id, at, what: { kind: 'autoCancels', orderId: order.id, neglect } });
  else if (!isDue(world.state.planned.get(shopId, id), neglect, now)) unplan(world, shopId, id);
}

/** What is planned for this very moment stays: a hold that ends at the instant itself must not save the order. */
function isDue(planned: Planned | undefined, neglect: Neglect | undefined, now: number): boolean {
  return planned?.what.kind === 'autoCancels' && planned.what.neglect === neglect && planned.at <= now;
}

/** Plans for all orders of a shop anew, after its rules have changed. */
export function replanAutoCancels(world: World, shopId: string): void {
  for (const { order } of world.state.orders.of(shopId)) planAutoCancel(world, shopId, order);
}

const NEGLECTS: Partial<Record<OrderStatus, Neglect>> = {
  UNPAID: 'notReady',
  ON_HOLD: 'notReady',
  AWAITING_SHIPMENT: 'notReady',
  PARTIALLY_SHIPPING: 'notReady',
  AWAITING_COLLECTION: 'notMoving',
};

function isExempt(world: World, shopId: string, order: Order): boolean {
  return findShop(world, shopId)?.autoCancel !== true || order.fulfillment_type === 'FULFILLMENT_BY_TIKTOK';
}

type Case = { readonly order: Order; readonly neglect: Neglect };

/** The platform's own instant where the order has one; else what its rules give, in epoch milliseconds. */
function instantOf(world: World, shopId: string, { order, neglect }: Case): number {
  if (neglect === 'notMoving') return instantIn(order.collection_due_time) ?? movingBy(order);
  const readyAt = instantIn(order.shipping_due_time) ?? readyBy(order);
  const holdEndsAt = world.state.planned.get(shopId, holdId(order.id))?.at ?? readyAt;
  return Math.max(readyAt, holdEndsAt);
}

function readyBy(order: Order): number {
  const releaseAt = announced(order);
  if (releaseAt !== undefined) return endOfPacificDay(releaseAt);
  return addBusinessHours(order.create_time * 1_000, READY_HOURS);
}

function movingBy(order: Order): number {
  if (announced(order) === undefined) return addBusinessHours(order.create_time * 1_000, MOVING_HOURS);
  return (instantIn(order.rts_time) ?? order.update_time * 1_000) + MOVING_AFTER_READY_MS;
}

const ANNOUNCED_TYPES: readonly unknown[] = ['PRE_ORDER', 'MADE_TO_ORDER', 'BACK_ORDER'];

/** The ship day that the buyer was told of, where there is one. */
function announced(order: Order): number | undefined {
  return ANNOUNCED_TYPES.includes(order.order_type) ? instantIn(order.release_date) : undefined;
}

/** An instant of the wire, in seconds there, in epoch milliseconds. On this wire 0 says that there is none. */
function instantIn(seconds: number | undefined): number | undefined {
  return (seconds ?? 0) > 0 ? (seconds ?? 0) * 1_000 : undefined;
}
