import type { Answer } from '../answer';
import type { Fault, FaultKind } from '../faults';
import type { World } from '../world';
import { leaveCancelPending } from './cancel';
import { success, tiktokFault } from './envelope';
import type { TikTokCall } from './gate';
import { readOrders } from './read';
import { formerOrder } from './orders';
import { markShipped } from './ship';

type Twist = (world: World, call: TikTokCall) => Answer;

const WARNING = { message: 'please check the address 1 Example Street' };

/** The faults that are no error on the wire: the call is answered as if all were well. */
const TWISTS: Partial<Record<FaultKind, Twist>> = {
  staleRead: (world, call) => readOrders(world, call, formerOrder),
  notFound: () => success({ orders: [] }),
  cancelPending: leaveCancelPending,
  warning: (world, call) => markShipped(world, call, { warning: WARNING }),
};

/** What TikTok does under a fault. */
export function tiktokInstead(world: World, call: TikTokCall, fault: Fault): Answer {
  return TWISTS[fault.kind]?.(world, call) ?? tiktokFault(fault);
}
