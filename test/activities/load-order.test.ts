import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities, type Activities } from '../../activities';
import { localDocuments } from '../../adapters/document-store/local';
import type { Answer } from '../../domain/order/event';
import { openSandboxShop } from '../../engine/sandbox-shop';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { sampleOrder } from '../../stories/sample-order';
import { portsOf } from '../../workers/ports';

const SHOP = '7000000000000000009';
const FRIDAY = Date.UTC(2026, 10, 13, 23);

let folder: string;
let sandbox: Sandbox;
let activities: Activities;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipclock-activities-'));
  sandbox = await startSandbox({ port: 0 });
  activities = createActivities(
    portsOf({ documentsDir: folder, client: new Client({ connection: Connection.lazy() }), taskQueue: 'none' }),
  );
  await openSandboxShop({ sandboxUrl: sandbox.url, apiUrl: sandbox.url, documentsDir: folder, shopId: SHOP });
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

const load = (orderId: string, first = true): Promise<Answer> =>
  new MockActivityEnvironment().run(activities.loadOrder, { shopId: SHOP, orderId, at: FRIDAY, first, plan: first });

async function place(wish: Record<string, unknown> = {}): Promise<string> {
  const order = sampleOrder({ createdAt: FRIDAY, status: 'AWAITING_SHIPMENT', ...wish });
  const response = await fetch(`${sandbox.url}/control/shops/${SHOP}/orders/${order.id}?silent=true`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  expect(response.status).toBe(201);
  return order.id;
}

describe('loadOrder', () => {
  it('plans the seed’s three limits from the order’s creation', async () => {
    const answer = await load(await place());
    expect(answer).toMatchObject({
      kind: 'loaded',
      facts: { status: 'awaitingShipment', shippingType: 'seller' },
      plan: {
        policySet: 'seed',
        deadlines: [
          { name: 'shipBy', local: 'Wed 18 Nov 15:00 PST', severity: 'limit' },
          { name: 'autoCancelUnpacked', local: 'Wed 18 Nov 15:00 PST', severity: 'limit' },
          { name: 'autoCancelUncollected', local: 'Tue 24 Nov 15:00 PST', severity: 'limit' },
        ],
      },
    });
  });

  it('keeps the platform’s own instant beside ours, and takes 0 for none', async () => {
    const answer = await load(await place({ rts_sla_time: 1_795_000_000, shipping_due_time: 0 }));
    const deadlines = answer.kind === 'loaded' ? (answer.plan?.deadlines ?? []) : [];
    expect(deadlines.map(({ platformAt }) => platformAt)).toEqual([1_795_000_000_000, undefined, undefined]);
  });

  it('lets nothing of the recipient through', async () => {
    expect(JSON.stringify(await load(await place()))).not.toMatch(/Swan|Harbor|555-0142/);
  });

  it('says that the platform does not know an order; how often that must be so is for the order to decide', async () => {
    expect(await load('576461413000000000')).toEqual({ kind: 'unknownOrder' });
  });

  it('finds the order of a tracking number that another tool put there', async () => {
    const orderId = await place({ tracking_number: '1Z9999W99999999999', shipping_provider: 'UPS' });
    await load(orderId);
    const document = await localDocuments(folder).get('labels/by-tracking/1Z9999W99999999999');
    expect(JSON.parse(document ?? '{}')).toEqual({ shopId: SHOP, orderId });
  });

  it('begins no order again whose dossier is kept', async () => {
    const orderId = await place();
    await localDocuments(folder).putIfAbsent(`orders/${SHOP}/${orderId}/dossier`, '{}');
    expect(await load(orderId)).toEqual({ kind: 'alreadyClosed' });
    expect(await load(orderId, false)).toMatchObject({ kind: 'loaded' });
  });

  it('says so when the shop names a rule set that nobody knows', async () => {
    const documents = localDocuments(folder);
    const shop = JSON.parse((await documents.get(`shops/${SHOP}`)) ?? '{}') as Record<string, unknown>;
    await documents.put(
      'shops/7000000000000000010',
      JSON.stringify({ ...shop, id: '7000000000000000010', policySet: 'us/none' }),
    );
    const orderId = await place();
    const input = { shopId: '7000000000000000010', orderId, at: FRIDAY, first: true, plan: true };
    const answer = await new MockActivityEnvironment().run(activities.loadOrder, input);
    expect(answer).toMatchObject({ kind: 'unknownPolicy', policySet: 'us/none' });
  });

  it('warns a live shop of the first rule set, which is more lenient than today’s', async () => {
    const documents = localDocuments(folder);
    const shop = JSON.parse((await documents.get(`shops/${SHOP}`)) ?? '{}') as Record<string, unknown>;
    const live = '7000000000000000011';
    await documents.put(`shops/${live}`, JSON.stringify({ ...shop, id: live, kind: 'live' }));
    const input = { shopId: live, orderId: await place(), at: FRIDAY, first: true, plan: true };
    const answer = await new MockActivityEnvironment().run(activities.loadOrder, input);
    expect(answer).toMatchObject({ plan: { policySet: 'seed', flags: ['lenientRules'] } });
  });
});
