import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultShopId } from '../engine/sandbox-shop';
import type { Alert } from './alert-answer';
import { alertListLines } from './alert-table';
import { runCli } from './run';

const alert: Alert = {
  key: 'order:42:shipBy:14400000',
  orderId: '42',
  shopId: defaultShopId,
  kind: 'deadline',
  about: 'shipBy',
  sentence: 'Order 42 must be dispatched.',
  dueAt: '2026-11-25T20:00:00.000Z',
  state: 'open',
  acknowledgedBy: null,
  acknowledgedAt: null,
  settledAt: null,
};

const acknowledged = {
  ...alert,
  state: 'acknowledged',
  acknowledgedBy: 'Ada',
  acknowledgedAt: '2026-11-25T16:00:00.000Z',
};

const asOf = '2026-11-25T17:00:00.000Z';

type Asked = { method: string | undefined; url: string | undefined; body: string };
type Said = { exitCode: number; out: string; err: string; asked: Asked[] };

/** Says a line to an API that gives the same answer to everything. */
async function say(args: string[], [status, body]: [number, unknown]): Promise<Said> {
  const asked: Asked[] = [];
  const server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      asked.push({ method: request.method, url: request.url, body: text });
      response.writeHead(status).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const [out, err]: [string[], string[]] = [[], []];
  const exitCode = await runCli(args, {
    env: {
      SHIPCLOCK_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      SHIPCLOCK_HOME: '/nowhere',
    },
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    onInterrupt: () => () => undefined,
  });
  server.closeAllConnections();
  server.close();
  return { exitCode, out: out.join('\n'), err: err.join('\n'), asked };
}

describe('the table of alerts', () => {
  it("tells what is due, the time left by the shop's clock, and the key", () => {
    const clocks = new Map([[defaultShopId, Date.parse('2026-11-25T21:00:00Z')]]);
    expect(alertListLines({ data: [alert], count: 1, asOf }, new Map())).toEqual([
      'DUE (UTC)         TIME LEFT  ORDER  ABOUT   STATE  KEY',
      '2026-11-25 20:00  3 h 0 min  42     shipBy  open   order:42:shipBy:14400000',
    ]);
    const lines = alertListLines({ data: [alert], count: 1, asOf }, clocks).join('\n');
    expect(lines).toContain('overdue by 1 h 0 min');
    expect(lines).toContain(`The clock of sandbox shop ${defaultShopId} stands at 2026-11-25 21:00 UTC`);
  });

  it('leaves out what an alert has not: an order, an instant, time that is left once it is settled', () => {
    const task = { ...alert, orderId: '', dueAt: null };
    const settled = { ...alert, state: 'settled', settledAt: asOf };
    const [, first, second] = alertListLines({ data: [task, settled], count: 2, asOf }, new Map());
    expect(first).toMatch(/^- +- +- +shipBy +open/);
    expect(second).toMatch(/^2026-11-25 20:00 +- +42 +shipBy +settled/);
  });

  it('shows drift where it is due, with no time that runs out, and says once what to do', () => {
    const drift = { ...alert, kind: 'drift', key: 'drift:us:shipBy:2026-11-25', dueAt: '2026-11-25T18:00:00.000Z' };
    const late = { ...drift, key: 'drift:us:packBy:2026-11-25', about: 'packBy', dueAt: '2026-11-26T18:00:00.000Z' };
    const task = { ...alert, kind: 'task', key: 'k', about: 'stalled', dueAt: null, sentence: 'Order 42: ask.' };
    const done = { ...drift, key: 'd', state: 'settled' };
    const lines = alertListLines({ data: [alert, late, task, drift, done], count: 5, asOf }, new Map());
    expect(lines.slice(1, 6).map((line) => line.split(/ {2,}/).slice(0, 4))).toEqual([
      ['2026-11-25 18:00', '-', '42', 'drift shipBy'],
      ['2026-11-25 20:00', '3 h 0 min', '42', 'shipBy'],
      ['2026-11-26 18:00', '-', '42', 'drift packBy'],
      ['-', '-', '42', 'stalled'],
      ['2026-11-25 18:00', '-', '42', 'drift shipBy'],
    ]);
    expect(lines.slice(6)).toEqual([
      '',
      '- Order 42: ask.',
      expect.stringMatching(/^- Drift: .* go by the platform's/),
    ]);
    expect(alertListLines({ data: [alert, done], count: 2, asOf }, new Map()).join('\n')).not.toContain('Drift:');
  });

  it('says that there are more than it shows', () => {
    expect(alertListLines({ data: [alert], count: 3_000, asOf }, new Map()).at(-1)).toContain('1 of 3000');
  });
});

describe('shipclock alert', () => {
  it.each([['list'], ['ack']])('%s --help says what it does, with an example', async (command) => {
    const { exitCode, out } = await say(['alert', command, '--help'], [200, {}]);
    expect(exitCode).toBe(0);
    expect(out).toContain(`Usage: shipclock alert ${command}`);
    expect(out).toMatch(new RegExp(`Examples?:\n  shipclock alert ${command}`));
    expect(out).toContain('--json');
  });

  it('list asks for the open ones of the usual shop', async () => {
    const { out, asked } = await say(['alert', 'list'], [200, { data: [alert], count: 1, asOf }]);
    expect(asked).toEqual([{ method: 'GET', url: `/v1/alerts?shop=${defaultShopId}&state=open`, body: '' }]);
    expect(out).toContain(alert.key);
  });

  it('list says that a shop has none', async () => {
    const none: [number, unknown] = [200, { data: [], count: 0, asOf }];
    expect((await say(['alert', 'list', '--shop', '7'], none)).out).toBe('Shop 7 has no alerts that are open.');
    expect((await say(['alert', 'list', '--shop', '7', '--state', 'all'], none)).out).toBe('Shop 7 has no alerts.');
  });

  it('list --json hands on what the API says, on one line', async () => {
    const body = { data: [{ ...alert, added: 'later' }], count: 1, asOf };
    expect((await say(['alert', 'list', '--json'], [200, body])).out).toBe(JSON.stringify(body));
  });

  it('ack posts the key and says who sees to it', async () => {
    const { exitCode, out, asked } = await say(
      ['alert', 'ack', alert.key, '--shop', '7'],
      [200, { alert: acknowledged }],
    );
    expect(asked).toEqual([
      { method: 'POST', url: '/v1/alerts/7/acknowledge', body: JSON.stringify({ key: alert.key }) },
    ]);
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: 'Acknowledged by Ada at 2026-11-25 16:00 UTC:\nOrder 42 must be dispatched.',
    });
  });

  it('ack of an alert that is settled says so', async () => {
    const settled = { ...acknowledged, state: 'settled', settledAt: asOf };
    const { out } = await say(['alert', 'ack', alert.key], [200, { alert: settled }]);
    expect(out).toMatch(/^Settled at 2026-11-25 17:00 UTC; nothing is left to do:/);
  });

  it("ack shows the API's own reason", async () => {
    const { exitCode, err } = await say(
      ['alert', 'ack', 'k'],
      [404, { title: 'Unknown', detail: 'There is no alert k.' }],
    );
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: 'There is no alert k.' });
  });

  it.each([['list', '--state', 'closed'], ['list', '--shop', 'main'], ['ack']])(
    '%s %s %s is not understood',
    async (...args) => {
      const { exitCode, asked } = await say(['alert', ...args], [200, {}]);
      expect({ exitCode, asked }).toEqual({ exitCode: 2, asked: [] });
    },
  );
});
