import { inBatches } from '../../engine/shop-workflows';
import { call } from '../../stories/call';
import { nextMonday } from '../../stories/calendar';
import type { StoryReport } from '../../stories/run';
import type { SampleOrder } from '../../stories/sample-order';
import { openStage, type Stage } from '../../stories/stage';
import { DAY_MS, HOUR_MS } from '../../stories/story';
import type { Floor } from '../support/floor';
import { passInSteps } from '../support/in-steps';
import { manyOrders } from '../support/many-orders';
import { untilTrue } from '../support/until';
import { missingAlerts } from './alerts';
import { must, type Check } from './check';
import { drain } from './outage-drain';

const ORDERS = { sample: 4, all: 150 } as const;
/** What the platform takes from the shop once it is back. */
const REQUESTS_PER_SECOND = { sample: 4, all: 20 } as const;
const DOWN_HOURS = 6;
const STEP_MS = HOUR_MS / 2;
const PATIENCE_MS = 240_000;
/** Of a shop whose platform is well, whatever happens in another one: from the wish to the effect. */
const SLOWEST_MS = 5_000;
const SENDERS = 4;

/**
 * Of two shops one loses the platform for six hours, in which its orders are packed and half of them reach their deadline. The
 * other one notices nothing; the first catches up as fast as the platform lets it; nothing is bought or uploaded twice, and
 * nothing was late without a warning.
 */
export const outage: Check = async (floor, size) => {
  const monday = nextMonday(Date.now());
  // A platform that cancels what its own outage made late is another matter.
  const down = await openStage(floor, { beginsAt: monday + 3 * DAY_MS, platformCancels: false });
  const up = await floor.stage();
  const ids = await placed(down, twoKinds(ORDERS[size], monday));
  const calm = await lived(floor, up, ORDERS[size] / 2);
  await down.control('POST', '/faults', {
    route: 'tiktok.*',
    kind: 'html502',
    until: (await down.now()) + DOWN_HOURS * HOUR_MS,
  });
  await inBatches(ids, (id) => pack(floor, down, id));
  const meanwhile = await lived(floor, up, ORDERS[size] / 2);
  must('uploads while the platform is down', (await effectsOf(down, 'trackingUploaded')).length, 0);
  // The last half hour is lived through as it comes: in it the platform is back.
  await passInSteps(floor, down, { forMs: DOWN_HOURS * HOUR_MS - STEP_MS, stepMs: STEP_MS });
  const drained = await drain(floor, down, {
    uploads: ids.length,
    aheadMs: STEP_MS,
    requestsPerSecond: REQUESTS_PER_SECOND[size],
  });
  await mustHaveOneEach(down, ids);
  await mustBeOnTime(up, [...calm.ids, ...meanwhile.ids]);
  must('slowest effect beside the outage', meanwhile.slowestMs < SLOWEST_MS || meanwhile.slowestMs, true);
  return {
    orders: ids.length,
    downHours: DOWN_HOURS,
    ...(await warned(down, ids)),
    ...drained,
    besideMedianMs: `${calm.medianMs} before, ${meanwhile.medianMs} meanwhile`,
    besideSlowestMs: `${calm.slowestMs} before, ${meanwhile.slowestMs} meanwhile`,
  };
};

/**
 * Half of them are due on Thursday between 10 and 14 o'clock, while the platform is down and before the half hour that is lived
 * through as it comes; the others next week.
 */
function twoKinds(count: number, monday: number): SampleOrder[] {
  const half = count / 2;
  const status = 'AWAITING_SHIPMENT';
  const late = manyOrders(half, { createdAt: monday, status }).map((order, index) => {
    const createdAt = monday + HOUR_MS + (index * 4 * HOUR_MS) / half;
    return { ...order, create_time: Math.floor(createdAt / 1_000), update_time: Math.floor(createdAt / 1_000) };
  });
  return [...late, ...manyOrders(half, { createdAt: monday + 2 * DAY_MS, status })];
}

async function placed(stage: Stage, orders: SampleOrder[]): Promise<string[]> {
  await inBatches(orders, (order) => stage.control('PUT', `/orders/${order.id}`, order));
  const isBought = async (): Promise<boolean> => (await effectsOf(stage, 'labelBought')).length >= orders.length;
  await untilTrue('every label is bought', isBought, PATIENCE_MS);
  return orders.map(({ id }) => id);
}

