import { TypedSearchAttributes } from '@temporalio/common';
import type { Alert, AlertNews } from '../../domain/alerts/alert';
import { orderWorkflowId, searchAttributes } from '../../workflows/messages';
import { ALERT_DESK, alertDeskWorkflowId, alertsRaised } from '../../workflows/messages-alerts';
import { problemOf, type Reply } from './calls';
import { openStage, type Stage } from './stage';

const T0 = Date.parse('2026-11-20T18:00:00Z');

const warning = (orderId: string, dueAt = T0 + 14_400_000): Alert => ({
  key: `order:${orderId}:shipBy:14400000`,
  orderId,
  kind: 'deadline',
  about: 'shipBy',
  raisedAt: T0,
  dueAt,
  tierMs: 14_400_000,
});

const form: Alert = {
  key: 'manifest:easypost:la:2026-11-20:scanNotReported',
  orderId: '',
  kind: 'task',
  about: 'scanNotReported',
  raisedAt: T0,
};

const JSON_TYPE = { 'content-type': 'application/json' };

type Listed = { key: string; state: string; acknowledgedBy: string | null };

async function tell({ client, shop }: Stage, news: Partial<AlertNews>): Promise<void> {
  await client.workflow.signalWithStart(ALERT_DESK, {
    workflowId: alertDeskWorkflowId(shop.id),
    taskQueue: `api-${shop.id}`,
    args: [{ shopId: shop.id }],
    signal: alertsRaised,
    signalArgs: [{ at: T0, raise: [], settle: [], ...news }],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    typedSearchAttributes: new TypedSearchAttributes([{ key: searchAttributes.shopId, value: shop.id }]),
  });
}

const list = ({ ask, shop }: Stage, query = ''): Promise<Reply> => ask(`GET /v1/alerts?shop=${shop.id}${query}`);

const keys = ({ body }: Reply): string[] => (body['data'] as Listed[]).map(({ key }) => key);

const acknowledge = ({ ask, shop }: Stage, body: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
  ask(`POST /v1/alerts/${shop.id}/acknowledge`, {
    headers: { ...JSON_TYPE, ...headers },
    body: JSON.stringify(body),
  });

const told = (reply: Reply): unknown[] => [reply.status, problemOf(reply)];

describe('the alerts of a shop', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  it('are none, and none can be acknowledged, before its desk was told anything', async () => {
    const quiet = await openStage({ hasWorker: false });
    try {
      expect(await list(quiet)).toMatchObject({ status: 200, body: { data: [], count: 0 } });
      expect(told(await acknowledge(quiet, { key: 'k' }))).toEqual([404, '/problems/unknown-alert']);
    } finally {
      await quiet.close();
    }
  });

  it('are listed the most urgent first, with what to do and where', async () => {
    await tell(stage, { raise: [form, warning('2', T0 + 1), warning('1', T0)] });
    const reply = await list(stage);
    expect(keys(reply)).toEqual([warning('1').key, warning('2').key, form.key]);
    const workflow = encodeURIComponent(orderWorkflowId(stage.shop.id, '1'));
    expect(reply.body).toMatchObject({
      count: 3,
      asOf: expect.stringMatching(/Z$/) as string,
      data: [
        {
          shopId: stage.shop.id,
          orderId: '1',
          kind: 'deadline',
          about: 'shipBy',
          sentence: expect.stringMatching(/^Order 1 must be dispatched by 2026-11-20 18:00 UTC/) as string,
          raisedAt: '2026-11-20T18:00:00.000Z',
          dueAt: '2026-11-20T18:00:00.000Z',
          tierMs: 14_400_000,
          state: 'open',
          acknowledgedBy: null,
          acknowledgedAt: null,
          settledAt: null,
          links: {
            order: `/v1/orders/${stage.shop.id}/1`,
            temporal: `http://127.0.0.1:8233/namespaces/shipclock/workflows/${workflow}`,
            acknowledge: `/v1/alerts/${stage.shop.id}/acknowledge`,
          },
        },
        {},
        { dueAt: null, links: { order: null, temporal: null } },
      ],
    });
  });

  it('leave the open ones when somebody acknowledges them, and the list when they are settled', async () => {
    const [seen, done] = [warning('seen'), warning('done')];
    await tell(stage, { raise: [seen, done] });
    expect(await acknowledge(stage, { key: seen.key }, { 'x-actor': 'Ada' })).toMatchObject({ status: 200 });
    await tell(stage, { settle: [done.key] });
    expect(keys(await list(stage))).not.toContain(seen.key);
    expect(keys(await list(stage, '&state=acknowledged'))).toEqual([seen.key]);
    expect(keys(await list(stage, '&state=settled'))).toEqual([done.key]);
    const all = keys(await list(stage, '&state=all'));
    expect(all).toEqual([...keys(await list(stage)), seen.key, done.key]);
  });

  it.each(['shop=x', 'state=closed', 'limit=1', 'state=open&state=all'])('are refused for ?%s', async (query) => {
    expect(told(await stage.ask(`GET /v1/alerts?${query}`))).toEqual([400, '/problems/invalid-query']);
  });

  it('of a shop that is not known are 404', async () => {
    expect(told(await stage.ask('GET /v1/alerts?shop=1'))).toEqual([404, '/problems/unknown-shop']);
    expect(told(await stage.ask('POST /v1/alerts/1/acknowledge'))).toEqual([404, '/problems/unknown-shop']);
  });

  it('are nobody’s from another site', async () => {
    const headers = { origin: 'http://evil.example' };
    expect(told(await acknowledge(stage, { key: 'k' }, headers))).toEqual([403, '/problems/foreign-site']);
    expect(told(await stage.ask('GET /v1/alerts', { headers }))).toEqual([403, '/problems/foreign-site']);
  });
});

