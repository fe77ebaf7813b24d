import type { Answer } from '../domain/order/event';
import { allowsWriting } from '../domain/order/gate';
import type { LabelHandle } from '../domain/order/state';
import { sorted } from './outcome';
import type { Ports, Shipment } from './ports';
import { readOrder, shopOf, type About } from './shop-of';

type Input = About & { package: string; attempt: number; handle: LabelHandle };

/** Whose parcel a carrier speaks of when it names only a tracking number. */
const trackingKey = (trackingNumber: string): string => `labels/by-tracking/${trackingNumber}`;

/**
 * Buys one prepared label. Every attempt first reads back whether an earlier one already did; then the order is read again;
 * then one call is made. The prepared shipment can be charged once only, so two attempts at once cost one label.
 */
export async function buyLabel(ports: Ports, input: Input): Promise<Answer> {
  return sorted(async () => {
    const { platform, labels } = await shopOf(ports, input);
    const known = await labels.readShipment(input.handle.shipmentId);
    if (known === undefined) return { kind: 'reRate' };
    if (known.label !== undefined) return keep(ports, input, known);
    const { facts } = await readOrder(platform, input);
    if (!allowsWriting(facts)) return { kind: 'orderChanged' };
    return keep(ports, input, await labels.buy(input.handle.shipmentId, input.handle.rateId));
  });
}

async function keep(ports: Ports, { shopId, orderId, package: parcel }: Input, bought: Shipment): Promise<Answer> {
  if (bought.isVoided) return { kind: 'voided' };
  if (bought.label === undefined) return { kind: 'reRate' };
  const { trackingNumber, carrier, priceCents } = bought.label;
  await ports.documents.putIfAbsent(trackingKey(trackingNumber), JSON.stringify({ shopId, orderId, package: parcel }));
  return { kind: 'bought', trackingNumber, carrier, priceCents };
}
