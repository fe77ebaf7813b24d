import { createHash } from 'node:crypto';
import type { AppealNews } from '../../domain/appeal/appeal';
import { appealNews } from '../../workflows/messages-appeal';
import { openFloor, type Floor } from '../support/floor';
import { stalled, type Stalled } from '../support/stalled';
import { untilTrue } from '../support/until';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WORKFLOW_TASK_FAILED = 9;
/** More signals than a run has events before it is continued. */
const MANY = 1_600;

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
});
afterAll(() => floor.close());

async function filedCase(): Promise<Stalled> {
  const one = await stalled(floor);
  await one.open();
  await one.breakLimit();
  await one.untilStatus('filed');
  return one;
}

async function lostCase(): Promise<Stalled> {
  const one = await filedCase();
  await one.decide('lost');
  await one.pass(DAY_MS + HOUR_MS);
  await one.untilStatus('lost');
  return one;
}

describe('an appeal', () => {
  it('is filed once a limit breaks, is read once a day, and is won', async () => {
    const one = await stalled(floor);
    await one.open();
    await one.untilStatus('ready');
    expect(await one.view()).toMatchObject({ evidence: { complete: true, missing: [] }, filings: [] });
    await one.breakLimit();
    await one.untilStatus('filed');
    await one.pass(2 * DAY_MS + HOUR_MS);
    expect((await one.view()).status).toBe('filed');
    await one.decide('won');
    await one.pass(DAY_MS);
    expect(await one.result()).toMatchObject({
      status: 'won',
      filings: [{ number: 1, outcome: 'won' }],
      evidence: { complete: true },
    });
    expect(await one.filedCount()).toBe(1);
    const { events } = await floor.client.workflow.getHandle(one.workflowId).fetchHistory();
    const upserts = (events ?? []).filter((event) => event.upsertWorkflowSearchAttributesEventAttributes != null);
    expect(upserts.length).toBeLessThanOrEqual(3);
  });

  it('that was lost is filed a second time within 15 days, by a person, and won', async () => {
    const one = await lostCase();
    const { appealBy, filings } = await one.view();
    expect(Date.parse(appealBy ?? '') - Date.parse(filings[0]?.decidedAt ?? '')).toBe(15 * DAY_MS);
    await one.pass(10 * DAY_MS);
    const again = { note: 'The post office found the stamped form.' };
    const first = await one.order('appeal-again', again, 'k1');
    expect(first).toMatchObject({ status: 200, body: { accepted: true, status: 'filing' } });
    await one.untilStatus('filed');
    expect(await one.order('appeal-again', again, 'k1')).toEqual(first);
    expect((await one.order('appeal-again', { note: 'x' }, 'k1')).status).toBe(422);
    expect((await one.order('appeal-again', again)).status).toBe(409);
    await one.decide('won');
    await one.pass(DAY_MS + HOUR_MS);
    const result = await one.result();
    expect(result).toMatchObject({ status: 'won', filings: [{ outcome: 'lost' }, { outcome: 'won' }] });
    const packs = result.filings.map(({ evidence }) => evidence?.key ?? '');
    expect(packs.map((key) => key.split('/').at(-1))).toEqual(['evidence', 'evidence-2']);
    const noteHash = createHash('sha256').update(again.note).digest('hex');
    expect(await one.read(`${packs[0]?.replace(/evidence$/, '')}notes/${noteHash}`)).toBe(again.note);
    expect(JSON.stringify((await floor.client.workflow.getHandle(one.workflowId).fetchHistory()).events)).not.toMatch(
      Buffer.from(again.note).toString('base64').slice(4, -8),
    );
    expect(await one.filedCount()).toBe(2);
    expect((await one.order('appeal-again', again)).status).toBe(409);
  });

  it('that was lost and not filed again ends lost with its window', async () => {
    const one = await lostCase();
    expect(await one.alerts('open')).toEqual(['appealLost']);
    await one.pass(16 * DAY_MS);
    expect(await one.alerts('open')).toEqual([]);
    expect(await one.alerts('settled')).toEqual(['appealLost', 'appealLost:1d', 'appealLost:3d']);
    expect(await one.result()).toMatchObject({ status: 'lost', filings: [{ number: 1, outcome: 'lost' }] });
    expect(await one.filedCount()).toBe(1);
  });

  it('with weak evidence waits for a person, and is filed on order with what was reported since', async () => {
    const one = await stalled(floor, [{ kind: 'receipt' }]);
    await one.open();
    await one.untilStatus('ready');
    expect((await one.order('file', {})).status).toBe(409);
    await one.breakLimit();
    await untilTrue('asked', async () => (await one.alerts('open')).includes('appealFileByHand'));
    expect(await one.view()).toMatchObject({ status: 'ready', evidence: { complete: false }, filings: [] });
    expect(await one.filedCount()).toBe(0);
    await one.reportAgain([{ kind: 'signature' }]);
    expect(await one.order('file', { note: 'Signed.' }, 'f1')).toMatchObject({
      status: 200,
      body: { status: 'filing' },
    });
    await one.untilStatus('filed');
    expect(await one.view()).toMatchObject({
      evidence: { complete: true },
      filings: [{ number: 1, evidence: { key: expect.stringMatching(/evidence-1$/) as string } }],
    });
    await untilTrue('settled', async () => (await one.alerts('open')).length === 0);
    expect(await one.filedCount()).toBe(1);
  });

  it('is never filed when the parcel moved before the limit, though that is heard later', async () => {
    const one = await stalled(floor, []);
    await one.open();
    await one.untilStatus('ready');
    await one.breakLimit();
    await untilTrue('held back', async () => (await one.view()).toDo.length > 1);
    await one.tell({ kind: 'moved', at: Date.parse((await one.view()).limitBroken?.at ?? '') - HOUR_MS });
    expect(await one.result()).toMatchObject({ status: 'unfiled', filings: [] });
  });

  it('is never filed when the parcel moves first', async () => {
    const one = await stalled(floor);
    await one.open();
    await one.untilStatus('ready');
    await one.tell({ kind: 'moved', at: Date.now() });
    expect(await one.result()).toMatchObject({ status: 'unfiled', filings: [] });
    expect(await one.filedCount()).toBe(0);
  });

  it('is filed exactly once when the line is cut after the desk has it', async () => {
    const one = await stalled(floor);
    await one.open();
    await one.untilStatus('ready');
    await one.stage.control('POST', '/faults', { route: 'appeals.file', kind: 'commitThenCut', times: 1 });
    await one.breakLimit();
    await untilTrue('the desk has it', async () => (await one.filedCount()) === 1);
    expect((await one.view()).status).toBe('filing');
    await one.pass(HOUR_MS);
    expect(await one.view()).toMatchObject({ status: 'filed', filings: [{ number: 1 }] });
    expect(await one.filedCount()).toBe(1);
  });

  it('is decided by a person where the desk says nothing', async () => {
    const one = await filedCase();
    expect((await one.order('decision', { outcome: 'maybe' })).status).toBe(400);
    expect((await one.order('decision', { outcome: 'lost', at: '2020-01-01T00:00:00Z' })).status).toBe(409);
    expect(await one.order('decision', { outcome: 'won' })).toMatchObject({ status: 200, body: { status: 'won' } });
    expect(await one.result()).toMatchObject({ status: 'won' });
  });

  it('stands in the list and on its own page', async () => {
    const one = await filedCase();
    type List = { data: { caseKey: string; status: string; open: boolean }[] };
    const list = async (): Promise<List> =>
      (await (await fetch(`${floor.apiUrl}/v1/appeals?shop=${one.stage.shopId}`)).json()) as List;
    await untilTrue('listed', async () => (await list()).data[0]?.status === 'filed');
    expect((await list()).data).toMatchObject([{ caseKey: one.path.split('/').at(-1), open: true }]);
    const page = await fetch(`${floor.apiUrl}${one.path}`);
    expect(await page.json()).toMatchObject({ status: 'filed', links: { self: one.path } });
    const unknown = await fetch(`${floor.apiUrl}/v1/appeals/${one.stage.shopId}/57-1`);
    expect(await unknown.json()).toMatchObject({ status: 404, type: '/problems/unknown-appeal' });
    expect((await fetch(`${floor.apiUrl}/v1/appeals/${one.stage.shopId}/57..`)).status).toBe(404);
  });

  it('outlives whatever is sent to it', async () => {
    const one = await stalled(floor);
    const handle = floor.client.workflow.getHandle(one.workflowId);
    await one.tell(null as unknown as AppealNews);
    const bad = [
      undefined,
      true,
      7,
      'x',
      [],
      {},
      { kind: 'opened', at: 1 },
      { kind: 'moved' },
      { kind: 'limitBroken', at: 1 },
    ];
    const worse = [
      { kind: '__proto__', at: 1 },
      { kind: 'moved', at: 1e300 },
      { kind: 'opened', at: 1, opening: { orderId: '1' } },
    ];
    for (const news of [...bad, ...worse]) await handle.signal(appealNews, news as AppealNews);
    await handle.signal('noSuchSignal', null);
    for (const name of ['appealAgain', 'fileAppeal', 'recordDecision', 'noSuchUpdate']) {
      for (const input of [null, 7, {}, { actor: 'a' }, { actor: 'a', note: 'n' }]) {
        await expect(handle.executeUpdate(name, { args: [input] })).rejects.toThrow();
      }
    }
    await one.open();
    await one.untilStatus('ready');
    const { events } = await handle.fetchHistory();
    expect((events ?? []).filter(({ eventType }) => Number(eventType) === WORKFLOW_TASK_FAILED)).toHaveLength(0);
    expect((await one.view()).toDo[0]).toMatch(/Not understood: 14 messages/);
  });

  it('goes on as a new run with all that it knows when its history is long', async () => {
    const one = await filedCase();
    const handle = floor.client.workflow.getHandle(one.workflowId);
    const { runId } = await handle.describe();
    for (let sent = 0; sent < MANY; sent += 100) {
      await Promise.all(Array.from({ length: 100 }, () => handle.signal(appealNews, null as unknown as AppealNews)));
    }
    await untilTrue('a new run', async () => (await handle.describe()).runId !== runId);
    const view = await one.view();
    expect(view).toMatchObject({ status: 'filed', filings: [{ number: 1, outcome: null }] });
    expect(view.toDo[0]).toMatch(`${MANY} messages`);
    await one.decide('won');
    await one.pass(DAY_MS + HOUR_MS);
    expect(await one.result()).toMatchObject({ status: 'won' });
    expect(await one.filedCount()).toBe(1);
  });
});
