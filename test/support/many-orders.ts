import { newId, sampleOrder, type SampleOrder } from '../../stories/sample-order';

/** So many sample orders with ids in a row: those that are made by chance are the same now and then among thousands. */
export function manyOrders(count: number, wish: Parameters<typeof sampleOrder>[0]): SampleOrder[] {
  const first = BigInt(newId());
  return Array.from({ length: count }, (_, index) => sampleOrder({ ...wish, id: String(first + BigInt(index)) }));
}
