import { randomUUID } from 'node:crypto';
import { ServiceError, WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Ports } from '../../activities/ports';
import { tellDesk } from '../../activities/tell-desk';
import type { Alert, AlertNews } from '../../domain/alerts/alert';
import { newId } from '../../stories/sample-order';
import { neighboursOf } from '../../workers/neighbours';
import { searchAttributes } from '../../workflows/messages';
import {
  ALERT_DESK,
  acknowledgeAlert,
  alertDeskWorkflowId,
  alertList,
  alertsRaised,
  type AlertListView,
} from '../../workflows/messages-alerts';
import { openFloor, type Floor } from '../support/floor';
import { untilTrue } from '../support/until';

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

const T0 = Date.parse('2026-11-20T18:00:00Z');
/** Number of temporal.api.enums.v1.EventType; the enum is in a package that is not ours to import. */
const WORKFLOW_TASK_FAILED = 9;

const warning = (orderId: string): Alert => ({
  key: `order:${orderId}:shipBy:14400000`,
  orderId,
  kind: 'deadline',
  about: 'shipBy',
  raisedAt: T0,
  dueAt: T0 + 14_400_000,
  tierMs: 14_400_000,
});

const raising = (...raise: Alert[]): AlertNews => ({ at: T0, raise, settle: [] });

/** Tells the desk of a shop as an order's activity does. */
const tell = (shopId: string, news: unknown): Promise<WorkflowHandle> =>
  floor.client.workflow.signalWithStart(ALERT_DESK, {
    workflowId: alertDeskWorkflowId(shopId),
    taskQueue: floor.taskQueue,
    args: [{ shopId }],
    signal: alertsRaised.name,
    signalArgs: [news],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.shopId, value: shopId }]),
  });

const deskOf = (shopId: string): WorkflowHandle => floor.client.workflow.getHandle(alertDeskWorkflowId(shopId));
const listed = (shopId: string): Promise<AlertListView> => deskOf(shopId).query(alertList);

/**
 * Acknowledges as a caller does who is told to try again: a signal that comes just as a run ends makes the server drop the
 * task, and an update that waits for the next one with it.
 */
async function acknowledgeInTheEnd(desk: WorkflowHandle, key: string, triesLeft = 5): Promise<unknown> {
  try {
    return await desk.executeUpdate(acknowledgeAlert, { args: [{ key, actor: 'Bob' }], updateId: key });
  } catch (error) {
    if (triesLeft === 0 || !(error instanceof ServiceError)) throw error;
    return acknowledgeInTheEnd(desk, key, triesLeft - 1);
  }
}

const failedTasks = async (shopId: string): Promise<number> => {
  const { events } = await deskOf(shopId).fetchHistory();
  return (events ?? []).filter(({ eventType }) => Number(eventType) === WORKFLOW_TASK_FAILED).length;
};

