import { trackingOf } from '../domain/order/facts';
import type { Answer } from '../domain/order/event';
import { sorted } from './outcome';
import type { Ports } from './ports';
import { readOrder, writableShop, type About } from './shop-of';

type Input = About & { itemIds: string[]; trackingNumber: string; carrier: string; isSplit?: true };

/** Puts the number of a new label in the place of the old one's. The platform takes one correction: it is read back first. */
export async function correctTracking(ports: Ports, input: Input): Promise<Answer> {
  return sorted(async () => {
    const { orderId, itemIds, trackingNumber, carrier, isSplit } = input;
    const { platform, assertWriting } = await writableShop(ports, input);
    const { facts, deliveryOptionId } = await readOrder(platform, input);
    if (trackingOf(facts, itemIds)?.number === trackingNumber) return { kind: 'uploaded', at: facts.statusAt };
    if (facts.status !== 'awaitingShipment' && facts.status !== 'awaitingCollection') return { kind: 'orderChanged' };
    const split = isSplit === undefined ? {} : { isSplit };
    await assertWriting();
    await platform.correctTracking({ orderId, deliveryOptionId, itemIds, trackingNumber, carrier, ...split });
    return { kind: 'uploaded' };
  });
}
