import { ORDER_LIFECYCLE } from '../../workflows/messages';
import { inBatches } from '../../engine/shop-workflows';
import { manyOrders } from '../support/many-orders';
import { beginSweep } from '../support/sweeping';
import { untilTrue } from '../support/until';
import { must, type Check } from './check';

const SIZE = { sample: 40, all: 1_000 } as const;
const LOST_OF = 20;
const PATIENCE_MS = 300_000;

/** One webhook in twenty is lost: the sweep finds every order that it was about, and tells no other. */
export const sweep: Check = async (floor, size) => {
  const stage = await floor.stage();
  const sweeping = await beginSweep(floor, stage, { dayMinutes: 5, nightMinutes: 15 });
  const createdAt = (await stage.now()) - 60_000;
  const orders = manyOrders(SIZE[size], { createdAt, status: 'AWAITING_SHIPMENT' });
  await inBatches([...orders.entries()], ([index, order]) =>
    // Of these no webhook comes.
    stage.control('PUT', `/orders/${order.id}?silent=${index % LOST_OF === 0}`, order),
  );
  const lost = Math.ceil(orders.length / LOST_OF);
  const query = `ShopId = "${stage.shopId}" AND WorkflowType = "${ORDER_LIFECYCLE}"`;
  const known = async (): Promise<number> => (await floor.client.workflow.count(query)).count;
  await untilTrue('webhooks have come', async () => (await known()) >= orders.length - lost, PATIENCE_MS);
  must('orders known by webhook', await known(), orders.length - lost);
  const begunAt = Date.now();
  const found = await sweeping.look();
  const seconds = (Date.now() - begunAt) / 1_000;
  must('found, and missed by webhooks', [found.found, found.missed], [lost, lost]);
  await untilTrue('all are listed', async () => (await known()) === orders.length);
  const again = await sweeping.look();
  must('found by a second look', [again.found, again.missed], [lost, lost]);
  return { orders: orders.length, lost, found: found.found, secondsOfRound: Number(seconds.toFixed(1)) };
};
