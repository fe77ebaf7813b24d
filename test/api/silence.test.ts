import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import { createApp } from '../../api/app';
import { createLogger } from '../../api/logger';
import { serve, type Serving } from '../../api/serve';
import { callsOf, type Reply } from './calls';
import { anyOrder, NAMESPACE, newOrderId, openStage, until, type Stage } from './stage';

const told = ({ status, body }: { status: number; body: Record<string, unknown> }): unknown[] => [status, body['type']];

/** Runs a call that must not hang. */
async function timed<T>(call: Promise<T>, limitMs: number): Promise<T> {
  const begunAt = Date.now();
  const result = await call;
  expect(Date.now() - begunAt).toBeLessThan(limitMs);
  return result;
}

describe('while no worker runs', () => {
  let stage: Stage;
  let id: string;
  beforeAll(async () => {
    stage = await openStage();
    id = newOrderId();
    expect(await stage.place(anyOrder(id))).toMatchObject({ status: 201 });
    await until(async () => (await read()).body['platformStatus'] !== null);
    await stage.stopWorker();
  });
  afterAll(() => stage.close());

  const read = (): Promise<Reply> => stage.read(id);

  it('an order is read within 6 s as: no worker, try again', async () => {
    const reply = await timed(read(), 6_000);
    expect(told(reply)).toEqual([503, '/problems/worker-unavailable']);
    expect(reply.headers.get('retry-after')).toBe('5');
  });

  it("a person's order waits 5 s; under the same key it takes effect once as soon as there is a worker", async () => {
    const headers = { 'idempotency-key': 'hold' };
    const reply = await timed(stage.order(id, 'hold', { headers }), 6_000);
    expect(told(reply)).toEqual([503, '/problems/worker-unavailable']);
    await stage.startWorker();
    expect(await stage.order(id, 'hold', { headers })).toMatchObject({ status: 200, body: { accepted: true } });
    const timeline = (await read()).body['timeline'] as { what: string }[];
    expect(timeline.filter(({ what }) => what === 'person.holdOrder')).toHaveLength(1);
  });

  it('the service is not ready where none was ever seen, and says so', async () => {
    const idle = await openStage({ hasWorker: false });
    try {
      const reply = await idle.ask('GET /readyz');
      expect(reply).toMatchObject({ status: 503, body: { errors: [{ pointer: '/worker' }] } });
      expect(await idle.ask('GET /healthz')).toMatchObject({ status: 200 });
    } finally {
      await idle.close();
    }
    expect(await stage.ask('GET /readyz')).toMatchObject({ status: 200 });
  });

  it('a live shop cannot be asked whether it has an order', async () => {
    const live = await openStage({ hasWorker: false, kind: 'live' });
    try {
      expect(told(await timed(live.place(anyOrder(newOrderId())), 6_000))).toEqual([
        503,
        '/problems/worker-unavailable',
      ]);
    } finally {
      await live.close();
    }
  });
});

describe('a live shop', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ kind: 'live' });
  });
  afterAll(() => stage.close());

  it('must have an order before it is taken in', async () => {
    const id = newOrderId();
    expect(told(await stage.place(anyOrder(id)))).toEqual([404, '/problems/unknown-order']);
    await stage.sandbox.control('PUT', `/orders/${id}?silent=true`, anyOrder(id));
    expect(await stage.place(anyOrder(id), { 'idempotency-key': 'k' })).toMatchObject({ status: 201 });
    expect(told(await stage.place(anyOrder(id)))).toEqual([409, '/problems/duplicate-order']);
  });
});

describe('while the sandbox is down', () => {
  it('an order cannot be placed now', async () => {
    const stage = await openStage({ hasWorker: false, sandboxUrl: 'http://127.0.0.1:9' });
    try {
      expect(told(await stage.place(anyOrder(newOrderId())))).toEqual([503, '/problems/platform-unavailable']);
    } finally {
      await stage.close();
    }
  });
});

describe('while Temporal hangs', () => {
  let stage: Stage;
  let serving: Serving;
  let closeMute: () => void;
  beforeAll(async () => {
    stage = await openStage({ hasWorker: false });
    const mute = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    const connection = Connection.lazy({ address: `127.0.0.1:${String((mute.address() as AddressInfo).port)}` });
    const app = createApp({
      client: new Client({ connection, namespace: NAMESPACE }),
      namespace: NAMESPACE,
      taskQueue: 'none',
      findShop: () => Promise.resolve(stage.shop),
      documents: stage.documents,
      sandboxUrl: stage.shop.platform.baseUrl,
      temporalUiUrl: 'http://127.0.0.1:8233',
      logger: createLogger('silent'),
    });
    serving = await serve(app, { host: '127.0.0.1', port: 0 });
    closeMute = () => {
      void connection.close();
      mute.close();
    };
  });
  afterAll(async () => {
    await serving.stop();
    closeMute();
    await stage.close();
  });

  it('every route answers 503 within 6 s', async () => {
    const routes = ['GET /v1/orders', 'GET /v1/orders/1/2', 'POST /v1/orders/1/2/hold', 'GET /', 'GET /readyz'];
    const answers = await timed(
      Promise.all(
        routes.map((route) => {
          const [method = '', path = ''] = route.split(' ');
          return fetch(`${serving.url}${path}`, { method });
        }),
      ),
      6_000,
    );
    for (const { status, headers } of answers) expect([status, headers.get('retry-after')]).toEqual([503, '5']);
  });

  it('a webhook is answered within the 3 s of the platform, so that it comes again', async () => {
    const calls = callsOf(serving.url, stage.shop);
    const webhook = calls.statusChange(newOrderId(), 'AWAITING_SHIPMENT');
    const reply = await timed(calls.sendTikTok(webhook), 3_000);
    expect(told(reply)).toEqual([503, '/problems/temporal-unavailable']);
    // And when it comes again it is not taken for one that was told.
    expect(await timed(calls.sendTikTok(webhook), 3_000)).toMatchObject({ status: 503 });
  });
});
