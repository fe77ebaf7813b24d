import { WorkflowNotFoundError } from '@temporalio/client';
import express from 'express';
import pino from 'pino';
import { addressByOrderKey, addressKey } from '../../contracts/address-check';
import { recordSummaryKey } from '../../contracts/carrier-record';
import { answerProblem } from '../answer-problem';
import type { ApiDeps } from '../deps';
import { serve, type Serving } from '../serve';
import { readAddressCheck, readRates } from './rates';

let kept: Map<string, string>;
let vault: Map<string, string>;
let serving: Serving;
beforeEach(async () => {
  kept = new Map();
  vault = new Map();
  const deps = {
    findShop: (id: string) => Promise.resolve(id === '7' ? { id } : undefined),
    documents: {
      get: (key: string) => Promise.resolve(kept.get(key)),
      list: (folder: string) => Promise.resolve([...kept.keys()].filter((key) => key.startsWith(`${folder}/`))),
    },
    client: { withDeadline: (_: number, call: () => unknown) => call(), workflow: { getHandle: describing } },
    vault: { get: (key: string) => Promise.resolve(vault.get(key)) },
  } as unknown as ApiDeps;
  const app = express();
  app.get('/v1/orders/:shopId/:orderId/rates', readRates(deps));
  app.get('/v1/orders/:shopId/:orderId/address-check', readAddressCheck(deps));
  app.use(answerProblem(pino({ level: 'silent' })));
  serving = await serve(app, { host: '127.0.0.1', port: 0 });
});
afterEach(() => serving.stop());

/** Order 42 is known to Temporal, and no other. */
const describing = (id: string): object => ({
  describe: () =>
    id === 'order:7:42'
      ? Promise.resolve({ status: { name: 'RUNNING' } })
      : Promise.reject(new WorkflowNotFoundError('', id, undefined)),
});

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${serving.url}/v1/orders/7/${path}`);
  return { status: answer.status, body: await answer.json() };
}

const ground = {
  account: 'easypost',
  carrier: 'USPS',
  service: 'Ground',
  priceCents: 500,
  listCents: 800,
  deliveryDays: 4,
};
const air = { account: 'ups', carrier: 'UPS', service: 'Air', priceCents: 450, deliveryDays: null };
const size = { lengthIn: 10, widthIn: 8, heightIn: 4, weightOz: 16 };
const quote = {
  ...{ at: Date.UTC(2026, 10, 23), reason: 'cheapest', chosen: ground, offers: [ground, air], parcel: size },
  unrated: [{ account: 'usps', code: 'timeout' }],
};
const keep = (name: string, value: unknown): unknown => kept.set(`labels/7/42/${name}`, JSON.stringify(value));

describe('the rates of an order', () => {
  it('are what was offered, with why one was chosen and what we know of each', async () => {
    keep('1-1-quote', quote);
    keep('1-1', {});
    const record = { carrier: 'USPS', service: 'Ground', parcels: 40, onTime: 38, stalls: 1, losses: 0 };
    const few = { ...record, carrier: 'UPS', service: 'Air', parcels: 3, onTime: 3 };
    const summary = { at: 0, from: '2026-09-01', until: '2026-11-22', services: [record, few] };
    kept.set(recordSummaryKey('7'), JSON.stringify(summary));
    const { body } = await get('42/rates');
    expect(body).toEqual({
      shopId: '7',
      orderId: '42',
      parcels: [
        {
          package: '1',
          attempt: 1,
          askedAt: '2026-11-23T00:00:00.000Z',
          parcel: size,
          chosen: { account: 'easypost', carrier: 'USPS', service: 'Ground', priceCents: 500 },
          reason: 'cheapest',
          reasonText: 'the cheapest that arrives in time',
          offers: [
            { ...air, record: { parcels: 3, onTime: 3, stalls: 1, losses: 0, onTimePercent: null }, isChosen: false },
            {
              ...ground,
              savingCents: 300,
              record: { parcels: 40, onTime: 38, stalls: 1, losses: 0, onTimePercent: 95 },
              isChosen: true,
            },
          ],
          unrated: [{ account: 'usps', code: 'timeout' }],
        },
      ],
    });
  });

  it('are of each parcel and purchase, in their order', async () => {
    for (const name of ['2-1', '1-10', '1-2']) keep(`${name}-quote`, quote);
    const { body } = await get('42/rates');
    const { parcels } = body as { parcels: { package: string; attempt: number; offers: unknown[] }[] };
    expect(parcels.map((one) => `${one.package}-${one.attempt}`)).toEqual(['1-2', '1-10', '2-1']);
    expect(parcels[0]?.offers[0]).toMatchObject({ record: null });
  });

  it('are none before it asked for any', async () => {
    expect(await get('42/rates')).toEqual({ status: 200, body: { shopId: '7', orderId: '42', parcels: [] } });
    expect((await get('43/rates')).status).toBe(404);
    expect((await get('43/address-check')).status).toBe(404);
    expect((await get('42/rates?x=1')).status).toBe(400);
  });
});

describe('the check of an address', () => {
  it('is told with what a carrier would write', async () => {
    const address = {
      name: 'A',
      phone: '',
      street1: '1 St',
      street2: '',
      city: 'C',
      state: 'CA',
      zip: '1',
      country: 'US',
    };
    vault.set(addressByOrderKey('7', '42'), '{"mark":"m1"}');
    vault.set(addressKey('7', 'm1'), JSON.stringify({ verdict: 'corrected', codes: ['A1'], suggestion: address }));
    expect(await get('42/address-check')).toEqual({
      status: 200,
      body: { shopId: '7', orderId: '42', verdict: 'corrected', codes: ['A1'], suggestion: address },
    });
  });

  it('is nothing where no address was checked', async () => {
    const nothing = { verdict: null, codes: [], suggestion: null };
    expect(await get('42/address-check')).toEqual({ status: 200, body: { shopId: '7', orderId: '42', ...nothing } });
  });
});
