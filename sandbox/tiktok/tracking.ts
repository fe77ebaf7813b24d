import type { Answer } from '../answer';
import type { World } from '../world';
import { failure, success } from './envelope';
import type { TikTokCall } from './gate';
import { findOrder, scansOf } from './orders';
import { unknownOrder } from './refusals';

/** Get Tracking: what the platform has read of an order's parcels, newest first. Free text, and milliseconds for once. */
export function readTracking(world: World, { shopId, params }: TikTokCall): Answer {
  const orderId = params['orderId'] ?? '';
  if (findOrder(world, shopId, orderId) === undefined) return failure(unknownOrder(world, orderId));
  const newestFirst = [...scansOf(world, shopId, orderId)].sort((one, other) => other.at - one.at);
  const tracking = newestFirst.map(({ description, at }) => ({ description, update_time_millis: at }));
  return success({ tracking });
}

/** TikTok Shipping tracking validation: whether TikTok has sold a number, to whichever shop. */
export function validateTracking(world: World, { query }: TikTokCall): Answer {
  const number = query['tracking_number'] ?? '';
  if (number === '') return failure({ code: 36009004, message: 'param tracking_number is missing', status: 400 });
  const packages = world.state.packages.shopIds().flatMap((shopId) => world.state.packages.of(shopId));
  // Only what TikTok sold was weighed by it.
  const isSold = packages.some((one) => one.trackingNumber === number && one.measures !== undefined);
  return success({ is_tiktok_shipping: isSold, is_tiktok_collection: false });
}
