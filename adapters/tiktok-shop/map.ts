import type { PlatformOrder, Recipient as OurRecipient } from '../../activities/ports';
import type { WireOrder } from '../../contracts/platform-order';
import type { DeadlineName, OrderFacts, OrderType } from '../../domain/order/facts';
import { cancellationOf, refundOf } from './endings';
import { combineGroupOf, liveItemsOf, orderItemsOf, parcelsOf, trackingOf } from './items';
import { statusOf } from './status';
import { Recipient } from './wire';

/** What is not here is sold and sent as any other order: a raffle's `ZERO_LOTTERY`, and whatever comes. */
const ORDER_TYPE: Partial<Record<string, OrderType>> = {
  PRE_ORDER: 'pre-sale',
  MADE_TO_ORDER: 'made-to-order',
  BACK_ORDER: 'back-order',
};

/** Which of the platform's own times is which deadline. A time of 0 is no deadline. */
const PLATFORM_TIMES: [DeadlineName, (order: WireOrder) => number | null | undefined][] = [
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
  const recipient = recipientOf(order);
  return {
    facts: factsOf(order),
    deliveryOptionId: order.delivery_option_id,
    ...(order.warehouse_id === undefined ? {} : { warehouseId: order.warehouse_id }),
    ...(recipient ? { recipient } : {}),
    items: orderItemsOf(order),
  };
}

function factsOf(order: WireOrder): OrderFacts {
  const status = statusOf(order);
  const tracking = trackingOf(order);
  return {
    createdAt: ms(order.create_time),
    status,
    statusAt: ms(order.update_time),
    orderType: ORDER_TYPE[order.order_type] ?? 'standard',
    shippingType: order.shipping_type === 'SELLER' ? 'seller' : 'platform',
    fulfilledBy: order.fulfillment_type === 'FULFILLMENT_BY_SELLER' ? 'seller' : 'platform',
    cancelRequested: order.is_buyer_request_cancel,
    itemIds: liveItemsOf(order).map(({ id }) => id),
    ...releaseOf(order),
    ...handlingOf(order),
    ...purposeOf(order),
    ...combineGroupOf(order),
    ...parcelsOf(order),
    ...refundOf(order),
    platformTimes: platformTimesOf(order),
    ...(status === 'cancelled' ? cancellationOf(order) : {}),
    ...(tracking ? { tracking } : {}),
  };
}

function platformTimesOf(order: WireOrder): OrderFacts['platformTimes'] {
  const named = PLATFORM_TIMES.flatMap(([name, timeOf]): [DeadlineName, number][] => {
    const seconds = timeOf(order) ?? 0;
    return seconds > 0 ? [[name, ms(seconds)]] : [];
  });
  return { ...autoCancelOf(order), ...Object.fromEntries(named) };
}

const BEFORE_COLLECTION: readonly string[] = ['UNPAID', 'ON_HOLD', 'AWAITING_SHIPMENT', 'PARTIALLY_SHIPPING'];

/** The one instant of cancelling that says not what for: of the next step that is still to come, where that has none of its own. */
function autoCancelOf({ status, cancel_order_sla_time: time }: WireOrder): OrderFacts['platformTimes'] {
  const seconds = time ?? 0;
  if (seconds <= 0) return {};
  if (BEFORE_COLLECTION.includes(status)) return { autoCancelUnpacked: ms(seconds) };
  return status === 'AWAITING_COLLECTION' ? { autoCancelUncollected: ms(seconds) } : {};
}

/** Of a pre-order alone; 0 is none. */
function releaseOf({ release_date: seconds }: WireOrder): Pick<OrderFacts, 'releaseAt'> {
  return (seconds ?? 0) > 0 ? { releaseAt: ms(seconds ?? 0) } : {};
}

/** The days are a string of digits. */
function handlingOf({ handling_duration: handling }: WireOrder): Pick<OrderFacts, 'handling'> {
  const days = Number(handling?.days ?? 0);
  if (!Number.isInteger(days) || days <= 0) return {};
  return { handling: { days, counts: handling?.type === 'CALENDAR_DAY' ? 'calendarDays' : 'businessDays' } };
}

function purposeOf(order: WireOrder): Pick<OrderFacts, 'madeFor'> {
  if (order.is_sample_order === true) return { madeFor: 'sample' };
  if (order.is_replacement_order === true) return { madeFor: 'replacement' };
  return order.is_exchange_order === true ? { madeFor: 'exchange' } : {};
}

/** Absent while the buyer may still cancel, and where the platform ships: what it shows then is masked. */
function recipientOf(order: WireOrder): OurRecipient | undefined {
  const isOurs = order.shipping_type === 'SELLER' && order.fulfillment_type === 'FULFILLMENT_BY_SELLER';
  const address = isOurs ? Recipient.safeParse(order.recipient_address).data : undefined;
  if (address === undefined || address.address_line1 === '' || address.address_line1.includes('***')) return undefined;
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
