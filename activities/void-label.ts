import type { Answer } from '../domain/order/event';
import { activityWords } from '../words/activities';
import { sorted } from './outcome';
import type { Shop } from '../contracts/shop';
import { folderOfForm, hasScan } from './manifest-documents';
import type { Ports, Shipment } from './ports';
import { writableShop, type About } from './shop-of';

/** Asks the money of a label back, if there is one. A purchase whose outcome was never learned is settled here too. */
export async function voidLabel(ports: Ports, input: About & { shipmentId: string }): Promise<Answer> {
  return sorted(async () => {
    const { shop, assertWriting } = await writableShop(ports, input);
    const labels = ports.labelsOf(shop);
    const shipment = await labels.readShipment(input.shipmentId);
    if (shipment === undefined) return { kind: 'refused', reason: activityWords.shipmentUnknown(input.shipmentId) };
    if (!shipment.isPaid) return { kind: 'nothingToVoid' };
    if (!shipment.isVoided && (await wasScanned(ports, shop, shipment))) {
      return { kind: 'refused', reason: activityWords.formScanned(input.shipmentId) };
    }
    if (!shipment.isVoided) await assertWriting();
    const { isVoided } = shipment.isVoided ? shipment : await labels.refund(input.shipmentId);
    return isVoided ? { kind: 'voided' } : { kind: 'refused', reason: activityWords.refundRejected(input.shipmentId) };
  });
}

/**
 * Whether a person showed that the form of a parcel was scanned: then the carrier has it. The order knows that too, unless it
 * began anew without the messages that it had.
 */
async function wasScanned(ports: Ports, shop: Shop, { formId }: Shipment): Promise<boolean> {
  if (formId === undefined) return false;
  const folder = await folderOfForm(ports, ports.formsOf(shop).account, formId);
  return folder !== undefined && (await hasScan(ports, folder));
}
