import { z } from 'zod';
import type { Answer } from '../answer';
import { digits } from '../ids';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import { notifyPackages } from './notices';
import type { Order } from './order';
import { keepOrder } from './orders';
import type { Content } from './packing';
import { BAD_PARAMETERS, buyLabel, contentOf, Parcel } from './platform-shipping';

/** How many orders one parcel may carry (Partner Center, "Fulfillment API overview"). */
const MOST_ORDERS = 20;

const Wish = z.discriminatedUnion('ship_type', [
  Parcel.extend({ ship_type: z.literal('1'), order_id: z.string() }),
  Parcel.extend({
    ship_type: z.literal('2'),
    order_id: z.string(),
    order_line_item: z.array(z.looseObject({ order_line_id: z.string() })).min(1),
  }),
  Parcel.extend({ ship_type: z.literal('3'), order_list_ids: z.array(z.string()).min(1).max(MOST_ORDERS) }),
]);
type Wish = z.infer<typeof Wish>;

/** Create Packages, version 202512: one label for a whole order, for some of its items, or for many orders of one buyer. */
export function createPackages(world: World, { shopId, body }: TikTokCall): Answer {
  const asked = Wish.safeParse(body);
  if (!asked.success) return failure(BAD_PARAMETERS);
  const contents: Content[] = [];
  for (const part of partsOf(asked.data)) {
    const content = contentOf(world, shopId, part);
    if ('code' in content) return failure(content);
    contents.push(content);
  }
  const [first, ...others] = contents;
  if (first === undefined) return failure(BAD_PARAMETERS);
  if (others.some(({ order }) => !isSamePlace(order, first.order))) return failure(TWO_PLACES);
  const bought = buyLabel(world, shopId, { contents: [first, ...others], parcel: asked.data });
  return 'code' in bought ? failure(bought) : success(bought.told);
}

function partsOf(wish: Wish): { orderId: string; itemIds?: readonly string[] }[] {
  if (wish.ship_type === '3') return [...new Set(wish.order_list_ids)].map((orderId) => ({ orderId }));
  if (wish.ship_type === '1') return [{ orderId: wish.order_id }];
  return [{ orderId: wish.order_id, itemIds: wish.order_line_item.map(({ order_line_id: id }) => id) }];
}

// No code is published for it.
const TWO_PLACES: Refusal = { code: 21011005, message: 'The orders do not go to the same recipient and address' };

function isSamePlace(one: Order, other: Order): boolean {
  return JSON.stringify(one.recipient_address) === JSON.stringify(other.recipient_address);
}

/** Marks some orders as ones that should go in one parcel, as the platform does for orders of one buyer. */
export function combine(world: World, shopId: string, orders: readonly Order[]): string {
  const group = digits(19);
  for (const order of orders) keepOrder(world, shopId, { ...order, auto_combine_group_id: group });
  const order_id_list = orders.map(({ id }) => id);
  notifyPackages(world, shopId, {
    what: 'COMBINE',
    orderId: order_id_list[0] ?? '',
    packages: [{ package_id: digits(19), order_id_list }],
  });
  return group;
}
