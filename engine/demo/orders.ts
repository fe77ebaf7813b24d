import { announcedOrders } from './announced-orders';
import {
  announced,
  arrives,
  atPlatform,
  buyerCancels,
  byPlatform,
  cameAgo,
  collected,
  completedAgo,
  dropOffTomorrow,
  droppedOff,
  idOf,
  moves,
  onItsWay,
  order,
  packed,
  pickupTomorrow,
  toShip,
  waiting,
} from './demo-order';
import type { DemoOrder, DemoStep } from './demo-order';
import { secondsAt } from './draft';
import type { Standing } from './draft';

/** The platform's drift from our rules is alerted once a day: orders that are of one day share the alert. */
const sameDrift = 44;

/** Standard orders that the seller ships, at every stage before a form. */
const sellers: readonly DemoOrder[] = [
  order(1, { createdH: 1 / 3, status: 'ON_HOLD' }),
  order(2, { ...toShip(26), items: 3 }),
  order(3, toShip(5)),
  // Late: the latest shipping time that the platform names is behind us, its cancel is not.
  order(4, (at) => ({
    ...toShip(92, {
      rts_sla_time: secondsAt(at, -3),
      tts_sla_time: secondsAt(at, 45),
      shipping_due_time: secondsAt(at, 21),
      collection_due_time: secondsAt(at, 93),
    }),
    sinceH: sameDrift,
  })),
  // The platform names every deadline of this one.
  order(5, (at) => ({
    ...toShip(45, {
      rts_sla_time: secondsAt(at, 3.2),
      tts_sla_time: secondsAt(at, 27.2),
      shipping_due_time: secondsAt(at, 27.2),
      collection_due_time: secondsAt(at, 123.2),
      delivery_sla_time: secondsAt(at, 170),
    }),
    sinceH: sameDrift,
  })),
];

/** Orders that the platform ships: their 48 h and 24 h run on every day of the week. */
const platforms: readonly DemoOrder[] = [
  order(6, toShip(30, byPlatform)),
  order(7, toShip(45, byPlatform)),
  order(8, toShip(20, byPlatform), { before: [packed, pickupTomorrow] }),
  order(9, toShip(24, byPlatform), { before: [packed, droppedOff] }),
  order(10, onItsWay(10, { createdH: 70, sinceH: 50, more: byPlatform })),
  order(34, { createdH: 0.4, status: 'ON_HOLD', more: byPlatform }),
  order(35, toShip(22, byPlatform), { before: [packed, collected] }),
  order(36, toShip(18, byPlatform), { before: [packed, dropOffTomorrow] }),
  order(37, onItsWay(37, { createdH: 110, sinceH: 90, more: byPlatform }), { before: [cameAgo(16)] }),
  order(38, toShip(12, byPlatform), { before: [buyerCancels] }),
];

/** Orders that somebody else has a word in: the platform's own store, the buyer, a person here, another tool. */
const special: readonly DemoOrder[] = [
  order(17, (at) => toShip(9, { ...atPlatform, delivery_sla_time: secondsAt(at, 96) })),
  order(18, (at) => toShip(8, { is_buyer_request_cancel: true, request_cancel_time: secondsAt(at, -2) })),
  order(19, toShip(14), { before: [{ once: 'toPack', person: 'hold' }] }),
  order(20, waiting(20, { createdH: 30, sinceH: 10 })),
];

/** The platform cancels an order on its way, and says what for. */
const cancelledFor = (reason: string): DemoStep => ({ once: 'inTransit', platform: 'CANCELLED', agoH: 0, reason });

/** A pre-sale whose label is chosen before its release, of the one account that tells of a scan at once. */
const chosenAndReleased: readonly DemoStep[] = [
  { once: 'onHold', person: 'choose-label', body: () => ({ account: 'easypost' }) },
  { once: 'onHold', platform: 'AWAITING_SHIPMENT', agoH: 20 },
];

/** On the form of the day, which is made and scanned; and on the next one, which is open. */
const onForms: readonly DemoOrder[] = [
  order(21, toShip(28), { before: [packed] }),
  order(22, { ...toShip(32), items: 2 }, { before: [packed] }),
  order(23, toShip(34), { before: [packed], after: [moves] }),
  order(24, toShip(36), { before: [packed], after: [moves, arrives] }),
  order(25, toShip(11), { after: [packed] }),
  order(26, toShip(16), { after: [packed] }),
  // The platform cancels what the carrier has: a case is opened, and filed.
  order(58, (at) => ({ createdH: 200, status: 'ON_HOLD', more: announced('PRE_ORDER', secondsAt(at, 72)) }), {
    before: [...chosenAndReleased, packed],
    // The first scan after the form's may be the form's own; the second is the piece's.
    after: [
      moves,
      { ...moves, once: 'inTransit' },
      { ...cancelledFor('system_cancel_order_untracked'), isScanned: true },
    ],
  }),
  order(59, toShip(35), {
    before: [packed],
    after: [
      moves,
      { once: 'inTransit', carrier: 'return_to_sender' },
      cancelledFor('returned_to_shipper_no_such_address'),
    ],
  }),
];

type Stored = { readonly createdH: number; readonly sinceH: number; readonly deliverInH: number };

/** On its way from the platform's own store. */
const stored = (at: number, { createdH, sinceH, deliverInH }: Stored): Standing => ({
  ...{ createdH, sinceH, status: 'IN_TRANSIT' },
  more: { ...atPlatform, delivery_sla_time: secondsAt(at, deliverInH) },
});

/** On their way or over. They were sent before the shop was connected, so another tool made their labels. */
const sent: readonly DemoOrder[] = [
  order(27, onItsWay(27, { createdH: 96, sinceH: 60 })),
  order(28, onItsWay(28, { createdH: 120, sinceH: 96 }), { before: [cameAgo(20)] }),
  order(29, onItsWay(29, { createdH: 150, sinceH: 130 }), { before: [cameAgo(80), completedAgo(2)] }),
  order(30, { createdH: 0.5, status: 'ON_HOLD' }, { before: [{ once: 'onHold', buyer: 'cancels' }] }),
  order(31, toShip(120), { before: [{ once: 'toPack', platform: 'CANCELLED', agoH: 0 }] }),
  order(32, toShip(10), { before: [{ once: 'toPack', person: 'cancel' }] }),
  order(33, (at) => stored(at, { createdH: 50, sinceH: 20, deliverInH: 60 })),
  order(60, (at) => stored(at, { createdH: 130, sinceH: 100, deliverInH: -6 }), { before: [cameAgo(40)] }),
];

/** The orders of the demo shop, by id. Their ids never change: docs/tour.md names them. */
export const demoOrders: readonly DemoOrder[] = [
  ...sellers,
  ...platforms,
  ...announcedOrders,
  ...special,
  ...onForms,
  ...sent,
].sort((one, other) => Number(one.id.slice(-2)) - Number(other.id.slice(-2)));

/** The orders whose parcels are on the form that is made and scanned. */
export const onScannedForm: readonly string[] = [21, 22, 23, 24, 39, 58, 59].map(idOf);