describe('acknowledging an alert', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
    await tell(stage, { raise: [warning('1'), warning('2')] });
  });
  afterAll(() => stage.close());

  it('keeps the first who said so, whoever asks again', async () => {
    const headers = { 'x-actor': 'Ada', 'idempotency-key': 'a' };
    const first = await acknowledge(stage, { key: warning('1').key }, headers);
    expect(first).toMatchObject({
      status: 200,
      body: { alert: { shopId: stage.shop.id, state: 'acknowledged', acknowledgedBy: 'Ada' } },
    });
    for (const again of [headers, { 'x-actor': 'Ada' }, { 'x-actor': 'Bob' }]) {
      expect(await acknowledge(stage, { key: warning('1').key }, again)).toMatchObject({
        status: 200,
        body: first.body,
      });
    }
  });

  it('under a key that another alert was acknowledged with is refused as that', async () => {
    const headers = { 'x-actor': 'Ada', 'idempotency-key': 'b' };
    expect(await acknowledge(stage, { key: warning('1').key }, headers)).toMatchObject({ status: 200 });
    expect(told(await acknowledge(stage, { key: warning('2').key }, headers))).toEqual([422, '/problems/key-reused']);
    expect(keys(await list(stage))).toEqual([warning('2').key]);
  });

  it('that nobody raised is 404, with the key', async () => {
    const reply = await acknowledge(stage, { key: 'order:9:shipBy:0' });
    expect(told(reply)).toEqual([404, '/problems/unknown-alert']);
    expect(reply.body['detail']).toContain('order:9:shipBy:0');
    expect(await stage.ask('GET /problems/unknown-alert')).toMatchObject({ status: 200 });
  });

  it.each([{}, { key: '' }, { key: 7 }, { key: 'k'.repeat(256) }, { key: 'k', more: 1 }, []])(
    'with %j as its body is 400',
    async (body) => {
      expect(told(await acknowledge(stage, body))).toEqual([400, '/problems/invalid-body']);
    },
  );

  it('by somebody without a name is 400', async () => {
    const reply = await acknowledge(stage, { key: warning('2').key }, { 'x-actor': '' });
    expect(told(reply)).toEqual([400, '/problems/invalid-header']);
  });
});

describe('while no worker runs', () => {
  it('alerts can be neither read nor acknowledged now', async () => {
    const stage = await openStage({ hasWorker: false });
    try {
      await tell(stage, { raise: [warning('1')] });
      const replies = await Promise.all([list(stage), acknowledge(stage, { key: warning('1').key })]);
      for (const reply of replies) {
        expect(told(reply)).toEqual([503, '/problems/worker-unavailable']);
        expect(reply.headers.get('retry-after')).toBe('5');
      }
    } finally {
      await stage.close();
    }
  });
});
