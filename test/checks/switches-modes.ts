import type { ShopMode } from '../../contracts/standing';
import { call } from '../../stories/call';
import { sampleOrder } from '../../stories/sample-order';
import type { Stage } from '../../stories/stage';
import type { Floor } from '../support/floor';
import { untilTrue } from '../support/until';
import { must, type Figures } from './check';

/** A new shop on its way from being watched to acting by itself. Its orders come in by webhook. */
export async function modes(floor: Floor): Promise<Figures> {
  const stage = await floor.stage();
  const to = (mode: ShopMode): Promise<unknown> =>
    call('POST', `${floor.apiUrl}/v1/shops/${stage.shopId}/mode`, { mode });

  await to('watch');
  const [first, second] = [await comesIn(stage), await comesIn(stage)];
  const adopted = [await madeElsewhere(stage)];
  await stage.settle();
  must('effects in a shop that is watched', await effectsOf(stage), []);
  must('an order in a shop that is watched', (await stage.view(first)).phase, 'toPack');

  await to('assist');
  await untilTrue('both orders wait for a word', async () => (await kindsOf(stage, [first, second])).every(isWaiting));
  adopted.push(await madeElsewhere(stage));
  await stage.settle();
  must('effects before a person had the word', await effectsOf(stage), []);
  await call('POST', `${floor.apiUrl}/v1/orders/${stage.shopId}/${first}/approve`, {});
  await stage.settle();
  must('effects of the word', await effectsOf(stage), [`labelBought ${first}`]);
  await stage.person(first, 'packed');
  must('effects of the order that was let go', await effectsOf(stage), [
    `labelBought ${first}`,
    `trackingUploaded ${first}`,
  ]);

  await to('auto');
  adopted.push(await madeElsewhere(stage));
  await untilTrue('the rest goes by itself', async () => (await effectsOf(stage)).includes(`labelBought ${second}`));
  await stage.settle();
  must('effects in all', (await effectsOf(stage)).length, 3);
  return { modes: 3, adopted: adopted.length };
}

const isWaiting = (kinds: string[]): boolean => kinds.includes('awaitsApproval');

const kindsOf = (stage: Stage, ids: string[]): Promise<string[][]> =>
  Promise.all(ids.map(async (id) => (await stage.view(id)).attention.map(({ kind }) => kind)));

const effectsOf = async (stage: Stage): Promise<string[]> =>
  (await stage.ledger()).map(({ kind, order }) => `${kind} ${order ?? ''}`);

/** The platform tells of an order, and it has read itself. */
async function comesIn(stage: Stage, more: Record<string, unknown> = {}): Promise<string> {
  const order = sampleOrder({ createdAt: await stage.now(), status: 'AWAITING_SHIPMENT', ...more });
  await stage.control('PUT', `/orders/${order.id}`, order);
  await untilTrue(
    `${order.id} has read itself`,
    async () => ((await stage.view(order.id).catch(() => undefined))?.platformStatus ?? null) !== null,
  );
  return order.id;
}

/** An order that another tool has shipped: its number is taken as ours, whatever the shop's mode is. */
async function madeElsewhere(stage: Stage): Promise<string> {
  const carrier = { tracking_number: '1Z9999W99999999999', shipping_provider: 'UPS' };
  const id = await comesIn(stage, { status: 'AWAITING_COLLECTION', ...carrier });
  must('the label of another tool', (await stage.view(id)).packages['1']?.label.status, 'adopted');
  return id;
}
