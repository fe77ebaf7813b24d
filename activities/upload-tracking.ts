import type { Answer } from '../domain/order/event';
import { allowsWriting } from '../domain/order/gate';
import { sorted } from './outcome';
import type { Ports } from './ports';
import { readOrder, shopOf, type About } from './shop-of';

type Input = About & { itemIds: string[]; trackingNumber: string; carrier: string };

/** Tells the platform under which number the parcel goes. The platform takes a correction once only: read back first. */
export async function uploadTracking(ports: Ports, input: Input): Promise<Answer> {
  return sorted(async () => {
    const { orderId, itemIds, trackingNumber, carrier } = input;
    const { platform } = await shopOf(ports, input);
    const { facts, deliveryOptionId } = await readOrder(platform, input);
    if (facts.tracking?.number === trackingNumber) return { kind: 'uploaded', at: facts.statusAt };
    if (!allowsWriting(facts) || facts.shippingType !== 'seller') return { kind: 'orderChanged' };
    const answer = await platform.markShipped({ orderId, deliveryOptionId, itemIds, trackingNumber, carrier });
    return { kind: 'uploaded', ...answer };
  });
}
