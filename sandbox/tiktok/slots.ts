import type { Answer } from '../answer';
import { nowOf, toSeconds } from '../clock';
import type { World } from '../world';
import { endOfPacificDay } from './calendar';
import { failure, success } from './envelope';
import type { TikTokCall } from './gate';
import { findOrder } from './orders';
import { findPackage, unknownPackage } from './packages';
import { unknownOrder } from './refusals';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The next days on which a carrier comes, and when: this sandbox's own. */
const DAYS = [0, 1, 2] as const;
const COMES_FROM_HOUR = 9;
const COMES_UNTIL_HOUR = 13;

/** Get Package Handover Time Slots. */
export function packageSlots(world: World, { shopId, params }: TikTokCall): Answer {
  const id = params['packageId'] ?? '';
  return findPackage(world, shopId, id) === undefined ? failure(unknownPackage(world, id)) : slots(world, shopId);
}

/** Get Order Handover Time Slots: before there is a package. */
export function orderSlots(world: World, { shopId, params }: TikTokCall): Answer {
  const id = params['orderId'] ?? '';
  return findOrder(world, shopId, id) === undefined ? failure(unknownOrder(world, id)) : slots(world, shopId);
}

function slots(world: World, shopId: string): Answer {
  const tomorrow = endOfPacificDay(nowOf(world, shopId)) + 1;
  const pickup_slots = DAYS.map((day) => ({
    start_time: toSeconds(tomorrow + day * DAY_MS + COMES_FROM_HOUR * HOUR_MS),
    end_time: toSeconds(tomorrow + day * DAY_MS + COMES_UNTIL_HOUR * HOUR_MS),
    // The wire's own spelling.
    avaliable: day > 0,
  }));
  return success({
    can_pickup: true,
    can_drop_off: true,
    can_van_collection: false,
    drop_off_point_url: 'https://example.com/drop-off',
    pickup_slots,
  });
}
