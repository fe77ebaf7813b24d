import {
  announced,
  buyerCancels,
  byPlatform,
  cameAgo,
  completedAgo,
  collected,
  droppedOff,
  onItsWay,
  order,
  packed,
  pickupTomorrow,
  releasedToday,
  toShip,
  waiting,
} from './demo-order';
import type { DemoOrder } from './demo-order';
import { secondsAt } from './draft';

/** Pre-sales: nothing is written before their release, and they are due on their expected ship date. */
const preSales: readonly DemoOrder[] = [
  order(11, (at) => ({ createdH: 72, status: 'ON_HOLD', more: announced('PRE_ORDER', secondsAt(at, 216)) })),
  order(12, (at) => toShip(250, announced('PRE_ORDER', releasedToday(at)))),
  order(13, (at) => toShip(260, announced('PRE_ORDER', releasedToday(at))), { after: [packed] }),
  order(39, (at) => toShip(200, announced('PRE_ORDER', secondsAt(at, 72))), { before: [packed] }),
  order(40, (at) => onItsWay(40, { createdH: 240, sinceH: 36, more: announced('PRE_ORDER', secondsAt(at, -24)) })),
  order(41, (at) => onItsWay(41, { createdH: 300, sinceH: 100, more: announced('PRE_ORDER', secondsAt(at, -90)) }), {
    before: [cameAgo(30)],
  }),
  // Not ready on its expected ship date: the platform has cancelled it.
  order(42, (at) => toShip(280, announced('PRE_ORDER', secondsAt(at, -30))), {
    before: [{ once: 'toPack', platform: 'CANCELLED', agoH: 0 }],
  }),
];

/** The same where the platform ships. */
const platformPreSales: readonly DemoOrder[] = [
  order(43, (at) => ({
    ...{ createdH: 50, status: 'ON_HOLD' },
    more: { ...byPlatform, ...announced('PRE_ORDER', secondsAt(at, 240)) },
  })),
  order(44, (at) => toShip(100, { ...byPlatform, ...announced('PRE_ORDER', secondsAt(at, 120)) })),
  order(45, (at) => toShip(110, { ...byPlatform, ...announced('PRE_ORDER', secondsAt(at, 96)) }), {
    before: [packed, pickupTomorrow],
  }),
  order(
    46,
    (at) =>
      waiting(46, { createdH: 170, sinceH: 9, more: { ...byPlatform, ...announced('PRE_ORDER', secondsAt(at, 48)) } }),
    { before: [collected] },
  ),
  order(47, (at) =>
    onItsWay(47, { createdH: 190, sinceH: 36, more: { ...byPlatform, ...announced('PRE_ORDER', secondsAt(at, -24)) } }),
  ),
];

/** Made to order. */
const madeToOrder: readonly DemoOrder[] = [
  order(48, (at) => ({ createdH: 1 / 4, status: 'ON_HOLD', more: announced('MADE_TO_ORDER', secondsAt(at, 160)) })),
  order(14, (at) => toShip(60, announced('MADE_TO_ORDER', secondsAt(at, 120)))),
  order(49, (at) => waiting(49, { createdH: 100, sinceH: 12, more: announced('MADE_TO_ORDER', secondsAt(at, 70)) })),
  order(50, (at) => waiting(50, { createdH: 112, sinceH: 14, more: announced('MADE_TO_ORDER', secondsAt(at, 60)) }), {
    before: [droppedOff],
  }),
  order(15, (at) => onItsWay(15, { createdH: 200, sinceH: 36, more: announced('MADE_TO_ORDER', secondsAt(at, -24)) })),
  order(51, (at) => onItsWay(51, { createdH: 260, sinceH: 90, more: announced('MADE_TO_ORDER', secondsAt(at, -80)) }), {
    before: [cameAgo(26)],
  }),
  order(52, (at) => toShip(30, announced('MADE_TO_ORDER', secondsAt(at, 140))), { before: [buyerCancels] }),
];

/** On back-order. */
const backOrders: readonly DemoOrder[] = [
  order(53, (at) => ({ createdH: 1 / 5, status: 'ON_HOLD', more: announced('BACK_ORDER', secondsAt(at, 170)) })),
  order(16, (at) => toShip(40, announced('BACK_ORDER', secondsAt(at, 144)))),
  order(54, (at) => waiting(54, { createdH: 90, sinceH: 8, more: announced('BACK_ORDER', secondsAt(at, 80)) })),
  order(55, (at) => waiting(55, { createdH: 95, sinceH: 16, more: announced('BACK_ORDER', secondsAt(at, 76)) }), {
    before: [droppedOff],
  }),
  order(56, (at) => onItsWay(56, { createdH: 210, sinceH: 40, more: announced('BACK_ORDER', secondsAt(at, -20)) })),
  order(57, (at) => onItsWay(57, { createdH: 300, sinceH: 110, more: announced('BACK_ORDER', secondsAt(at, -96)) }), {
    before: [cameAgo(60), completedAgo(3)],
  }),
];

/** Orders with an announced day, at every stage. */
export const announcedOrders: readonly DemoOrder[] = [...preSales, ...platformPreSales, ...madeToOrder, ...backOrders];
