import { dayOf, startOfDay } from '../../domain/time/days';
import type { Phase } from '../../domain/order/phase';
import { draftOf, secondsAt, trackingOf } from './draft';
import type { Draft, Standing } from './draft';

/** What people do here; their bodies are made from the demo's instant, so that a repeat is the same. */
interface PersonsStep {
  readonly person: 'packed' | 'handed-over' | 'reschedule' | 'hold' | 'cancel';
  readonly body?: (at: number) => object;
}

/** What happens outside: the platform's own moves, so many hours before the demo's instant; the carrier; the buyer. */
type OutsideStep =
  { readonly platform: string; readonly agoH: number } | { readonly carrier: string } | { readonly buyer: 'cancels' };

/** One thing that happens to a demo order, once the order stands at least in a phase. */
export type DemoStep = { readonly once: Phase } & (PersonsStep | OutsideStep);

/** One order of the demo shop. */
export interface DemoOrder {
  readonly id: string;
  readonly draft: (at: number) => Draft;
  /** Until the form of the day is made and scanned. */
  readonly before: readonly DemoStep[];
  /** From then on: what is packed now is on the next form, which is open. */
  readonly after: readonly DemoStep[];
}

type Steps = Partial<Pick<DemoOrder, 'before' | 'after'>>;

/** The platform's zone: a release date is a day there. */
const zone = 'America/Los_Angeles';

const hourMs = 3_600_000;

const idOf = (serial: number): string => `5765000000000000${String(serial).padStart(2, '0')}`;

const order = (serial: number, standing: Standing | ((at: number) => Standing), steps: Steps = {}): DemoOrder => ({
  id: idOf(serial),
  draft: (at) => draftOf(idOf(serial), at, typeof standing === 'function' ? standing(at) : standing),
  before: steps.before ?? [],
  after: steps.after ?? [],
});

type More = NonNullable<Standing['more']>;

const toShip = (createdH: number, more: More = {}): Standing => ({
  createdH,
  sinceH: createdH - 1,
  status: 'AWAITING_SHIPMENT',
  more,
});

const byPlatform = { shipping_type: 'TIKTOK', delivery_option_name: 'TikTok Shipping' };
const atPlatform = { ...byPlatform, fulfillment_type: 'FULFILLMENT_BY_TIKTOK' };

/** A kind of order with a day on which it is announced to leave. */
const announced = (kind: string, releaseS: number): More => ({ order_type: kind, release_date: releaseS });

/** The beginning of a Pacific day that ends in 6 to 30 h: whenever the demo begins, there is time left, and not too much. */
const releasedToday = (at: number): number => startOfDay(dayOf(at + 6 * hourMs, zone), zone) / 1_000;

const packed: DemoStep = { once: 'toPack', person: 'packed' };
const moves: DemoStep = { once: 'handedOver', carrier: 'in_transit' };
const arrives: DemoStep = { once: 'inTransit', carrier: 'delivered' };

const pickupTomorrow: DemoStep = {
  once: 'awaitingHandover',
  person: 'reschedule',
  body: (at) => ({ method: 'pickup', at: new Date(at + 20 * hourMs).toISOString() }),
};
const droppedOff: DemoStep = { once: 'awaitingHandover', person: 'handed-over', body: () => ({ method: 'dropOff' }) };

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
  order(10, { createdH: 70, sinceH: 50, status: 'IN_TRANSIT', tracking: trackingOf(10), more: byPlatform }),
];

/** Orders with an announced day. */
const announcedOrders: readonly DemoOrder[] = [
  order(11, (at) => ({ createdH: 72, status: 'ON_HOLD', more: announced('PRE_ORDER', secondsAt(at, 216)) })),
  order(12, (at) => toShip(250, announced('PRE_ORDER', releasedToday(at)))),
  order(13, (at) => toShip(260, announced('PRE_ORDER', releasedToday(at))), { after: [packed] }),
  order(14, (at) => toShip(60, announced('MADE_TO_ORDER', secondsAt(at, 120)))),
  order(15, (at) => ({
    ...{ createdH: 144, sinceH: 36, status: 'IN_TRANSIT', tracking: trackingOf(15) },
    more: announced('MADE_TO_ORDER', secondsAt(at, -24)),
  })),
  order(16, (at) => toShip(40, announced('BACK_ORDER', secondsAt(at, 144)))),
];

/** Orders that somebody else has a word in: the platform's own store, the buyer, a person here, another tool. */
const special: readonly DemoOrder[] = [
  order(17, (at) => toShip(9, { ...atPlatform, delivery_sla_time: secondsAt(at, 96) })),
  order(18, (at) => toShip(8, { is_buyer_request_cancel: true, request_cancel_time: secondsAt(at, -2) })),
  order(19, toShip(14), { before: [{ once: 'toPack', person: 'hold' }] }),
  order(20, { createdH: 30, sinceH: 10, status: 'AWAITING_COLLECTION', tracking: trackingOf(20) }),
];

/** On the form of the day, which is made and scanned; and on the next one, which is open. */
const onForms: readonly DemoOrder[] = [
  order(21, toShip(28), { before: [packed] }),
  order(22, { ...toShip(32), items: 2 }, { before: [packed] }),
  order(23, toShip(34), { before: [packed], after: [moves] }),
  order(24, toShip(36), { before: [packed], after: [moves, arrives] }),
  order(25, toShip(11), { after: [packed] }),
  order(26, toShip(16), { after: [packed] }),
];

/** On their way or over. They were sent before the shop was connected, so another tool made their labels. */
const sent: readonly DemoOrder[] = [
  order(27, { createdH: 96, sinceH: 60, status: 'IN_TRANSIT', tracking: trackingOf(27) }),
  order(
    28,
    { createdH: 120, sinceH: 96, status: 'IN_TRANSIT', tracking: trackingOf(28) },
    { before: [{ once: 'inTransit', platform: 'DELIVERED', agoH: 20 }] },
  ),
  order(
    29,
    { createdH: 150, sinceH: 130, status: 'IN_TRANSIT', tracking: trackingOf(29) },
    {
      before: [
        { once: 'inTransit', platform: 'DELIVERED', agoH: 80 },
        { once: 'delivered', platform: 'COMPLETED', agoH: 2 },
      ],
    },
  ),
  order(30, { createdH: 0.5, status: 'ON_HOLD' }, { before: [{ once: 'onHold', buyer: 'cancels' }] }),
  order(31, toShip(120), { before: [{ once: 'toPack', platform: 'CANCELLED', agoH: 0 }] }),
  order(32, toShip(10), { before: [{ once: 'toPack', person: 'cancel' }] }),
  order(33, (at) => ({
    ...{ createdH: 50, sinceH: 20, status: 'IN_TRANSIT' },
    more: { ...atPlatform, delivery_sla_time: secondsAt(at, 60) },
  })),
];

/** The orders of the demo shop. Their ids never change: docs/tour.md names them. */
export const demoOrders: readonly DemoOrder[] = [
  ...sellers,
  ...platforms,
  ...announcedOrders,
  ...special,
  ...onForms,
  ...sent,
];

/** The orders whose parcels are on the form that is made and scanned. */
export const onScannedForm: readonly string[] = [21, 22, 23, 24].map(idOf);