const effectsOf = async (stage: Stage, kind: string): Promise<string[]> =>
  (await stage.ledger()).filter((line) => line.kind === kind).map(({ order }) => order ?? '');

const pack = ({ apiUrl }: Floor, { shopId }: Stage, id: string): Promise<unknown> =>
  call('POST', `${apiUrl}/v1/orders/${shopId}/${id}/packed`, {});

type Lived = { ids: string[]; medianMs: number; slowestMs: number };

/** Orders that are placed, bought for, packed and uploaded, one after the other by four people; how long each effect took. */
async function lived(floor: Floor, stage: Stage, count: number): Promise<Lived> {
  const orders = manyOrders(count, { createdAt: (await stage.now()) - 60_000, status: 'AWAITING_SHIPMENT' });
  const took: number[] = [];
  const left = [...orders];
  const person = async (): Promise<void> => {
    for (let order = left.shift(); order !== undefined; order = left.shift()) {
      const { id } = order;
      took.push(await timed(stage, { id, kind: 'labelBought' }, () => stage.control('PUT', `/orders/${id}`, order)));
      // The order hears of its label a moment after it was bought.
      await untilTrue(
        'the label is known',
        async () => (await stage.view(id)).packages['1']?.label.status === 'bought',
      );
      took.push(await timed(stage, { id, kind: 'trackingUploaded' }, () => pack(floor, stage, id)));
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, person));
  took.sort((a, b) => a - b);
  const [medianMs = 0, slowestMs = 0] = [took[Math.floor(took.length / 2)], took.at(-1)];
  return { ids: orders.map(({ id }) => id), medianMs, slowestMs };
}

/** From the wish to the ledger's own time of the effect, in milliseconds. */
async function timed(
  stage: Stage,
  { id, kind }: { id: string; kind: string },
  wish: () => Promise<unknown>,
): Promise<number> {
  const begunAt = await stage.now();
  await wish();
  let doneAt = 0;
  await untilTrue(`${kind} of ${id}`, async () => {
    const { data } = (await stage.control('GET', `/ledger?order=${id}`)) as { data: { kind: string; at: string }[] };
    doneAt = Date.parse(data.find((line) => line.kind === kind)?.at ?? '');
    return !Number.isNaN(doneAt);
  });
  return doneAt - begunAt;
}

async function mustHaveOneEach(stage: Stage, ids: string[]): Promise<void> {
  const effects = new Map<string, string[]>();
  for (const { order, kind } of await stage.ledger())
    effects.set(order ?? '', [...(effects.get(order ?? '') ?? []), kind]);
  const others = ids.filter((id) => effects.get(id)?.join() !== 'labelBought,trackingUploaded');
  must('orders without exactly one label and one upload', others, []);
}

/** The carrier scans every parcel: then each deadline of each order is met. */
async function mustBeOnTime(stage: Stage, ids: string[]): Promise<void> {
  await inBatches(ids, (id) => stage.control('POST', `/orders/${id}/carrier`, { status: 'in_transit' }));
  const open = new Set(ids);
  await untilTrue(
    'every parcel moves',
    async () => {
      const views = await inBatches([...open], stage.view);
      for (const { orderId, agenda } of views) if (agenda.every(({ met }) => met === true)) open.delete(orderId);
      return open.size === 0 || views.some(({ agenda }) => agenda.some(({ met }) => met === false));
    },
    PATIENCE_MS,
  );
  must('deadlines missed beside the outage', [...open], []);
  await mustHaveOneEach(stage, ids);
}

/** Which deadlines were missed, and that each had its alert before. */
async function warned(stage: Stage, ids: string[]): Promise<{ alerts: number; missed: number }> {
  const views = await inBatches(ids, stage.view);
  const deadlines = views.flatMap(({ orderId, agenda }) => agenda.map((entry) => ({ ...entry, order: orderId })));
  const alerts = await stage.alerts();
  const report: Pick<StoryReport, 'deadlines' | 'alerts'> = { deadlines, alerts };
  must('alerts that are missing or twice', missingAlerts(report as StoryReport), []);
  const missed = deadlines.filter(({ met }) => met === false);
  // Each of the late half misses what is due at that instant; a check in which nothing is late would prove nothing.
  must('orders that missed a deadline', new Set(missed.map(({ order }) => order)).size, ids.length / 2);
  return { alerts: alerts.length, missed: missed.length };
}
