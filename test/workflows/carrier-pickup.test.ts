import { US_FEDERAL_HOLIDAYS } from '../../policies/us/holidays';
import { sampleOrder } from '../../stories/sample-order';
import type { Stage } from '../../stories/stage';
import { openFloor, type Floor } from '../support/floor';
import { untilTrue } from '../support/until';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

type Reply = { status: number; body: Record<string, unknown> };

async function ask(method: string, path: string, body?: object): Promise<Reply> {
  const answer = await fetch(`${floor.apiUrl}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Reply['body'] };
}

/** The first working day from the day after tomorrow on, so that the labels of today are for it or for a day before it. */
async function dayOf(stage: Stage): Promise<string> {
  let at = (await stage.now()) + 2 * DAY;
  while (!isWorked(new Date(at))) at += DAY;
  return dateOf(new Date(at));
}

const dateOf = (day: Date): string => day.toISOString().slice(0, 10);
const isWorked = (day: Date): boolean =>
  ![0, 6].includes(day.getUTCDay()) && !US_FEDERAL_HOLIDAYS.includes(dateOf(day));

/** Lists learn a parcel's number once it is packed. */
async function packedOrder(stage: Stage): Promise<string> {
  const order = sampleOrder({ createdAt: (await stage.now()) - 2 * MINUTE, status: 'AWAITING_SHIPMENT' });
  await stage.place(order);
  await stage.person(order.id, 'packed');
  await untilTrue('it is listed with its number', async () => {
    const query = `WorkflowId = "order:${stage.shopId}:${order.id}" AND TrackingNumbers IS NOT NULL`;
    return (await floor.client.workflow.count(query)).count > 0;
  });
  return order.id;
}

/** Its clock is moved with those of the shop's orders, which are found by visibility. */
const listed = (workflowId: string): Promise<void> =>
  untilTrue('it is listed', async () => (await floor.client.workflow.count(`WorkflowId = "${workflowId}"`)).count > 0);

const settled = async (path: string): Promise<Reply['body']> => {
  await untilTrue('it is settled', async () => (await ask('GET', path)).body['isUnderWay'] !== true);
  return (await ask('GET', path)).body;
};

const kinds = async (stage: Stage): Promise<string[]> =>
  (await stage.ledger()).map(({ kind }) => kind).filter((kind) => kind.startsWith('pickup'));

describe('a pickup by the carrier', () => {
  it('is booked once though the answer is lost, counts the labels that are there, and can be cancelled', async () => {
    const stage = await floor.stage();
    await packedOrder(stage);
    await packedOrder(stage);
    const [date, shop] = [await dayOf(stage), `/v1/shops/${stage.shopId}`];
    expect((await ask('GET', `${shop}/pickups/${date}`)).body).toMatchObject({ status: 'none' });
    await stage.control('POST', '/faults', { route: 'easypost.pickup', kind: 'commitThenCut', times: 1 });
    const booking = { date };
    expect(await ask('POST', `${shop}/pickups`, booking)).toMatchObject({ status: 202, body: { status: 'booking' } });
    await listed(`pickup:${stage.shopId}:easypost:main:${date}`);
    // An answer that was lost is looked for after a minute.
    await stage.advance(2 * MINUTE);
    const view = await settled(`${shop}/pickups/${date}`);
    expect(view).toMatchObject({ status: 'booked', parcels: 2, confirmation: expect.any(String) as string });
    expect(await kinds(stage)).toEqual(['pickupBooked']);
    expect(await ask('POST', `${shop}/pickups`, booking)).toMatchObject({ status: 409 });
    expect((await ask('GET', `${shop}/pickups`)).body['data']).toMatchObject([{ date, status: 'booked' }]);
    expect(await ask('DELETE', `${shop}/pickups/${date}`)).toMatchObject({ status: 202 });
    expect(await settled(`${shop}/pickups/${date}`)).toMatchObject({ status: 'cancelled', confirmation: null });
    expect(await kinds(stage)).toEqual(['pickupBooked', 'pickupCancelled']);
  }, 120_000);

  it('is refused where nothing is to be collected, and a person is told', async () => {
    const stage = await floor.stage();
    const [date, shop] = [await dayOf(stage), `/v1/shops/${stage.shopId}`];
    expect(await ask('POST', `${shop}/pickups`, { date })).toMatchObject({ status: 202 });
    expect(await settled(`${shop}/pickups/${date}`)).toMatchObject({ status: 'refused' });
    await untilTrue('a person is told', async () =>
      (await stage.alerts()).some(({ about, state }) => about === 'pickupRefused' && state === 'open'),
    );
    expect(await kinds(stage)).toEqual([]);
  }, 120_000);

  it('ends with its day, takes no order after it, and lives through whatever is sent to it', async () => {
    const stage = await floor.stage();
    await packedOrder(stage);
    const [date, shop] = [await dayOf(stage), `/v1/shops/${stage.shopId}`];
    await ask('POST', `${shop}/pickups`, { date });
    const view = await settled(`${shop}/pickups/${date}`);
    expect(view['status']).toBe('booked');
    const handle = floor.client.workflow.getHandle(`pickup:${stage.shopId}:easypost:main:${date}`);
    for (const value of [null, 7, { from: 'x' }]) {
      await handle.signal('noSuchSignal', value);
      await expect(handle.executeUpdate('bookPickup', { args: [value] })).rejects.toThrow();
    }
    await handle.cancel();
    await listed(handle.workflowId);
    await stage.advance(6 * DAY);
    expect(await handle.result()).toEqual({ status: 'booked', confirmation: view['confirmation'] });
    expect(await ask('DELETE', `${shop}/pickups/${date}`)).toMatchObject({ status: 409 });
    expect((await ask('GET', `${shop}/pickups/${date}`)).body).toMatchObject({ status: 'booked' });
  }, 120_000);
});
