import { judge } from '../domain/batch/judge';
import { itemsOfOrders } from './batch-plan';
import type { BatchPorts } from './batch-ports';
import { keepSlip } from './packing-slip';

/** Makes the packing slips of an order that has its labels, and says how many there are. */
export async function keepSlips(ports: BatchPorts, ref: { shopId: string; orderId: string }): Promise<number> {
  const view = await ports.orderDesk.read(ref);
  if (view === undefined || view === 'silent') return 0;
  const judged = judge(view);
  const items = (await itemsOfOrders(ports, ref.shopId, [ref.orderId])).get(ref.orderId) ?? [];
  if (judged.kind !== 'ready' || items.length === 0) return 0;
  for (const [index, { itemIds, ...label }] of judged.labels.entries()) {
    const inParcel = itemIds === undefined ? items : items.filter(({ id }) => itemIds.includes(id));
    await keepSlip(ports, { ...ref, ...label, number: index + 1, of: judged.labels.length, items: inParcel });
  }
  return judged.labels.length;
}
