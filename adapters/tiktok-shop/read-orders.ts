import { AdapterError } from '../../contracts/adapter-error';
import { WireOrder } from '../../contracts/platform-order';
import type { ChangedOrders, Platform } from '../../activities/ports';
import type { Shop } from '../../contracts/shop';
import { callTikTok, type TikTokWire } from './client';
import { PROVIDER } from './envelope';
import { mapOrder } from './map';
import { ChangedOrdersData, OrdersData } from './wire';

/** Get Order Detail takes no more at once. */
const MOST_IDS = 50;
const PAGE_SIZE = 100;

/** A shop and the way to it. */
export type At = { wire: TikTokWire; shop: Shop };

/**
 * One order as the platform tells it; undefined when the platform does not know it.
 * @throws AdapterError `bug` where it cannot be understood.
 */
export async function readWireOrder(at: At, orderId: string): Promise<WireOrder | undefined> {
  const [found] = (await rawOrders(at, [orderId])).filter(({ id }) => id === orderId);
  if (found === undefined) return undefined;
  const order = WireOrder.safeParse(found);
  if (order.success) return order.data;
  const where = `answer at ${order.error.issues[0]?.path.join('.') ?? ''}`;
  throw new AdapterError('bug', { provider: PROVIDER, call: 'readOrder', code: where });
}

export async function readOrder(at: At, orderId: string): ReturnType<Platform['readOrder']> {
  const order = await readWireOrder(at, orderId);
  return order && mapOrder(order);
}

/** One that cannot be understood is left out and counted: the rest of a page must not wait for it. */
export async function readOrders(at: At, orderIds: string[]): ReturnType<Platform['readOrders']> {
  const found: Awaited<ReturnType<Platform['readOrders']>> = [];
  for (let from = 0; from < orderIds.length; from += MOST_IDS) {
    for (const raw of await rawOrders(at, orderIds.slice(from, from + MOST_IDS))) {
      const order = WireOrder.safeParse(raw).data;
      if (order === undefined) at.wire.count?.('readOrder', 'unreadable');
      else found.push({ orderId: order.id, ...mapOrder(order) });
    }
  }
  return found;
}

type RawOrder = { id: string };

async function rawOrders({ wire, shop }: At, ids: string[]): Promise<RawOrder[]> {
  const { orders } = await callTikTok(wire, shop, {
    call: 'readOrder',
    method: 'GET',
    path: '/order/202309/orders',
    query: { ids },
    data: OrdersData,
  });
  return orders;
}

/** The platform counts in seconds: a part of one at either end counts as a whole, so that nothing falls between two searches. */
export async function searchOrders(
  { wire, shop }: At,
  { since, until, pageToken }: Parameters<Platform['searchOrders']>[0],
): Promise<ChangedOrders> {
  const { orders, next_page_token: next } = await callTikTok(wire, shop, {
    call: 'searchOrders',
    method: 'POST',
    path: '/order/202309/orders/search',
    query: {
      page_size: String(PAGE_SIZE),
      sort_field: 'update_time',
      sort_order: 'ASC',
      ...(pageToken === undefined ? {} : { page_token: pageToken }),
    },
    body: { update_time_ge: Math.floor(since / 1_000), update_time_lt: Math.ceil(until / 1_000) },
    isRead: true,
    data: ChangedOrdersData,
  });
  return {
    orders: orders.map(({ id, update_time: seconds }) => ({ orderId: id, updatedAt: seconds * 1_000 })),
    // The last page has an empty one.
    ...(next == null || next === '' ? {} : { nextPageToken: next }),
  };
}
