import type { PlatformOrder, Recipient as OurRecipient } from '../../activities/ports';
import type { WireOrder } from '../../contracts/platform-order';
import type { DeadlineName, OrderFacts, OrderType } from '../../domain/order/facts';
import { PLATFORM_STATUS } from './status';
import { Recipient } from './wire';

const ORDER_TYPE: Partial<Record<string, OrderType>> = {
  PRE_ORDER: 'pre-sale',
  MADE_TO_ORDER: 'made-to-order',
  BACK_ORDER: 'back-order',
};

const CANCELLED_BY: Partial<Record<string, NonNullable<OrderFacts['cancelledBy']>>> = {
  BUYER: 'buyer',
  SELLER: 'seller',
};

/** Which of the platform's own times is which deadline. A time of 0 is no deadline. */
const PLATFORM_TIMES: [DeadlineName, (order: WireOrder) => number | undefined][] = [
  ['shipBy', (order) => order.rts_sla_time],
  ['collectBy', (order) => order.tts_sla_time],
  ['autoCancelUnpacked', (order) => order.shipping_due_time],
  ['autoCancelUncollected', (order) => order.collection_due_time],
  ['autoCancelUndelivered', (order) => order.delivery_due_time],
  ['deliverBy', (order) => order.delivery_sla_time],
];

const ms = (seconds: number): number => seconds * 1_000;

/** The platform's words end here. */
export function mapOrder(order: WireOrder): PlatformOrder {
  const recipient = mapRecipient(order);
  return { facts: mapFacts(order), deliveryOptionId: order.delivery_option_id, ...(recipient ? { recipient } : {}) };
}

function mapFacts(order: WireOrder): OrderFacts {
  const status = PLATFORM_STATUS[order.status];
  const tracking = mapTracking(order);
  return {
    createdAt: ms(order.create_time),
    status,
    statusAt: ms(order.update_time),
    orderType: ORDER_TYPE[order.order_type] ?? 'standard',
    shippingType: order.shipping_type === 'SELLER' ? 'seller' : 'platform',
    fulfilledBy: order.fulfillment_type === 'FULFILLMENT_BY_SELLER' ? 'seller' : 'platform',
    cancelRequested: order.is_buyer_request_cancel,
    itemIds: order.line_items.map(({ id }) => id),
    ...releaseOf(order),
    ...handlingOf(order),
    platformTimes: Object.fromEntries(
      PLATFORM_TIMES.flatMap(([name, timeOf]) => {
        const seconds = timeOf(order) ?? 0;
        return seconds > 0 ? [[name, ms(seconds)]] : [];
      }),
    ),
    ...(status === 'cancelled' ? cancellation(order) : {}),
    ...(tracking ? { tracking } : {}),
  };
}

/** Of a pre-order alone; 0 is none. */
function releaseOf({ release_date: seconds = 0 }: WireOrder): Pick<OrderFacts, 'releaseAt'> {
  return seconds > 0 ? { releaseAt: ms(seconds) } : {};
}

/** The days are a string of digits. */
function handlingOf({ handling_duration: handling }: WireOrder): Pick<OrderFacts, 'handling'> {
  const days = Number(handling?.days ?? 0);
  if (!Number.isInteger(days) || days <= 0) return {};
  return { handling: { days, counts: handling?.type === 'CALENDAR_DAY' ? 'calendarDays' : 'businessDays' } };
}

/** Reasons of the platform's own: facts, 4. */
function cancellation({ cancellation_initiator: by, cancel_reason: reason }: WireOrder): Partial<OrderFacts> {
  const cancelledBy = CANCELLED_BY[by ?? ''] ?? 'platform';
  if (reason.startsWith('returned_to_shipper')) return { cancelledBy, cancelledFor: 'returned' };
  return reason === 'package_lost' ? { cancelledBy, cancelledFor: 'lost' } : { cancelledBy };
}

/** The number on the order, or the one on its items: the platform fills either. */
function mapTracking(order: WireOrder): OrderFacts['tracking'] {
  const item = order.line_items.find(({ tracking_number: number }) => number !== undefined && number !== '');
  const number = order.tracking_number === '' ? undefined : order.tracking_number;
  const found = number ?? item?.tracking_number;
  if (found === undefined) return undefined;
  return { number: found, carrier: order.shipping_provider ?? item?.shipping_provider_name ?? '' };
}

/** Absent while the buyer may still cancel, and where the platform ships. */
function mapRecipient(order: WireOrder): OurRecipient | undefined {
  const address = Recipient.safeParse(order.recipient_address).data;
  if (address === undefined || address.address_line1 === '') return undefined;
  const level = (name: string): string =>
    address.district_info.find(({ address_level: at }) => at === name)?.address_name ?? '';
  return {
    name: address.name,
    phone: address.phone_number,
    street1: address.address_line1,
    street2: address.address_line2,
    city: level('L3'),
    state: level('L1'),
    zip: address.postal_code,
    country: address.region_code,
  };
}
