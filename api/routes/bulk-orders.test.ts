import express from 'express';
import pino from 'pino';
import { z } from 'zod';
import { answerProblem } from '../answer-problem';
import type { ApiDeps } from '../deps';
import { atDoor, readBytes } from '../door';
import { Problem } from '../problem';
import { serve, type Serving } from '../serve';
import { bulkOrders, type OneOrder, type OrderCommands } from './bulk-orders';

let told: (OneOrder & { fields: unknown })[];
let underWay: number;
let mostUnderWay: number;
let serving: Serving;

const Fields = z.strictObject({ carrier: z.string().optional() });

/** Refuses order 2, and breaks over order 3. */
const commands: OrderCommands = {
  names: ['packed', 'choose-label'],
  prepare: (_name, given) => {
    const fields = atDoor(() => Fields.parse(given));
    return async (_deps, one) => {
      told.push({ ...one, fields });
      underWay += 1;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      if (one.orderId === '2') throw new Problem('refused', 'It is bought already.');
      if (one.orderId === '3') throw new TypeError('bug');
      return { phase: 'toPack', at: 0 };
    };
  },
};

beforeEach(async () => {
  [told, underWay, mostUnderWay] = [[], 0, 0];
  const logger = pino({ level: 'silent' });
  const deps = { logger, findShop: (id: string) => Promise.resolve({ id }) } as unknown as ApiDeps;
  const app = express();
  app.post('/v1/shops/:shopId/orders/bulk', readBytes, bulkOrders(deps, commands));
  app.use(answerProblem(logger));
  serving = await serve(app, { host: '127.0.0.1', port: 0 });
});
afterEach(() => serving.stop());

async function post(body: object, key?: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${serving.url}/v1/shops/7/orders/bulk`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { 'idempotency-key': key }) },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index + 10));

describe('one word to many orders', () => {
  it('is answered for each, in the order in which they were named', async () => {
    const { body } = await post({ command: 'choose-label', orders: ['1', '2', '3'], carrier: 'UPS' });
    expect(body).toEqual({
      command: 'choose-label',
      orders: [
        { orderId: '1', status: 200, phase: 'toPack', at: '1970-01-01T00:00:00.000Z' },
        { orderId: '2', status: 409, problem: 'It is bought already.' },
        { orderId: '3', status: 500, problem: 'Something unexpected happened with this order; the log has more.' },
      ],
      accepted: 1,
      refused: 2,
    });
    expect(told[0]).toMatchObject({ shopId: '7', orderId: '1', fields: { carrier: 'UPS' } });
  });

  it('goes to ten at once, and to 600 at most', async () => {
    expect((await post({ command: 'packed', orders: many(600) })).body).toMatchObject({ accepted: 600 });
    expect(mostUnderWay).toBe(10);
    expect((await post({ command: 'packed', orders: many(601) })).status).toBe(400);
  });

  it('is known again by its key, for each order, whichever are named with it', async () => {
    await post({ command: 'packed', orders: ['1', '4'], carrier: 'UPS' }, 'k');
    await post({ carrier: 'UPS', orders: ['4'], command: 'packed' }, 'k');
    await post({ command: 'packed', orders: ['4'] }, 'k');
    const [first, second, again, other] = told;
    expect(first?.caller.key).toBe(second?.caller.key);
    expect(again).toEqual(second);
    expect(other?.bodyHash).not.toBe(again?.bodyHash);
    expect(first?.caller.key).not.toBe('k');
  });

  it.each([
    [{ command: 'sell', orders: ['1'] }],
    [{ command: 'packed', orders: [] }],
    [{ command: 'packed', orders: ['1', '1'] }],
    [{ command: 'packed', orders: ['x'] }],
    [{ command: 'packed', orders: ['1'], colour: 'red' }],
    [{ orders: ['1'] }],
  ])('%j is refused as a whole', async (body) => {
    expect((await post(body)).status).toBe(400);
    expect(told).toEqual([]);
  });
});
