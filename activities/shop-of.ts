import { ApplicationFailure } from '@temporalio/common';
import type { Shop } from '../contracts/shop';
import type { OrderFacts } from '../domain/order/facts';
import { activityWords } from '../words/activities';
import type { LabelProvider, Platform, PlatformOrder, Ports } from './ports';

/** Which order an activity is about, and the order's own time: an activity never decides by its own clock. */
export type About = { shopId: string; orderId: string; at: number };

/** The shop that an order belongs to, with its connections. A shop may be configured after its first order came in. */
export async function shopOf(
  ports: Ports,
  { shopId }: Pick<About, 'shopId'>,
): Promise<{ shop: Shop; platform: Platform }> {
  const shop = await ports.findShop(shopId);
  if (shop === undefined) throw ApplicationFailure.retryable(activityWords.unknownShop(shopId), 'retryLater');
  return { shop, platform: ports.platformOf(shop) };
}

/** The order as the platform has it now: read before every write. */
export async function readOrder(platform: Platform, { orderId }: Pick<About, 'orderId'>): Promise<PlatformOrder> {
  const order = await platform.readOrder(orderId);
  if (order === undefined) throw ApplicationFailure.retryable(activityWords.unknownOrder(orderId), 'retryLater');
  return order;
}

/** Whose labels an order gets: its shipping type alone says it, as the platform has it now. */
export const labelsFor = (ports: Ports, shop: Shop, shippingType: OrderFacts['shippingType']): LabelProvider =>
  shippingType === 'platform' ? ports.platformLabelsOf(shop) : ports.labelsOf(shop);
