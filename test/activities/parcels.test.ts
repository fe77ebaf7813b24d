import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities, type Activities } from '../../activities';
import { localDocuments } from '../../adapters/document-store/local';
import { ALL_SHOPS_KEY, standingKey } from '../../contracts/standing';
import { shopKey } from '../../contracts/shop';
import type { Answer } from '../../domain/order/event';
import { openSandboxShop } from '../../engine/sandbox-shop';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { sampleOrder } from '../../stories/sample-order';
import { portsOf } from '../../workers/ports';
import { keyringIn } from '../support/keys';

const SHOP = '7000000000000000019';
const NOW = Date.now();

let folder: string;
let sandbox: Sandbox;
let activities: Activities;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shipclock-parcels-'));
  sandbox = await startSandbox({ port: 0 });
  await startAnew();
  await openSandboxShop({ sandboxUrl: sandbox.url, apiUrl: sandbox.url, documentsDir: folder, shopId: SHOP });
  await configure({ combine: 'auto' });
});
afterEach(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

/** As a process that has read nothing yet: standings are kept for 2 s. */
async function startAnew(): Promise<void> {
  const client = new Client({ connection: Connection.lazy() });
  const keyring = await keyringIn(folder);
  activities = createActivities(portsOf({ documentsDir: folder, client, taskQueue: 'none', keyring }));
}

async function configure(settings: object): Promise<void> {
  const documents = localDocuments(folder);
  const written = JSON.parse((await documents.get(shopKey(SHOP))) ?? '{}') as object;
  await documents.put(shopKey(SHOP), JSON.stringify({ ...written, ...settings }));
}

async function place(wish: Record<string, unknown> = {}): Promise<string> {
  const order = sampleOrder({ createdAt: NOW, status: 'AWAITING_SHIPMENT', auto_combine_group_id: '77', ...wish });
  await fetch(`${sandbox.url}/control/shops/${SHOP}/orders/${order.id}?silent=true`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
  });
  await run('loadOrder', { ...about(order.id), first: true, plan: true });
  return order.id;
}

const about = (orderId: string) => ({ shopId: SHOP, orderId, at: NOW });

const run = (name: 'loadOrder' | 'prepareLabel' | 'uploadTracking' | 'buyLabel', input: unknown): Promise<Answer> =>
  new MockActivityEnvironment().run(activities[name] as (input: unknown) => Promise<Answer>, input);

const prepare = (orderId: string, more = {}): Promise<Answer> =>
  run('prepareLabel', { ...about(orderId), package: '1', attempt: 1, ...more });

describe('a common parcel', () => {
  it('has one owner however many ask at once: the others are told to wait for it', async () => {
    const ids = [await place(), await place(), await place()].sort();
    const answers = await Promise.all(ids.map((id) => prepare(id)));
    const wanted = [
      { kind: 'prepared', members: ids.slice(1) },
      ...ids.slice(1).map(() => ({ kind: 'shared', owner: ids[0] })),
    ];
    expect(answers).toMatchObject(wanted);
    // Asked again, as after a reset, it is the same.
    expect(await Promise.all(ids.map((id) => prepare(id)))).toMatchObject(wanted);
  });

  it('is closed once it was decided: who comes later goes alone, and so does who was alone', async () => {
    const first = await place();
    expect(await prepare(first)).toMatchObject({ kind: 'prepared' });
    const late = await place();
    const answer = await prepare(late);
    expect(answer.kind).toBe('prepared');
    expect('members' in answer).toBe(false);
  });

  it('takes no order to another address, and none that may still be cancelled', async () => {
    const address = { name: 'A', phone_number: '1', region_code: 'US', postal_code: '1', address_line1: '9 Else' };
    await place({ recipient_address: address });
    await place({ status: 'ON_HOLD' });
    const answer = await prepare(await place());
    expect('members' in answer).toBe(false);
  });

  it('is none where the shop sends every order by itself', async () => {
    await configure({ combine: 'off' });
    await place();
    const answer = await prepare(await place());
    expect('members' in answer).toBe(false);
  });
});

describe('a step that writes', () => {
  const upload = (orderId: string): Promise<Answer> =>
    run('uploadTracking', {
      ...about(orderId),
      itemIds: [],
      trackingNumber: '9400100000000000000000',
      carrier: 'USPS',
    });
  const switchTo = async (key: string, standing: object): Promise<void> => {
    await localDocuments(folder).put(key, JSON.stringify(standing));
    await startAnew();
  };

  it('waits while writes are off, in its shop or in all', async () => {
    const id = await place();
    await switchTo(ALL_SHOPS_KEY, { writes: 'off' });
    await expect(upload(id)).rejects.toMatchObject({ type: 'heldBack', nonRetryable: false });
  });

  it('waits where its shop is not connected any more', async () => {
    const id = await place();
    await switchTo(standingKey(SHOP), { connection: 'deauthorised' });
    await expect(upload(id)).rejects.toMatchObject({ type: 'auth', nonRetryable: false });
  });

  it('has the order read itself where its shop is only watched', async () => {
    const id = await place();
    await switchTo(standingKey(SHOP), { mode: 'watch' });
    expect(await upload(id)).toEqual({ kind: 'orderChanged' });
    expect(await run('loadOrder', { ...about(id), first: false, plan: false })).toMatchObject({ mode: 'watch' });
  });

  it('does not give a carrier’s number to a platform that takes only its own', async () => {
    const id = await place();
    const order = { ...about(id), itemIds: [], trackingNumber: '9400100000000000000000', carrier: 'USPS' };
    const answer = await run('uploadTracking', { ...order, avoid: ['USPS'] });
    expect(answer).toMatchObject({ kind: 'refused' });
  });
});
