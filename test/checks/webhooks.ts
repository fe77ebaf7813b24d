import { createHash } from 'node:crypto';
import { inBatches } from '../../engine/shop-workflows';
import { ORDER_LIFECYCLE } from '../../workflows/messages';
import type { Stage } from '../../stories/stage';
import { call } from '../../stories/call';
import type { Floor } from '../support/floor';
import { manyOrders } from '../support/many-orders';
import { untilTrue } from '../support/until';
import { sendAll, signerOf, type Delivery } from '../support/webhook-senders';
import { must, type Check } from './check';

const ORDERS = { sample: 30, all: 500 } as const;
const SENDERS = 5;
const MOST_COPIES = 20;
const PATIENCE_MS = 600_000;

/** Each notice comes 1 to 20 times, all of them shuffled and from five senders: one workflow an order, one label, one upload. */
export const webhooks: Check = async (floor, size) => {
  const stage = await floor.stage();
  const createdAt = (await stage.now()) - 2 * 3_600_000;
  const orders = manyOrders(ORDERS[size], { createdAt, status: 'AWAITING_SHIPMENT' });
  await inBatches(orders, (order) => stage.control('PUT', `/orders/${order.id}?silent=true`, order));
  const ids = orders.map(({ id }) => id);
  const deliveries = await stormOf(floor, stage, { ids, createdAt });
  const url = `${floor.apiUrl}/v1/webhooks/tiktok/${stage.shopId}`;
  const answers = await sendAll(url, deliveries, SENDERS);
  must('answers that are no 200', answers.filter(({ status }) => status !== 200).length, 0);
  await untilTrue('every label is bought', async () => (await stage.ledger()).length >= ids.length, PATIENCE_MS);
  await inBatches(ids, (id) => call('POST', `${floor.apiUrl}/v1/orders/${stage.shopId}/${id}/packed`, {}));
  await untilTrue('every number is uploaded', async () => (await stage.ledger()).length >= 2 * ids.length, PATIENCE_MS);
  // The same storm once more: whatever it might still do twice, it would do now.
  await sendAll(url, deliveries.slice(0, ids.length), SENDERS);
  const effects = new Map<string, string[]>();
  for (const { order, kind } of await stage.ledger())
    effects.set(order ?? '', [...(effects.get(order ?? '') ?? []), kind]);
  const others = ids.filter((id) => (effects.get(id) ?? []).join() !== 'labelBought,trackingUploaded');
  must('orders without exactly one label and one upload', others, []);
  const query = `ShopId = "${stage.shopId}" AND WorkflowType = "${ORDER_LIFECYCLE}"`;
  await untilTrue('all are listed', async () => (await floor.client.workflow.count(query)).count >= ids.length);
  must('workflows', (await floor.client.workflow.count(query)).count, ids.length);
  return {
    orders: ids.length,
    deliveries: deliveries.length,
    senders: SENDERS,
    labels: ids.length,
    uploads: ids.length,
  };
};

type Wish = { ids: string[]; createdAt: number };

/** Two notices an order; a third of the copies have an id of their own, so that not even that tells them for repeats. */
async function stormOf(floor: Floor, stage: Stage, { ids, createdAt }: Wish): Promise<Delivery[]> {
  const sign = await signerOf(stage, floor);
  const notices = ids.flatMap((id) => [
    { id, status: 'ON_HOLD', at: createdAt },
    { id, status: 'AWAITING_SHIPMENT', at: createdAt + 3_600_000 },
  ]);
  const deliveries = notices.flatMap(({ id, ...notice }, index) => {
    const first = sign(id, notice);
    const copies = 1 + (chance(`${index}`) % MOST_COPIES);
    return Array.from({ length: copies }, (_, copy) => (copy % 3 === 2 ? sign(id, notice) : first));
  });
  return deliveries
    .map((delivery, index) => ({ delivery, place: chance(`shuffled ${index}`) }))
    .sort((a, b) => a.place - b.place)
    .map(({ delivery }) => delivery);
}

/** The same for the same text, so that a storm can be repeated. */
const chance = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE();
