import { z } from 'zod';
import type { Answer } from '../answer';
import { nowSecondsOf } from '../clock';
import { digits } from '../ids';
import type { World } from '../world';
import { failure, type Refusal, success } from './envelope';
import type { TikTokCall } from './gate';
import { notifyPackages } from './notices';
import type { Order } from './order';
import { isLive, isPacked, isSetApart } from './order-items';
import { findOrder, keepOrder } from './orders';
import type { Package } from './packing';
import { openRequestRefusal, unknownOrder } from './refusals';

const Groups = z.object({
  splittable_groups: z.array(z.looseObject({ id: z.string(), order_line_item_ids: z.array(z.string()).min(1) })).min(2),
});

/** Split Orders: sets an order's items apart as packages of their own, each to be shipped for itself. */
export function splitOrder(world: World, { shopId, params, body }: TikTokCall): Answer {
  const orderId = params['orderId'] ?? '';
  const order = findOrder(world, shopId, orderId);
  if (order === undefined) return failure(unknownOrder(world, orderId));
  const asked = Groups.safeParse(body);
  if (!asked.success) return failure({ code: 21011005, message: 'Invalid parameters' });
  const groups = asked.data.splittable_groups;
  const itemGroups = groups.map(({ order_line_item_ids: ids }) => ids);
  const refusal = openRequestRefusal(world, shopId, order) ?? splitRefusal(order, itemGroups);
  if (refusal !== undefined) return failure(refusal);
  const made = setApart(world, shopId, { order, itemGroups });
  const packages = made.map(({ id }, index) => ({ id, splittable_group_id: groups[index]?.id }));
  return success({ packages });
}

/** Get Order Split Attributes: which orders can be split. Orders that are not there are left out. */
export function splitAttributes(world: World, { shopId, query }: TikTokCall): Answer {
  const ids = (query['order_ids'] ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) return failure({ code: 36009004, message: 'param order_ids is missing', status: 400 });
  const split_attributes = ids
    .flatMap((id) => findOrder(world, shopId, id) ?? [])
    .map((order) => {
      const refusal = stateRefusal(order);
      const known = { order_id: order.id, must_split: false, must_split_reasons: [] };
      return { ...known, can_split: refusal === undefined, reason: refusal?.message ?? '' };
    });
  return success({ split_attributes });
}

/** Why an order cannot be split into these groups of line items. */
export function splitRefusal(order: Order, itemGroups: readonly (readonly string[])[]): Refusal | undefined {
  const refusal = stateRefusal(order);
  if (refusal !== undefined) return refusal;
  const free = freeItems(order).map(({ id }) => id);
  const asked = itemGroups.flat();
  const isWhole = asked.length === free.length && new Set(asked).size === free.length;
  if (isWhole && asked.every((id) => free.includes(id))) return undefined;
  return { code: 21001001, message: 'The groups must have every line item that is not shipped, each once' };
}

/** Sets the groups apart as packages, with the platform's webhook. */
export function setApart(
  world: World,
  shopId: string,
  { order, itemGroups }: { order: Order; itemGroups: readonly (readonly string[])[] },
): Package[] {
  const createdAtS = nowSecondsOf(world, shopId);
  const unshipped = { trackingNumber: '', providerId: '', providerName: '', createdAtS };
  const made: Package[] = itemGroups.map((itemIds) => ({ id: digits(19), orderId: order.id, itemIds, ...unshipped }));
  for (const one of made) world.state.packages.put(shopId, one.id, one);
  const line_items = order.line_items.map((item) => {
    const packageId = made.find(({ itemIds }) => itemIds.includes(item.id))?.id;
    return packageId === undefined ? item : { ...item, package_id: packageId, package_status: 'TO_FULFILL' };
  });
  const packages = [...(order.packages ?? []), ...made.map(({ id }) => ({ id }))];
  keepOrder(world, shopId, { ...order, line_items, packages, split_or_combine_tag: 'SPLIT' });
  notifyPackages(world, shopId, {
    what: 'SPLIT',
    orderId: order.id,
    packages: made.map(({ id }) => ({ package_id: id, order_id_list: [order.id] })),
  });
  return made;
}

function stateRefusal(order: Order): Refusal | undefined {
  const isOpen = order.status === 'AWAITING_SHIPMENT' || order.status === 'PARTIALLY_SHIPPING';
  if (!isOpen) return { code: 21011035, message: 'The order status does not allow splitting' };
  if (order.line_items.some(isSetApart)) return { code: 21011035, message: 'The order has been split already' };
  if (freeItems(order).length > 1) return undefined;
  return { code: 21011035, message: 'The order has fewer than two line items to split' };
}

function freeItems(order: Order): Order['line_items'] {
  return order.line_items.filter((item) => isLive(item) && !isPacked(item));
}
