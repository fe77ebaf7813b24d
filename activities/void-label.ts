import type { Answer } from '../domain/order/event';
import { activityWords } from '../words/activities';
import { sorted } from './outcome';
import type { Ports } from './ports';
import { shopOf, type About } from './shop-of';

/** Asks the money of a label back, if there is one. A purchase whose outcome was never learned is settled here too. */
export async function voidLabel(ports: Ports, input: About & { shipmentId: string }): Promise<Answer> {
  return sorted(async () => {
    const { labels } = await shopOf(ports, input);
    const shipment = await labels.readShipment(input.shipmentId);
    if (shipment === undefined) return { kind: 'refused', reason: activityWords.shipmentUnknown(input.shipmentId) };
    if (!shipment.isPaid) return { kind: 'nothingToVoid' };
    const { isVoided } = shipment.isVoided ? shipment : await labels.refund(input.shipmentId);
    return isVoided ? { kind: 'voided' } : { kind: 'refused', reason: activityWords.refundRejected(input.shipmentId) };
  });
}
