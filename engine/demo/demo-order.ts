import { dayOf, startOfDay } from '../../domain/time/days';
import type { Phase } from '../../domain/order/phase';
import { draftOf, trackingOf } from './draft';
import type { Draft, Standing } from './draft';

/** What people do here; their bodies are made from the demo's instant, so that a repeat is the same. */
interface PersonsStep {
  readonly person: 'packed' | 'handed-over' | 'reschedule' | 'choose-label' | 'hold' | 'cancel';
  readonly body?: (at: number) => object;
}

/** What happens outside: the platform's own moves, so many hours before the demo's instant; the carrier; the buyer. */
type OutsideStep =
  | { readonly platform: string; readonly agoH: number; readonly reason?: string }
  | { readonly carrier: string }
  | { readonly buyer: 'cancels' };

/** One thing that happens to a demo order, once the order stands at least in a phase. */
export type DemoStep = {
  readonly once: Phase;
  /** The carrier's own word was heard too: the platform may be quicker to tell of a scan. Only EasyPost's comes at once. */
  readonly isScanned?: true;
} & (PersonsStep | OutsideStep);

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

export const idOf = (serial: number): string => `5765000000000000${String(serial).padStart(2, '0')}`;

export const order = (
  serial: number,
  standing: Standing | ((at: number) => Standing),
  steps: Steps = {},
): DemoOrder => ({
  id: idOf(serial),
  draft: (at) => draftOf(idOf(serial), at, typeof standing === 'function' ? standing(at) : standing),
  before: steps.before ?? [],
  after: steps.after ?? [],
});

type More = NonNullable<Standing['more']>;

export const toShip = (createdH: number, more: More = {}): Standing => ({
  createdH,
  sinceH: createdH - 1,
  status: 'AWAITING_SHIPMENT',
  more,
});

export const byPlatform = { shipping_type: 'TIKTOK', delivery_option_name: 'TikTok Shipping' };
export const atPlatform = { ...byPlatform, fulfillment_type: 'FULFILLMENT_BY_TIKTOK' };

/** A kind of order with a day on which it is announced to leave. */
export const announced = (kind: string, releaseS: number): More => ({ order_type: kind, release_date: releaseS });

/** The beginning of a Pacific day that ends in 6 to 30 h: whenever the demo begins, there is time left, and not too much. */
export const releasedToday = (at: number): number => startOfDay(dayOf(at + 6 * hourMs, zone), zone) / 1_000;

export const packed: DemoStep = { once: 'toPack', person: 'packed' };
export const moves: DemoStep = { once: 'handedOver', carrier: 'in_transit' };
export const arrives: DemoStep = { once: 'inTransit', carrier: 'delivered' };
export const buyerCancels: DemoStep = { once: 'toPack', buyer: 'cancels' };

/** When somebody comes for a parcel, or when it is brought: the next day, before its 24 h are over. */
const planned = (method: 'pickup' | 'dropOff'): DemoStep => ({
  once: 'awaitingHandover',
  person: 'reschedule',
  body: (at) => ({ method, at: new Date(at + 20 * hourMs).toISOString() }),
});
export const pickupTomorrow = planned('pickup');
export const dropOffTomorrow = planned('dropOff');

const given = (method: 'pickup' | 'dropOff'): DemoStep => ({
  once: 'awaitingHandover',
  person: 'handed-over',
  body: () => ({ method }),
});
export const collected = given('pickup');
export const droppedOff = given('dropOff');

type Sent = { readonly createdH: number; readonly sinceH: number; readonly more?: More };

/** An order whose label another tool made before the shop was connected: it waits for the carrier, or is on its way. */
const adopted = (status: string, serial: number, sent: Sent): Standing => ({
  ...sent,
  status,
  tracking: trackingOf(serial),
});
export const waiting = (serial: number, sent: Sent): Standing => adopted('AWAITING_COLLECTION', serial, sent);
export const onItsWay = (serial: number, sent: Sent): Standing => adopted('IN_TRANSIT', serial, sent);

/** The platform says that an order on its way has arrived, so many hours ago; and that it is completed. */
export const cameAgo = (agoH: number): DemoStep => ({ once: 'inTransit', platform: 'DELIVERED', agoH });
export const completedAgo = (agoH: number): DemoStep => ({ once: 'delivered', platform: 'COMPLETED', agoH });
