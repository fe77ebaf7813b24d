import { WorkflowNotFoundError } from '@temporalio/client';
import express from 'express';
import pino from 'pino';
import { answerProblem } from '../answer-problem';
import type { ApiDeps } from '../deps';
import { readBytes } from '../door';
import { serve, type Serving } from '../serve';
import { commandOrder, orderCommands } from './command-order';
import { bulkOrders } from './bulk-orders';

const HOUR_MS = 3_600_000;
/** The played shop is weeks ahead of the wall clock. */
const PLAYED_NOW = Date.parse('2031-03-03T12:00:00Z');

let told: unknown[];
let known: string | undefined;
let servings: Serving[];
let url: string;

beforeEach(async () => {
  [told, known, servings] = [[], undefined, []];
  const sandbox = express().get('/control/shops/:shopId/clock', (_req, res) => {
    res.json({ now: PLAYED_NOW, nextAt: null });
  });
  const played = await serve(sandbox, { host: '127.0.0.1', port: 0 });
  const executeUpdate = (_name: string, { args: [input] }: { args: [{ bodyHash: string }] }) => {
    told.push(input);
    known = input.bodyHash;
    return Promise.resolve({ accepted: true, phase: 'awaitingHandover', at: 0, bodyHash: input.bodyHash });
  };
  const result = (): Promise<object> =>
    known === undefined
      ? Promise.reject(new WorkflowNotFoundError('no such update', 'order:7:1', undefined))
      : Promise.resolve({});
  const logger = pino({ level: 'silent' });
  const deps = {
    logger,
    sandboxUrl: played.url,
    findShop: (id: string) => Promise.resolve({ id, kind: id === '8' ? 'sandbox' : 'live' }),
    client: {
      withDeadline: (_at: number, call: () => unknown) => call(),
      workflow: { getHandle: () => ({ executeUpdate, getUpdateHandle: () => ({ result }) }) },
    },
  } as unknown as ApiDeps;
  const app = express();
  app.use(readBytes);
  app.post('/v1/shops/:shopId/orders/bulk', bulkOrders(deps, orderCommands));
  for (const path of ['reschedule', 'handed-over'] as const)
    app.post(`/v1/orders/:shopId/:orderId/${path}`, commandOrder(deps, path));
  app.use(answerProblem(logger));
  const api = await serve(app, { host: '127.0.0.1', port: 0 });
  servings = [api, played];
  url = api.url;
});
afterEach(async () => {
  await Promise.all(servings.map((serving) => serving.stop()));
});

type Answer = { status: number; body: { detail?: string; orders?: object[] } };

async function post(path: string, body: object, key?: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) };
  const answer = await fetch(`${url}/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as Answer['body'] };
}

const iso = (at: number): string => new Date(at).toISOString();

describe('a planned handover', () => {
  it.each([
    ['8', PLAYED_NOW + HOUR_MS, 200],
    ['8', PLAYED_NOW - 60_000, 200],
    ['8', PLAYED_NOW - HOUR_MS, 409],
    ['7', Date.now() + HOUR_MS, 200],
    ['7', Date.now() - 24 * HOUR_MS, 409],
    ['7', Date.parse('2020-01-01T00:00:00Z'), 409],
  ])('of shop %s is still to come by its own clock: %d gets %d', async (shopId, at, status) => {
    jest.spyOn(Date, 'now').mockReturnValue(shopId === '8' ? PLAYED_NOW - 30 * 24 * HOUR_MS : Date.now());
    const answer = await post(`orders/${shopId}/1/reschedule`, { at: iso(at) });
    jest.restoreAllMocks();
    expect(answer.status).toBe(status);
    expect(told).toHaveLength(status === 200 ? 1 : 0);
    if (status === 409) expect(answer.body.detail).toMatch(/is over at this shop/);
  });

  it('is refused for each of many orders', async () => {
    const { body } = await post('shops/7/orders/bulk', { command: 'reschedule', orders: ['1'], at: iso(0) });
    expect(body.orders).toMatchObject([{ orderId: '1', status: 409 }]);
    expect(told).toEqual([]);
  });

  it('may leave the instant out', async () => {
    expect((await post('orders/7/1/reschedule', { method: 'pickup' })).status).toBe(200);
  });

  it('hears the first answer under its key, also when its instant is over', async () => {
    const body = { at: iso(Date.now() - HOUR_MS) };
    expect((await post('orders/7/1/reschedule', body, 'k')).status).toBe(409);
    known = 'the first one';
    expect((await post('orders/7/1/reschedule', body, 'k')).status).toBe(200);
    expect((await post('orders/7/1/reschedule', body)).status).toBe(409);
  });
});

it('tells of the past what was handed over', async () => {
  expect((await post('orders/7/1/handed-over', { at: '2026-01-01T12:00:00Z' })).status).toBe(200);
});
