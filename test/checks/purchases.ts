import { inBatches } from '../../engine/shop-workflows';
import { call } from '../../stories/call';
import { proveWords } from '../../words/prove';
import type { OrderView } from '../../domain/order/view';
import type { Floor } from '../support/floor';
import { untilTrue } from '../support/until';
import { must, type Check } from './check';
import {
  caseOf,
  count,
  emptyTally,
  PAID_CALL,
  POINTS,
  SELLERS,
  tableOf,
  type Seller,
  type Tally,
} from './purchase-cases';
import { playCase } from './purchase-loop';
import { openPurchaseShop, type PurchaseShop } from './purchase-shop';
import { killProcess, startWorkerProcess } from './worker-process';

const SEEDS = { sample: 1, all: 20 } as const;
/** Most of them wait for an answer that never comes. */
const AT_ONCE = 20;
/** A killed attempt is noticed when its own time is up; then it is read back. */
const PATIENCE_MS = 300_000;

/**
 * Every seller of labels, hit at every point of a purchase: each order has exactly one paid label, or is a person's task where the
 * seller offers no way to find out. The first four points run the activities in this process, without the waits between attempts; at
 * the fifth a worker of the real engine is killed with kill -9 while its purchases are made and not yet answered.
 */
export const purchases: Check = (floor, size) => purchasesOf(SELLERS)(floor, size);

/** The same for some of them. */
const purchasesOf =
  (sellers: readonly Seller[]): Check =>
  async (floor, size) => {
    const tallies = new Map<string, Tally>();
    const tallyOf = (seller: Seller, point: string): Tally => {
      const key = `${seller} ${point}`;
      const tally = tallies.get(key) ?? emptyTally();
      tallies.set(key, tally);
      return tally;
    };
    const seeds = Array.from({ length: SEEDS[size] }, (_, index) => index + 1);
    const hit = POINTS.flatMap((point) => (point === 'workerKilled' ? [] : [point]));
    const cases = hit.flatMap((point) =>
      sellers.flatMap((seller) => seeds.map((seed) => ({ ...caseOf(seller, point, seed), point }))),
    );
    floor.say(proveWords.purchasesBegin(cases.length));
    await pooled(cases, async (one) => count(tallyOf(one.seller, one.point), await playCase(floor, one)));
    await killWorker(floor, { sellers, orders: seeds.length }, (seller) => tallyOf(seller, 'workerKilled'));
    floor.say(proveWords.purchasesTable(tableOf(tallies)));
    const sum = (field: keyof Tally): number => [...tallies.values()].reduce((all, one) => all + one[field], 0);
    must('orders with two labels', sum('doubles'), 0);
    must('orders with neither a label nor a task', sum('neither'), 0);
    // All of them can say what became of a purchase: nothing is left to a person.
    for (const [key, { cases: played, labels, tasks }] of tallies) must(`${key}: labels`, [labels, tasks], [played, 0]);
    return { purchases: sum('cases'), labels: sum('labels'), doubleLabels: sum('doubles'), tasks: sum('tasks') };
  };

async function pooled<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const one = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
}

type Hit = { seller: Seller; shop: PurchaseShop; ids: string[] };

/** All purchases of all sellers hang between the seller's books and its answer when their worker is killed. */
async function killWorker(
  floor: Floor,
  { sellers, orders }: { sellers: readonly Seller[]; orders: number },
  tallyOf: (seller: Seller) => Tally,
): Promise<void> {
  await floor.stopWorker();
  const first = await startWorkerProcess(floor);
  const all: Hit[] = [];
  for (const seller of sellers) {
    const shop = await openPurchaseShop(floor, seller);
    await shop.control('POST', '/faults', { route: PAID_CALL[seller], kind: 'commitThenHang', times: orders });
    const ids: string[] = [];
    for (let placed = 0; placed < orders; placed += 1) ids.push(await shop.place({ isSilent: false }));
    all.push({ seller, shop, ids });
    if (seller === 'tiktok') await packAll(floor, shop, ids);
  }
  floor.say(proveWords.workerKilled(sellers.length * orders));
  for (const { seller, shop, ids } of all)
    await untilTrue(`${seller} sells`, () => isEvery(ids, async (id) => (await shop.paid(id)) > 0), PATIENCE_MS);
  await killProcess(first);
  await floor.startWorker();
  for (const { seller, shop, ids } of all)
    for (const id of ids) {
      const isTask = (await endOf(floor, shop, id)) === 'refused';
      count(tallyOf(seller), { labels: await shop.paid(id), isTask });
    }
}

/** The platform's own labels are bought when their orders are packed. */
async function packAll(floor: Floor, { shopId }: PurchaseShop, ids: string[]): Promise<void> {
  await inBatches(ids, async (id) => {
    const isPrepared = async (): Promise<boolean> => (await labelOf(floor, shopId, id)) === 'prepared';
    await untilTrue(`${id} is prepared`, isPrepared, PATIENCE_MS);
    // The purchase hangs; the person does not wait for it.
    await call('POST', `${floor.apiUrl}/v1/orders/${shopId}/${id}/packed`, {});
  });
}

async function isEvery(ids: string[], isSo: (id: string) => Promise<boolean>): Promise<boolean> {
  for (const id of ids) if (!(await isSo(id))) return false;
  return true;
}

async function endOf(floor: Floor, { shopId }: PurchaseShop, id: string): Promise<string> {
  let status = '';
  const isOver = async (): Promise<boolean> => {
    status = (await labelOf(floor, shopId, id)) ?? '';
    return status === 'bought' || status === 'refused';
  };
  await untilTrue(`the purchase of ${id} is over`, isOver, PATIENCE_MS);
  return status;
}

/** Undefined while nobody answers: until the server notices that the worker is gone, it asks the dead one. */
const labelOf = async ({ apiUrl }: Floor, shopId: string, id: string): Promise<string | undefined> =>
  (await call<OrderView>('GET', `${apiUrl}/v1/orders/${shopId}/${id}`).catch(() => undefined))?.packages['1']?.label
    .status;
