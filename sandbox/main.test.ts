import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anOrder, aShipment, openShop, type Shop, stage } from './test-support';

const ORDER = '576461413038785752';

let dir: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sandbox-'));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(dir, { recursive: true });
});

type Said = { ready?: true; url?: string; failed?: { port: number; code: string } };

async function start(port = 0): Promise<{ child: ChildProcess; said: Said }> {
  const child = fork(join(__dirname, 'main.ts'), {
    execArgv: ['--import', 'tsx'],
    env: {
      ...process.env,
      SHIPCLOCK_SANDBOX_PORT: String(port),
      SHIPCLOCK_SANDBOX_DIR: dir,
      SANDBOX_TRAFFIC_LOG: join(dir, 'traffic.jsonl'),
    },
  });
  children.push(child);
  const [said] = (await once(child, 'message')) as [Said];
  return { child, said };
}

async function buyLabel(shop: Shop): Promise<string> {
  const created = await shop.viaEasyPost('POST', '/shipments', { shipment: aShipment(`${shop.shopId}:${ORDER}:1:1`) });
  const { id, rates } = created.body as { id: string; rates: { id: string }[] };
  await shop.viaEasyPost('POST', `/shipments/${id}/buy`, { rate: { id: rates[0]?.id } });
  return id;
}

describe('the sandbox process', () => {
  it('has everything again after a kill -9', async () => {
    const first = await start();
    const url = first.said.url ?? '';
    const shop = await openShop(url, { shopId: '7495', now: 1_900_000_000_000 });
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER, { status: 'ON_HOLD' }));
    await shop.control('POST', '/faults', { route: 'tiktok.cancel', kind: 'hang' });
    const shipmentId = await buyLabel(shop);
    const ledger = await shop.control('GET', '/ledger');
    const clock = await shop.control('GET', '/clock');
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');

    const second = await start();
    const again = await openShop(second.said.url ?? '', { shopId: '7495' });
    expect([again.appSecret, again.accessToken, again.easypost]).toEqual([
      shop.appSecret,
      shop.accessToken,
      shop.easypost,
    ]);
    expect((await again.control('GET', '/ledger')).body).toEqual(ledger.body);
    expect((await again.control('GET', '/faults')).body['data']).toMatchObject([{ kind: 'hang' }]);
    expect((await again.viaEasyPost('GET', `/shipments/${shipmentId}`)).body).toMatchObject({
      tracker: { status: 'pre_transit' },
    });
    const { nextAt } = (await again.control('GET', '/clock')).body as { nextAt: number };
    expect(nextAt).toBe(clock.body['nextAt']);
    await again.control('POST', '/clock', { to: nextAt });
    expect((await again.control('GET', `/orders/${ORDER}`)).body['status']).toBe('AWAITING_SHIPMENT');
  });

  it('logs the traffic of its wires where the environment says', async () => {
    const { child, said } = await start();
    const shop = await openShop(said.url ?? '', { shopId: '7495' });
    await shop.viaEasyPost('GET', '/trackers/trk_1');
    child.send('stop');
    await once(child, 'exit');
    const log = readFileSync(join(dir, 'traffic.jsonl'), 'utf8');
    expect(JSON.parse(log)).toMatchObject({ wire: 'easypost', path: '/v2/trackers/trk_1', status: 404 });
  });

  it('stops when its parent says so or goes away, and not for Ctrl-C', async () => {
    const [told, left] = [await start(), await start()];
    told.child.kill('SIGINT');
    expect((await fetch(`${told.said.url ?? ''}/healthz`)).status).toBe(200);
    const exits = Promise.all([once(told.child, 'exit'), once(left.child, 'exit')]);
    told.child.send('stop');
    left.child.disconnect();
    expect(await exits).toEqual([
      [0, null],
      [0, null],
    ]);
  });

  it('says which port is taken and leaves', async () => {
    const first = await start();
    const port = Number(new URL(first.said.url ?? '').port);
    const second = await start(port);
    expect(second.said).toEqual({ failed: { port, code: 'EADDRINUSE' } });
    expect(await once(second.child, 'exit')).toEqual([1, null]);
  });
});

describe('the journal', () => {
  it('forgives a line that a kill cut short and keeps only what is alive', async () => {
    const path = join(dir, 'journal.jsonl');
    const first = await stage(dir);
    const shop = await first.shop({ shopId: '7495' });
    await shop.control('POST', '/faults', { route: 'tiktok.cancel', kind: 'hang' });
    await shop.control('DELETE', '/faults');
    await first.close();
    appendFileSync(path, '["shop","7495","7495",{"id":"74');

    const second = await stage(dir);
    expect((await second.shop({ shopId: '7495' })).accessToken).toBe(shop.accessToken);
    await second.close();
    expect(readFileSync(path, 'utf8')).not.toContain('fault');
  });

  it('keeps forms, packages, appeals and what the platform is going to cancel', async () => {
    const first = await stage(dir);
    const shop = await first.shop({ shopId: '7495' });
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
    await shop.control('PUT', '/orders/2', anOrder('2', { shipping_type: 'TIKTOK' }));
    const measures = {
      weight: { value: '1', unit: 'POUND' },
      dimension: { length: '9', width: '9', height: '9', unit: 'CM' },
    };
    await shop.viaTikTok('POST', '/fulfillment/202309/packages', { body: { order_id: '2', ...measures } });
    await shop.viaEasyPost('POST', '/scan_forms', { shipments: [{ id: await buyLabel(shop) }] });
    await shop.viaAppealDesk('POST', '/cases', { reference: 'r', order_id: '2', statement: 'Late.', evidence: {} });
    const shown = async (from: Shop): Promise<unknown> => {
      const { data } = (await from.control('GET', '/ledger')).body as { data: { kind: string; ref: string }[] };
      const ref = data.find(({ kind }) => kind === 'labelBought')?.ref ?? '';
      const clock = await from.control('GET', '/clock');
      const replies = [
        await from.viaTikTok('GET', `/fulfillment/202309/packages/${ref}`),
        await from.viaEasyPost('GET', '/scan_forms'),
        await from.viaAppealDesk('GET', '/cases?reference=r'),
      ];
      const bodies = replies.map(({ body }) => body['data'] ?? body['cases'] ?? body['scan_forms']);
      return JSON.parse(JSON.stringify([data, clock.body['nextAt'], bodies]).replaceAll(/127\.0\.0\.1:\d+/g, ''));
    };
    const before = await shown(shop);
    await first.close();
    const second = await stage(dir);
    const after = await shown(await second.shop({ shopId: '7495' }));
    // Closed before it is judged: a sandbox that stays open would keep the tests from ending.
    await second.close();
    expect(after).toEqual(before);
    expect(before).toMatchObject([
      [{}, {}, { kind: 'formCreated' }, { kind: 'appealFiled' }],
      expect.any(Number),
      [{ order_line_item_ids: ['21', '22'] }, [{ status: 'created' }], [{ status: 'pending' }]],
    ]);
  });

  it('sends after a restart what a stop kept it from sending', async () => {
    const bystander = await stage();
    const receiver = await bystander.receiver();
    receiver.status = 0;
    const first = await stage(dir);
    const shop = await first.shop({ shopId: '7495', tiktokWebhookUrl: receiver.url });
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
    await first.close();
    const before = receiver.received.length;
    receiver.status = 200;

    const second = await stage(dir);
    const again = await second.shop({ shopId: '7495' });
    expect((await again.control('GET', '/quiet?wait=5000')).body).toEqual({ pending: 0 });
    expect(receiver.received).toHaveLength(before + 1);
    await Promise.all([second.close(), bystander.close()]);
  });
});
