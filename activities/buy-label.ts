import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { Answer } from '../domain/order/event';
import { allowsWriting } from '../domain/order/gate';
import type { LabelHandle } from '../domain/order/state';
import { sorted } from './outcome';
import type { Ports, Shipment } from './ports';
import { rememberOwner, type Purchase } from './purchase-documents';
import { readOrder, shopOf, type About } from './shop-of';

type Input = About & Purchase & { handle: LabelHandle };

/**
 * Buys one prepared label. Every attempt first reads back whether an earlier one already did; then the order is read again;
 * then one call is made. The prepared shipment can be charged once only, so two attempts at once cost one label.
 */
export async function buyLabel(ports: Ports, input: Input): Promise<Answer> {
  return sorted(async () => {
    const { platform, labels } = await shopOf(ports, input);
    const known = await labels.readShipment(input.handle.shipmentId);
    // It was there when it was prepared: whether money was spent on it is for a person to find out.
    if (known === undefined) throw unclear('bug', 'unknown shipment');
    if (known.isPaid) return keep(ports, input, known);
    const { facts } = await readOrder(platform, input);
    if (!allowsWriting(facts)) return { kind: 'orderChanged' };
    return keep(ports, input, await labels.buy(input.handle.shipmentId, input.handle.rateId));
  });
}

const unclear = (outcome: AdapterOutcome, code: string): AdapterError =>
  new AdapterError(outcome, { provider: 'label provider', call: 'buy', code });

async function keep(
  ports: Ports,
  { shopId, orderId, package: parcel, attempt }: Input,
  bought: Shipment,
): Promise<Answer> {
  if (bought.isVoided) return { kind: 'voided' };
  // Paid for, and the number comes later: asking for another label would be paying twice.
  if (bought.label === undefined)
    throw unclear('outcomeUnknown', bought.isPaid ? 'no tracking number yet' : 'not paid');
  const { trackingNumber, carrier, priceCents } = bought.label;
  await rememberOwner(ports, trackingNumber, { shopId, orderId, package: parcel, attempt });
  return { kind: 'bought', trackingNumber, carrier, priceCents };
}
