import { sampleOrder, type SampleOrder } from './sample-order';
import { DAY_MS, HOUR_MS } from './story';
import type { Stage } from './stage';

/** What happens in more than one story. */

/** Places one order that was created just now. */
export async function placed(stage: Stage, more: Record<string, unknown> = {}): Promise<SampleOrder> {
  const order = sampleOrder({ createdAt: await stage.now(), ...more });
  await stage.place(order);
  return order;
}

/** An order that the platform ships. */
export const platformShipping = { shipping_type: 'TIKTOK', delivery_option_name: 'TikTok Shipping' };

/** The buyer's hour ends, the label is bought, and the parcel is packed that afternoon. */
export async function packedSameDay(stage: Stage, orderId: string): Promise<void> {
  await stage.advance(5 * HOUR_MS);
  await stage.person(orderId, 'packed');
}

/** The form of the day is made and scanned at the counter. */
export async function formScanned(stage: Stage, orderId: string): Promise<void> {
  await stage.closeForm(orderId);
  await stage.advance(HOUR_MS);
  await stage.reportScan(orderId);
}

/** The carrier's first scan of the piece, which the platform sees too. */
export async function moves(stage: Stage, orderId: string): Promise<void> {
  await stage.control('POST', `/orders/${orderId}/carrier`, { status: 'in_transit' });
  await stage.settle();
}

/** From moving to the end: delivered after two days, completed after three more. */
export async function delivered(stage: Stage, orderId: string): Promise<void> {
  await stage.advance(2 * DAY_MS);
  await stage.control('POST', `/orders/${orderId}/carrier`, { status: 'delivered' });
  await stage.advance(3 * DAY_MS);
  await stage.control('POST', `/orders/${orderId}/status`, { status: 'COMPLETED' });
  await stage.settle();
}

export async function movedAndDelivered(stage: Stage, orderId: string): Promise<void> {
  await moves(stage, orderId);
  await delivered(stage, orderId);
}

/** An order that was sent in time and is moving: its form was scanned 5 h before its parcel. */
export async function onItsWay(stage: Stage): Promise<string> {
  const { id } = await placed(stage);
  await packedSameDay(stage, id);
  await formScanned(stage, id);
  await stage.advance(5 * HOUR_MS);
  await moves(stage, id);
  return id;
}
