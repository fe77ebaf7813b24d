import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from './server';
import { anOrder, openShop, type Stage, stage } from './test-support';
import { loggedBody, loggedQuery, wireOf } from './traffic';

const ORDER = '576461413038785752';

type Line = Record<string, unknown>;

let dir: string;
let bystander: Stage;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  bystander = await stage();
});

afterEach(async () => {
  await bystander.close();
  rmSync(dir, { recursive: true });
});

describe('the traffic log', () => {
  it('has every exchange of every wire, whole, and none of the control side', async () => {
    const file = join(dir, 'logs', 'traffic.jsonl');
    const receiver = await bystander.receiver();
    const sandbox = await startSandbox({ port: 0, trafficLog: file });
    const shop = await openShop(sandbox.url, { tiktokWebhookUrl: receiver.url });
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
    await shop.control('GET', '/quiet?wait=5000');
    await shop.viaTikTok('GET', '/order/202309/orders', { query: { ids: ORDER } });
    await shop.viaTikTok('POST', '/order/202309/orders/search', { query: { page_size: '1' }, body: { a: [1] } });
    await shop.viaEasyPost('GET', '/trackers/trk_1');
    await shop.viaAppealDesk('GET', '/cases?reference=r');
    await shop.control('POST', '/faults', { route: 'tiktok.getOrder', kind: 'commitThenCut' });
    await shop.viaTikTok('GET', '/order/202309/orders', { query: { ids: ORDER } }).catch(() => undefined);
    await sandbox.close();

    const lines = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    const order = { code: 0, data: { orders: [{ id: ORDER }] } };
    expect(lines).toMatchObject([
      {
        wire: 'tiktokWebhook',
        method: 'POST',
        path: '/hook',
        requestBody: { type: 1 },
        status: 200,
        responseBody: null,
      },
      { wire: 'tiktok', path: '/order/202309/orders', query: { ids: ORDER }, requestBody: null, responseBody: order },
      { wire: 'tiktok', method: 'POST', path: '/order/202309/orders/search', requestBody: { a: [1] }, status: 200 },
      { wire: 'easypost', path: '/v2/trackers/trk_1', status: 404, responseBody: { error: {} } },
      { wire: 'appeals', path: '/appeals/cases', query: { reference: 'r' }, status: 200, responseBody: { cases: [] } },
      { wire: 'tiktok', path: '/order/202309/orders', status: null, responseBody: null },
    ]);
    expect(lines[1]?.['requestHeaders']).toMatchObject({ 'x-tts-access-token': shop.accessToken });
    expect(Object.keys(lines[1] ?? {})).toEqual([
      'wire',
      'method',
      'path',
      'query',
      'requestHeaders',
      'requestBody',
      'status',
      'responseBody',
    ]);
  });

  it('shows a body as what it is', () => {
    expect(loggedBody(Buffer.from('{"a":1}'))).toEqual({ a: 1 });
    expect(loggedBody(Buffer.from('<html>'))).toBe('<html>');
    expect(loggedBody(Buffer.from([0xff, 0xfe, 0x00]))).toEqual({ bytes: 3 });
    expect(loggedBody(Buffer.from('%PDF'), 'application/pdf')).toEqual({ bytes: 4 });
    expect(loggedBody(Buffer.alloc(0))).toBeNull();
    expect(loggedBody(Buffer.from('grant_type=x&a=1'), 'application/x-www-form-urlencoded')).toEqual({
      grant_type: 'x',
      a: '1',
    });
    const parts = '--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--\r\n';
    expect(loggedBody(Buffer.from(parts), 'multipart/form-data; boundary=b')).toBe(parts);
  });

  it('shows a query as what it is', () => {
    expect(loggedQuery(new URL('http://h/?a=1&b=2&b=3'))).toEqual({ a: '1', b: ['2', '3'] });
  });

  it.each([
    ['/v2/shipments', 'easypost'],
    ['/labels/1/2.pdf', 'easypost'],
    ['/appeals/cases?reference=1', 'appeals'],
    ['/usps/labels/v3/label', 'usps'],
    ['/ups/api/track/v1/details/1', 'ups'],
    ['/shipsaving/api/balance?api_token=1', 'shipsaving'],
    ['/api/v2/token/get?app_key=1', 'tiktok'],
    ['/documents/1/2.pdf', 'tiktok'],
    ['/v20/x', 'tiktok'],
    ['/control/shops', null],
    ['/healthz', null],
  ])('takes %s for %s', (path, wire) => {
    expect(wireOf(path)).toBe(wire);
  });
});
