/** Where the webhooks of one event type go for one shop. Instants are epoch milliseconds of the wall clock. */
export type RegisteredWebhook = {
  readonly eventType: string;
  readonly address: string;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** The numbers of the consent's own topics. */
export const SELLER_DEAUTHORIZATION = 6;
export const UPCOMING_AUTHORIZATION_EXPIRATION = 7;

/** TikTok's names of the topics that it numbers in a webhook (partner.tiktokshop.com, TikTok Shop webhooks overview). */
const EVENT_TYPES: Readonly<Record<number, string>> = {
  1: 'ORDER_STATUS_CHANGE',
  2: 'REVERSE_STATUS_UPDATE',
  3: 'RECIPIENT_ADDRESS_UPDATE',
  4: 'PACKAGE_UPDATE',
  5: 'PRODUCT_STATUS_CHANGE',
  [SELLER_DEAUTHORIZATION]: 'SELLER_DEAUTHORIZATION',
  [UPCOMING_AUTHORIZATION_EXPIRATION]: 'UPCOMING_AUTHORIZATION_EXPIRATION',
  11: 'CANCELLATION_STATUS_CHANGE',
  12: 'RETURN_STATUS_CHANGE',
  13: 'NEW_CONVERSATION',
  14: 'NEW_MESSAGE',
};

/** Whether webhooks of this name can be registered. */
export function isEventType(name: string): boolean {
  return Object.values(EVENT_TYPES).includes(name);
}

/** The name of a webhook's topic, read from its body; none if it has no name here. */
export function eventTypeOf(body: string): string | undefined {
  const { type } = JSON.parse(body) as { type: number };
  return EVENT_TYPES[type];
}
