import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { AlertNews } from '../domain/alerts/alert';
import { settleOver, throughAccount, type ThroughAccount } from './account-pause';
import type { Ports } from './ports';

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 10, 23, 18);

let kept: Map<string, string>;
let news: AlertNews[];
let ports: Ports;
beforeEach(() => {
  jest.useFakeTimers({ now: T0 });
  kept = new Map();
  news = [];
  ports = {
    documents: {
      get: (key: string) => Promise.resolve(kept.get(key)),
      put: (key: string, text: string) => Promise.resolve(void kept.set(key, text)),
      putIfAbsent: (key: string, text: string) => Promise.resolve(!kept.has(key) && kept.set(key, text) === kept),
      list: (folder: string) => Promise.resolve([...kept.keys()].filter((key) => key.startsWith(`${folder}/`))),
      remove: (key: string) => Promise.resolve(void kept.delete(key)),
    },
    neighbours: {
      tell: ({ payload }: { payload: AlertNews }) => {
        news.push(payload);
        return Promise.resolve('told');
      },
    },
  } as unknown as Ports;
});
afterEach(() => jest.useRealTimers());

let calls = 0;
const failing =
  (outcome: AdapterOutcome, code = 'X') =>
  () => {
    calls += 1;
    return Promise.reject(new AdapterError(outcome, { provider: 'P', call: 'buy', code }));
  };
const works = (): Promise<string> => {
  calls += 1;
  return Promise.resolve('done');
};

type Wish = { orderId?: string; kind?: 'live' | 'sandbox'; isFree?: true; needsNoMoney?: true };

/** What came of an effect: `done`, or how it failed, and whether it was made at all. */
async function through(effect: () => Promise<string>, { orderId = '1', kind = 'live', ...more }: Wish = {}) {
  calls = 0;
  const at = { shop: { id: '7', kind }, account: { name: 'ups' }, orderId, at: T0, ...more } as ThroughAccount;
  const came = await throughAccount(ports, at, effect).catch((error: unknown) => error as AdapterError);
  return { came, isMade: calls === 1 };
}

const raised = (): string[] => news.flatMap(({ raise }) => raise.map(({ key }) => key));
const settled = (): string[] => news.flatMap(({ settle }) => settle);

