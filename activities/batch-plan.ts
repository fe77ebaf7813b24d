import { ApplicationFailure } from '@temporalio/common';
import { AdapterError } from '../contracts/adapter-error';
import type { BatchPlan } from '../contracts/batch';
import { batchActivityWords } from '../words/batch';
import { readOrders, readPlan, settlePlan, type BatchRef } from './batch-documents';
import type { BatchPorts } from './batch-ports';
import { failureOf } from './outcome';
import { binsOf, byPlace } from './packing-slip';
import type { OrderItem, PlatformOrder } from './ports';
import { shopOf } from './shop-of';

/**
 * The members in the order of picking: by the bin of their first item, then its SKU, then the order's id. The first plan stands, so
 * that a label keeps its number whatever happens to the worker or the catalogue meanwhile.
 */
export async function planBatch(ports: BatchPorts, ref: BatchRef): Promise<BatchPlan> {
  const known = await readPlan(ports, ref);
  if (known !== undefined) return known;
  const orders = await readOrders(ports, ref);
  if (orders.length === 0) throw ApplicationFailure.nonRetryable(batchActivityWords.unknownBatch(ref.batchId), 'bug');
  const itemsOf = await itemsOfOrders(ports, ref.shopId, orders);
  const bins = await binsOf(ports, ref.shopId, [...itemsOf.values()].flat());
  const placed = orders.map((orderId) => ({ orderId, ...firstPlace(itemsOf.get(orderId) ?? [], bins) }));
  placed.sort((a, b) => byPlace(a, b) || compareIds(a.orderId, b.orderId));
  return settlePlan(ports, ref, { begunAt: Date.now(), orders: placed.map(({ orderId }) => orderId) });
}

type Place = { sku: string; bin?: string };

/** After every SKU: what the platform does not tell of is looked for last. */
const LAST = '\uffff';

function firstPlace(items: readonly OrderItem[], bins: ReadonlyMap<string, string>): Place {
  const places = items.map(({ sku }): Place => {
    const bin = bins.get(sku);
    return bin === undefined ? { sku } : { sku, bin };
  });
  return places.sort(byPlace)[0] ?? { sku: LAST };
}

const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

/** What is in each order, as the platform tells it now. The recipients that come with it go no further. */
export async function itemsOfOrders(
  ports: BatchPorts,
  shopId: string,
  orderIds: readonly string[],
): Promise<Map<string, OrderItem[]>> {
  const { platform } = await shopOf(ports, { shopId });
  try {
    const read = await platform.readOrders([...orderIds]);
    return new Map(read.map(({ orderId, items }: PlatformOrder & { orderId: string }) => [orderId, items ?? []]));
  } catch (error) {
    throw error instanceof AdapterError ? failureOf(error) : error;
  }
}
