import type { OrderNotice } from '../../domain/order/event';

/** What a topic is about, in our words. */
type TopicKind = 'status' | 'readAgain' | 'deauthorised' | 'expiring';

/** A topic that we take. */
export type Topic = {
  /** The number in the envelope. */
  type: number;
  /** The name under which it is registered. */
  eventType: string;
  /** The last part of the address that it is sent to: TikTok advises against going by the number alone. */
  slug: string;
  kind: TopicKind;
  about?: NonNullable<OrderNotice['about']>;
};

/** Source: Partner Center, "TikTok Shop webhooks overview" and the page of each topic. */
export const TOPICS: readonly Topic[] = [
  { type: 1, eventType: 'ORDER_STATUS_CHANGE', slug: 'order-status-change', kind: 'status' },
  { type: 2, eventType: 'REVERSE_STATUS_UPDATE', slug: 'reverse-status-update', kind: 'readAgain', about: 'afterSale' },
  {
    type: 3,
    eventType: 'RECIPIENT_ADDRESS_UPDATE',
    slug: 'recipient-address-update',
    kind: 'readAgain',
    about: 'address',
  },
  { type: 4, eventType: 'PACKAGE_UPDATE', slug: 'package-update', kind: 'readAgain', about: 'parcels' },
  { type: 6, eventType: 'SELLER_DEAUTHORIZATION', slug: 'seller-deauthorization', kind: 'deauthorised' },
  {
    type: 7,
    eventType: 'UPCOMING_AUTHORIZATION_EXPIRATION',
    slug: 'upcoming-authorization-expiration',
    kind: 'expiring',
  },
  {
    type: 11,
    eventType: 'CANCELLATION_STATUS_CHANGE',
    slug: 'cancellation-status-change',
    kind: 'readAgain',
    about: 'afterSale',
  },
  { type: 12, eventType: 'RETURN_STATUS_CHANGE', slug: 'return-status-change', kind: 'readAgain', about: 'afterSale' },
];

/** Products, conversations, invoices, activities: known, and nothing that an order has to hear. */
export const OTHER_TYPES: readonly number[] = [5, 13, 14, 15, 16, 19, 21, 22, 33, 36, 37, 42, 52, 63, 66];