describe('effects through one account', () => {
  it('become one task where its credentials are dead, and the others wait without a call', async () => {
    expect(await through(failing('auth'))).toMatchObject({ isMade: true, came: { outcome: 'auth' } });
    for (const orderId of ['2', '3'])
      expect(await through(works, { orderId })).toMatchObject({ isMade: false, came: { outcome: 'retryLater' } });
    expect(raised()).toEqual([`carrier:ups:credentials:${T0}`]);
    expect(news[0]?.raise[0]).toMatchObject({ orderId: '1', kind: 'task', about: 'accountPaused' });
    expect([...kept.keys()].filter((key) => key.includes('/waiting/'))).toHaveLength(3);
  });

  it('are tried by one order in each window; when it succeeds all go on and the task is settled', async () => {
    await through(failing('auth'));
    jest.setSystemTime(T0 + 5 * MINUTE);
    const [first, second] = await Promise.all([through(failing('auth')), through(works, { orderId: '2' })]);
    expect(first.came).toMatchObject({ outcome: 'auth' });
    expect(second.came).toMatchObject({ outcome: 'retryLater' });
    jest.setSystemTime(T0 + 15 * MINUTE);
    expect(await through(works)).toEqual({ isMade: true, came: 'done' });
    expect(await through(works, { orderId: '2' })).toEqual({ isMade: true, came: 'done' });
    expect(kept.size).toBe(0);
    expect(settled()).toEqual(raised());
  });

  it('are let through once more by another order where the one that tried died', async () => {
    await through(failing('auth'));
    jest.setSystemTime(T0 + 5 * MINUTE);
    void through(() => new Promise(() => undefined));
    await jest.advanceTimersByTimeAsync(0);
    expect((await through(works, { orderId: '2' })).isMade).toBe(false);
    jest.setSystemTime(T0 + 10 * MINUTE);
    expect(await through(works, { orderId: '2' })).toEqual({ isMade: true, came: 'done' });
  });

  it('do not take a free answer for money', async () => {
    await through(failing('unfunded'));
    expect((await through(works, { isFree: true })).isMade).toBe(false);
    jest.setSystemTime(T0 + 5 * MINUTE);
    expect((await through(works, { isFree: true })).isMade).toBe(true);
    expect(settled()).toEqual([]);
    expect((await through(works)).isMade).toBe(true);
    expect(settled()).toEqual([`carrier:ups:balance:${T0}`]);
  });

  it('take the third silence in a row for an outage, and patience that a provider asks for never', async () => {
    for (const code of ['HTTP 429', 'HTTP 429', 'HTTP 429']) await through(failing('retryLater', code));
    for (const code of ['HTTP 502', 'TimeoutError']) await through(failing('retryLater', code));
    expect(raised()).toEqual([]);
    await through(failing('outcomeUnknown', 'HTTP 502'));
    expect(raised()).toEqual([`carrier:ups:outage:${T0}`]);
  });

  it('take no rating for proof that labels are sold again', async () => {
    for (let failure = 1; failure <= 3; failure += 1) {
      await through(failing('outcomeUnknown', 'HTTP 502'));
      expect(await through(works, { isFree: true })).toMatchObject({ isMade: failure < 3 });
    }
    expect(raised()).toEqual([`carrier:ups:outage:${T0}`]);
    jest.setSystemTime(T0 + 5 * MINUTE);
    expect((await through(works, { isFree: true })).isMade).toBe(true);
    expect(settled()).toEqual([]);
    expect((await through(works)).isMade).toBe(true);
    expect(settled()).toEqual(raised());
  });

  it('take a rating for proof where ratings alone had failed', async () => {
    for (let failure = 1; failure <= 3; failure += 1) await through(failing('retryLater'), { isFree: true });
    expect(raised()).toHaveLength(1);
    jest.setSystemTime(T0 + 5 * MINUTE);
    await through(works, { isFree: true });
    expect(settled()).toEqual(raised());
  });

  it('take no refusal for proof that their keys are taken', async () => {
    await through(failing('auth'));
    jest.setSystemTime(T0 + 5 * MINUTE);
    await through(failing('refused'), { isFree: true });
    expect(settled()).toEqual([]);
    jest.setSystemTime(T0 + 10 * MINUTE);
    await through(works, { isFree: true });
    expect(settled()).toEqual(raised());
  });

  it('are not kept from giving back what was bought by a lack of money, and prove none', async () => {
    await through(failing('unfunded'));
    expect((await through(works, { needsNoMoney: true })).isMade).toBe(true);
    expect(settled()).toEqual([]);
  });

  it('end no pause that another has met meanwhile', async () => {
    for (const code of ['A', 'B']) await through(failing('outcomeUnknown', code));
    const meanwhile = async (): Promise<string> => {
      await through(failing('outcomeUnknown', 'C'), { orderId: '2' });
      return works();
    };
    expect((await through(meanwhile)).came).toBe('done');
    expect(raised()).toEqual([`carrier:ups:outage:${T0}`]);
    expect(settled()).toEqual([]);
    expect(await through(works, { orderId: '3' })).toMatchObject({ isMade: false });
  });

  it('leave no task behind where the desk could not be told that it is done', async () => {
    await through(failing('auth'));
    const { tell } = ports.neighbours;
    ports.neighbours.tell = () => Promise.reject(new Error('Temporal is gone'));
    jest.setSystemTime(T0 + 5 * MINUTE);
    expect((await through(works)).came).toBe('done');
    ports.neighbours.tell = tell;
    expect(settled()).toEqual([]);
    const at = { shop: { id: '7', kind: 'live' }, account: { name: 'ups' } } as ThroughAccount;
    await settleOver(ports, at);
    await settleOver(ports, at);
    expect(settled()).toEqual(raised());
    expect(kept.size).toBe(0);
  });

  it('say nothing of the account where the shop itself is not connected', async () => {
    await through(failing('auth', 'reconnectNeeded'));
    expect(kept.size).toBe(0);
  });

  it('are never turned away where time is played', async () => {
    await through(failing('auth'), { kind: 'sandbox' });
    expect(raised()).toHaveLength(1);
    expect(await through(works, { kind: 'sandbox', orderId: '2' })).toEqual({ isMade: true, came: 'done' });
    expect(kept.size).toBe(0);
  });

  it('keep their own outcome where the desk cannot be told', async () => {
    ports.neighbours.tell = () => Promise.reject(new Error('Temporal is gone'));
    expect((await through(failing('auth'))).came).toMatchObject({ outcome: 'auth' });
    jest.setSystemTime(T0 + 5 * MINUTE);
    expect((await through(works)).came).toBe('done');
  });
});
