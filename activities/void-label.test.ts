import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { AlertNews } from '../domain/alerts/alert';
import type { Ports } from './ports';
import { voidLabel } from './void-label';

const T0 = Date.UTC(2026, 10, 23, 18);
const purchase = { shopId: '7', orderId: '1', package: '1', attempt: 1 };

let kept: Map<string, string>;
let news: AlertNews[];
let calls: string[];
let fault: AdapterOutcome | undefined;
let isConfigured: boolean;
let ports: Ports;
beforeEach(() => {
  kept = new Map();
  [news, calls, fault, isConfigured] = [[], [], undefined, true];
  jest.spyOn(Date, 'now').mockImplementation(() => T0);
  const answered = (call: string, answer: object) => {
    calls.push(call);
    if (fault === undefined) return Promise.resolve(answer);
    return Promise.reject(new AdapterError(fault, { provider: 'UPS', call, code: 'X' }));
  };
  const shipment = { id: 's1', rates: [], isPaid: true };
  const account = {
    name: 'ups',
    can: { reconcile: 'read' },
    labels: {
      readShipment: () => answered('read', { ...shipment, isVoided: false }),
      refund: () => answered('refund', { ...shipment, isVoided: true, refund: 'submitted' }),
    },
  };
  ports = {
    findShop: () => Promise.resolve({ id: '7', kind: 'live' }),
    platformOf: () => ({}),
    carrierOf: () => (isConfigured ? account : undefined),
    standingOf: () => Promise.resolve({ mode: 'auto', writes: 'on', connection: 'connected' }),
    documents: {
      get: (key: string) => Promise.resolve(kept.get(key)),
      put: (key: string, text: string) => Promise.resolve(void kept.set(key, text)),
      putIfAbsent: (key: string, text: string) => Promise.resolve(!kept.has(key) && kept.set(key, text) === kept),
      list: (folder: string) => Promise.resolve([...kept.keys()].filter((key) => key.startsWith(`${folder}/`)).sort()),
      remove: (key: string) => Promise.resolve(void kept.delete(key)),
    },
    neighbours: {
      tell: ({ payload }: { payload: AlertNews }) => {
        news.push(payload);
        return Promise.resolve('told');
      },
    },
  } as unknown as Ports;
  const handle = { rateId: 'r', carrier: 'UPS', service: 'Ground', priceCents: 800, account: 'ups' };
  kept.set('labels/7/1/1-1', JSON.stringify({ ...handle, shipmentId: 's1' }));
});
afterEach(() => jest.restoreAllMocks());

const giveBack = () =>
  new MockActivityEnvironment({ attempt: 1 }, { logger: new DefaultLogger('ERROR') }).run(() =>
    voidLabel(ports, { ...purchase, at: T0, shipmentId: 's1' }),
  );
const raised = (): string[] => news.flatMap(({ raise }) => raise.map(({ key }) => key));

const paused = (cause: string): unknown =>
  kept.set(
    'carriers/7/ups/pause',
    JSON.stringify({
      ...{ cause, since: T0, code: 'X', failures: 1, isPaused: true },
      ...{ spanMs: 300_000, nextTryAt: T0 + 300_000 },
    }),
  );

describe('giving a label back', () => {
  it('through dead credentials is one task, and is not called again before its time', async () => {
    fault = 'auth';
    await expect(giveBack()).rejects.toMatchObject({ type: 'auth' });
    expect(raised()).toEqual([`carrier:ups:credentials:${T0}`]);
    await expect(giveBack()).rejects.toMatchObject({ type: 'retryLater' });
    expect(calls).toEqual(['read']);
  });

  it('goes on while the account has no money, and ends that pause by nothing', async () => {
    paused('balance');
    expect(await giveBack()).toEqual({ kind: 'voided' });
    expect(calls).toEqual(['read', 'refund']);
    expect(kept.has('carriers/7/ups/pause')).toBe(true);
  });

  it('through an account that is gone is waited for where the look at the accounts finds it', async () => {
    isConfigured = false;
    await expect(giveBack()).rejects.toMatchObject({ type: 'retryLater' });
    expect(kept.has('carriers/7/ups/waiting/1')).toBe(true);
  });
});
