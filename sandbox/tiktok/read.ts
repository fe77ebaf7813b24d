import type { Answer } from '../answer';
import type { World } from '../world';
import { failure, success } from './envelope';
import type { TikTokCall } from './gate';
import { shown } from './order';
import { findOrder } from './orders';

const MAX_IDS = 50;

/** Get Order Detail: the orders of some ids, without those that are not there. */
export function readOrders(world: World, { shopId, query }: TikTokCall, find = findOrder): Answer {
  const ids = (query['ids'] ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) return failure({ code: 36009004, message: 'param ids is missing', status: 400 });
  if (ids.length > MAX_IDS) return failure({ code: 36009004, message: 'too many ids', status: 400 });
  const orders = ids.flatMap((id) => find(world, shopId, id) ?? []);
  return success({ orders: orders.map(shown) });
}