describe('the alert desk of a shop', () => {
  it('told three times by whoever is first, raises one alert; told late again, none', async () => {
    const shopId = newId();
    await Promise.all([1, 2, 3].map(() => tell(shopId, raising(warning('1')))));
    expect(await listed(shopId)).toMatchObject({ shopId, count: 1, alerts: [{ orderId: '1', state: 'open' }] });
    await tell(shopId, { at: T0 + 1, raise: [], settle: ['order:1:*'] });
    await tell(shopId, raising(warning('1')));
    expect(await listed(shopId)).toMatchObject({ count: 1, alerts: [{ state: 'settled' }] });
  });

  it('is begun again where somebody terminated it, and is not said to be told where it is not', async () => {
    const shopId = newId();
    const neighbours = neighboursOf(floor.client, floor.taskQueue, () => Promise.resolve(false));
    const told = (to: typeof neighbours) =>
      tellDesk({ neighbours: to } as Ports, { shopId, at: T0, news: raising(warning('1')) });
    await told(neighbours);
    await deskOf(shopId).terminate();
    expect(await told(neighbours)).toEqual({ kind: 'told' });
    expect(await listed(shopId)).toMatchObject({ count: 1, alerts: [{ orderId: '1', state: 'open' }] });
    await expect(told({ ...neighbours, tell: () => Promise.resolve('over') })).rejects.toThrow(shopId);
  });

  it('answers a person with a verdict: the first keeps it, an unknown key is refused and not thrown', async () => {
    const shopId = newId();
    await tell(shopId, raising(warning('1')));
    const desk = deskOf(shopId);
    const ask = (key: string, actor: string) => desk.executeUpdate(acknowledgeAlert, { args: [{ key, actor }] });
    expect(await ask(warning('1').key, 'Ada')).toMatchObject({ accepted: true, alert: { acknowledgedBy: 'Ada' } });
    const second = await ask(warning('1').key, 'Bob');
    expect(second).toMatchObject({ accepted: true, alert: { acknowledgedBy: 'Ada', state: 'acknowledged' } });
    expect(second.reason).toContain('Ada');
    expect(await ask('order:9:shipBy:0', 'Ada')).toMatchObject({ accepted: false });
  });

  it('goes on in new runs and keeps everything, callers too', async () => {
    const shopId = newId();
    await tell(shopId, raising(warning('seen'), warning('done')));
    const desk = deskOf(shopId);
    const askOnce = (id: string) =>
      desk.executeUpdate(acknowledgeAlert, { args: [{ key: warning(id).key, actor: 'Ada' }], updateId: 'once' });
    await askOnce('seen');
    await tell(shopId, { at: T0, raise: [], settle: [warning('done').key] });
    const first = (await desk.describe()).runId;
    const verdicts: Promise<unknown>[] = [];
    for (let i = 0; i < 1_600; i += 16) {
      await Promise.all(Array.from({ length: 16 }, (_, k) => tell(shopId, raising(warning(String(i + k))))));
      if (i % 400 !== 0) continue;
      verdicts.push(acknowledgeInTheEnd(desk, warning(String(i)).key));
    }
    for (const verdict of await Promise.all(verdicts)) expect(verdict).toMatchObject({ accepted: true });
    // A turn that answered a caller leaves the end of the run to the next one.
    await tell(shopId, raising(warning('done'), warning('seen')));
    await untilTrue('it goes on in a new run', async () => (await desk.describe()).runId !== first);
    const { alerts, count } = await listed(shopId);
    expect(count).toBe(1_602);
    const of = (state: string): string[] =>
      alerts.filter((alert) => alert.state === state).map((alert) => alert.orderId);
    expect(of('open')).toHaveLength(1_596);
    expect(of('acknowledged').sort()).toEqual(['0', '1200', '400', '800', 'seen']);
    expect(of('settled')).toEqual(['done']);
    expect(await askOnce('1')).toMatchObject({ accepted: false, alert: { orderId: 'seen' } });
    expect((await desk.describe()).typedSearchAttributes.get(searchAttributes.shopId)).toBe(shopId);
  }, 120_000);

  it('lives through whatever is sent to it', async () => {
    const shopId = newId();
    await tell(shopId, raising(warning('1')));
    const desk = deskOf(shopId);
    const before = (await desk.describe()).runId;
    for (const value of MALFORMED) await desk.signal(alertsRaised.name, value);
    await desk.signal(alertsRaised.name);
    await desk.signal('noSuchSignal', MALFORMED);
    await sendRaw(shopId, Buffer.from('{"at":'));
    for (const value of [null, 7, 'x', [], {}, { key: 'k' }, { key: 1, actor: 2 }, { key: '', actor: 'a' }]) {
      const asked = desk.executeUpdate(acknowledgeAlert.name, { args: [value] });
      await expect(asked).rejects.toThrow(WorkflowUpdateFailedError);
    }
    await expect(desk.executeUpdate('noSuchUpdate', { args: [] })).rejects.toThrow(WorkflowUpdateFailedError);
    expect(await desk.query<AlertListView, unknown[]>(alertList.name, null)).toMatchObject({ count: 1 });
    expect(await listed(shopId)).toMatchObject({ count: 1, alerts: [{ state: 'open' }] });
    expect([await failedTasks(shopId), (await desk.describe()).runId]).toEqual([0, before]);
  });

  it('takes the entries that it understands out of news that it does not understand as a whole', async () => {
    const shopId = newId();
    await tell(shopId, { at: T0, raise: [null, warning('1'), { ...warning('2'), dueAt: 'soon' }], settle: [7] });
    await tell(shopId, { at: 0, raise: [], settle: [warning('1').key] });
    const { alerts } = await listed(shopId);
    expect(alerts).toMatchObject([{ orderId: '1', state: 'settled' }]);
    expect(Date.parse(alerts[0]?.settledAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  it('lives by the clock of its shop, and does not hold it up', async () => {
    const stage = await floor.stage();
    await tell(stage.shopId, raising(warning('1')));
    await stage.settle();
    await untilTrue('the list has the desk', async () => {
      const query = `ShopId = "${stage.shopId}"`;
      return (await floor.client.workflow.count(query)).count > 0;
    });
    await stage.advance(48 * 3_600_000);
    const input = { key: warning('1').key, actor: 'Ada' };
    const { alert } = await deskOf(stage.shopId).executeUpdate(acknowledgeAlert, { args: [input] });
    expect(Math.abs(Date.parse(alert?.acknowledgedAt ?? '') - (await stage.now()))).toBeLessThan(60_000);
  });

  it('is a page in the Temporal UI', async () => {
    const shopId = newId();
    await tell(shopId, raising(warning('1')));
    const { currentDetails } = await deskOf(shopId).query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(currentDetails).toContain(`## Alerts of shop ${shopId}: 1 open`);
    expect(currentDetails).toContain('Order 1 must be dispatched');
  });

  it("goes on when Temporal's own cancel is asked for", async () => {
    const shopId = newId();
    await tell(shopId, raising(warning('1')));
    await deskOf(shopId).cancel();
    await tell(shopId, raising(warning('2')));
    await untilTrue('both are there', async () => (await listed(shopId)).count === 2);
    expect((await deskOf(shopId).describe()).status.name).toBe('RUNNING');
  });
});

/** News that are none, and alerts that are none. Each is refused or changes nothing. */
const MALFORMED: unknown[] = [
  ...[null, true, false, 0, -1, 1e308, '', 'x', '\u0000', [], [[]], {}, [null], { at: 1 }],
  ...[null, '1', -1, 1.5, 1e300, 8.64e15 + 1, {}, []].map((at) => ({ at, raise: [], settle: [] })),
  ...[null, 'x', 7, {}, { length: 1 }].map((raise) => ({ at: T0, raise, settle: [] })),
  ...[null, '*', 7, {}, { length: 1 }].map((settle) => ({ at: T0, raise: [], settle })),
  ...[null, 7, '', '*', [], {}, 'k'.repeat(256)].map((mark) => ({ at: T0, raise: [], settle: [mark] })),
  ...[null, 7, 'x', [], {}].map((alert) => ({ at: T0, raise: [alert], settle: [] })),
  ...[
    { key: '' },
    { key: 7 },
    { key: 'order:1:*' },
    { key: 'k'.repeat(256) },
    { orderId: null },
    { orderId: 'o'.repeat(65) },
    { kind: 'toString' },
    { kind: 1 },
    { about: '' },
    { about: null },
    { raisedAt: '2026' },
    { raisedAt: -1 },
    { dueAt: null },
    { dueAt: 1e300 },
    { tierMs: -1 },
    { tierMs: 'x' },
    { detail: 7 },
    { detail: {} },
  ].map((wrong) => ({ at: T0, raise: [{ ...warning('2'), ...wrong }], settle: [] })),
  JSON.parse('{"__proto__":{"at":1,"raise":[],"settle":[]}}'),
];

/** Bytes that are no JSON. */
async function sendRaw(shopId: string, data: Buffer): Promise<void> {
  await floor.client.workflowService.signalWorkflowExecution({
    namespace: floor.client.options.namespace,
    workflowExecution: { workflowId: alertDeskWorkflowId(shopId) },
    signalName: alertsRaised.name,
    input: { payloads: [{ metadata: { encoding: Buffer.from('json/plain') }, data }] },
    requestId: randomUUID(),
  });
}
