import { setTimeout as pause } from 'node:timers/promises';
import { HOUR_MS } from '../../stories/story';
import type { Stage } from '../../stories/stage';
import { proveWords } from '../../words/prove';
import { manyOrders } from '../support/many-orders';
import { untilTrue } from '../support/until';
import { must, type Check } from './check';

const ORDERS = { sample: 4, all: 20 } as const;
/** The seller of labels is at its work this long after it was asked, and does it whoever has left meanwhile. */
const PURCHASE_MS = 1_500;
/** The last buyers cancel when their label is long there. */
const LAST_CANCEL_MS = 2 * PURCHASE_MS;
const PATIENCE_MS = 120_000;

/**
 * Buyers cancel at instants spread evenly from before the purchase is sent to after it was answered, on the real engine: whoever wins,
 * no label stays bought, and each that was bought is voided once.
 */
export const cancelRace: Check = async (floor, size) => {
  const stage = await floor.stage();
  await stage.control('POST', '/faults', { route: 'easypost.buy', kind: 'slow', delayMs: PURCHASE_MS });
  const createdAt = (await stage.now()) - HOUR_MS;
  const orders = manyOrders(ORDERS[size], { createdAt, status: 'AWAITING_SHIPMENT' });
  floor.say(proveWords.raceBegins(orders.length));
  await Promise.all(
    orders.map(async (order, index) => {
      await stage.control('PUT', `/orders/${order.id}`, order);
      // Every other one does not wait for that: some of them are faster than the purchase.
      if (index % 2 === 0) await untilTrue('its label is chosen', () => isChosen(stage, order.id), PATIENCE_MS);
      await pause((index * LAST_CANCEL_MS) / orders.length);
      await stage.control('POST', `/orders/${order.id}/buyer-cancel`, {});
    }),
  );
  const ids = orders.map(({ id }) => id);
  // A purchase that was given up may still be made: each order waits for that, and asks again.
  for (let hours = 0; hours < 3; hours += 1) await stage.advance(HOUR_MS);
  await untilTrue('every order is over', () => isEvery(ids, (id) => isOver(stage, id)), PATIENCE_MS);
  const effects = new Map<string, string[]>();
  for (const { order, kind } of await stage.ledger())
    effects.set(order ?? '', [...(effects.get(order ?? '') ?? []), kind]);
  const others = ids.filter((id) => !ENDS.includes((effects.get(id) ?? []).join()));
  must('orders with a label that stayed, or with two', others, []);
  return { orders: ids.length, voided: effects.size, neverBought: ids.length - effects.size };
};

/** Nothing, or one label and its one void. */
const ENDS = ['', 'labelBought,labelVoided'];

async function isChosen(stage: Stage, id: string): Promise<boolean> {
  const view = await stage.view(id).catch(() => undefined);
  return view !== undefined && view.packages['1']?.label.handle !== undefined;
}

const isOver = async (stage: Stage, id: string): Promise<boolean> =>
  (await stage.view(id)).outcome === 'buyerCancelled';

async function isEvery(ids: string[], isSo: (id: string) => Promise<boolean>): Promise<boolean> {
  for (const id of ids) if (!(await isSo(id))) return false;
  return true;
}
