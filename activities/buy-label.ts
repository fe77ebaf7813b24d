import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { Answer } from '../domain/order/event';
import type { OrderFacts } from '../domain/order/facts';
import { allowsWriting, type ParcelScope } from '../domain/order/gate';
import type { Handover, LabelHandle } from '../domain/order/state';
import { isOther } from '../domain/order/replace';
import { marked } from './marked';
import { sorted } from './outcome';
import { activityWords } from '../words/activities';
import type { LabelProvider, Ports, Shipment } from './ports';
import { labelFileKey, rememberOwner, type Purchase } from './purchase-documents';
import { labelsFor, readOrder, writableShop, type About } from './shop-of';

type Input = About & Purchase & ParcelScope & { handle: LabelHandle };

/**
 * Buys one prepared label. Every attempt first reads back whether an earlier one already did; then the order is read again;
 * then one call is made. The prepared shipment can be charged once only, so two attempts at once cost one label.
 */
export async function buyLabel(ports: Ports, input: Input): Promise<Answer> {
  return sorted(async () => {
    const { shop, platform, assertWriting } = await writableShop(ports, input);
    const shippingType = input.handle.from ?? 'seller';
    const labels = labelsFor(ports, shop, shippingType);
    const known = await labels.readShipment(input.handle.shipmentId);
    // It was there when it was prepared: whether money was spent on it is for a person to find out.
    if (known === undefined) throw unclear('bug', 'unknown shipment');
    if (known.isPaid) return keep(ports, input, { bought: known, labels });
    const facts = marked(ports, await readOrder(platform, input));
    if (!allowsWriting(facts, input) || isForElsewhere(input.handle, facts)) return { kind: 'orderChanged' };
    if (facts.shippingType !== shippingType) return { kind: 'refused', reason: activityWords.shippingTypeChanged };
    await assertWriting();
    const bought = await labels.buy(input.handle.shipmentId, input.handle.rateId);
    return keep(ports, input, { bought, labels });
  });
}

/** The buyer's address changed after the label was chosen. */
const isForElsewhere = ({ addressMark }: LabelHandle, facts: OrderFacts): boolean =>
  addressMark !== undefined && facts.addressMark !== undefined && isOther(addressMark, facts.addressMark);

const unclear = (outcome: AdapterOutcome, code: string): AdapterError =>
  new AdapterError(outcome, { provider: 'label provider', call: 'buy', code });

async function keep(
  ports: Ports,
  { shopId, orderId, package: parcel, attempt }: Input,
  { bought, labels }: { bought: Shipment; labels: LabelProvider },
): Promise<Answer> {
  if (bought.isVoided) return { kind: 'voided' };
  // Paid for, and the number comes later: asking for another label would be paying twice.
  if (bought.label === undefined)
    throw unclear('outcomeUnknown', bought.isPaid ? 'no tracking number yet' : 'not paid');
  const { trackingNumber, carrier, priceCents } = bought.label;
  await rememberOwner(ports, trackingNumber, { shopId, orderId, package: parcel, attempt });
  // Whether its file can be had now says nothing of the purchase: it is fetched by itself where it cannot.
  const isKept = await keepFile(ports, { shopId, orderId, package: parcel, attempt }, { bought, labels });
  const answer = { kind: 'bought', trackingNumber, carrier, priceCents, ...handoverOf(bought) } as const;
  return isKept ? answer : { ...answer, fileMissing: true };
}

/** As the platform has it collected, where it says so. */
const handoverOf = ({ handover }: Shipment): { handover?: Handover } =>
  handover === undefined
    ? {}
    : { handover: { method: handover.method, ...(handover.from === undefined ? {} : { at: handover.from }) } };

type Sale = { bought: Shipment; labels: LabelProvider };

async function keepFile(ports: Ports, purchase: Purchase, { bought, labels }: Sale): Promise<boolean> {
  if (labels.document === undefined) return true;
  try {
    await ports.documents.putFileIfAbsent(labelFileKey(purchase), await labels.document(bought.id));
    return true;
  } catch (error) {
    if (error instanceof AdapterError) return false;
    throw error;
  }
}
