import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import { gatherRates, type Gathered } from './gather-rates';
import type { Ports, Shipment, ShipmentRequest } from './ports';

const shop = { id: '7', carriers: {} } as unknown as Shop;
const request = { reference: '7:1:1:1', orderId: '1' } as ShipmentRequest;

const shipmentOf = (id: string, more: Partial<Shipment> = {}): Shipment => ({
  id,
  rates: [{ id: `r-${id}`, carrier: 'USPS', service: 'Ground', priceCents: 500, deliveryDays: 3 }],
  isPaid: false,
  isVoided: false,
  ...more,
});

const failure = (outcome: AdapterOutcome, code: string, retryAfterMs?: number): AdapterError =>
  new AdapterError(outcome, { provider: 'P', call: 'rates', code, ...(retryAfterMs ? { retryAfterMs } : {}) });

type Answer = Shipment | Error | 'never';

function gather(accounts: Record<string, Answer | undefined>): Promise<Gathered> {
  const ask = (answer: Answer): Promise<Shipment> => {
    if (answer === 'never') return new Promise(() => undefined);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const carriers = Object.entries(accounts).map(([name, answer]) => ({
    name,
    ...(answer === undefined ? {} : { labels: { createShipment: () => ask(answer) } }),
  }));
  const ports = {
    carriersOf: () => carriers,
    documents: { get: () => Promise.resolve(undefined), putIfAbsent: () => Promise.resolve(true) },
    neighbours: { tell: () => Promise.resolve('told'), signal: () => Promise.resolve('told') },
  } as unknown as Ports;
  return gatherRates(ports, { shop, orderId: '1' }, request);
}

const failedWith = async (accounts: Record<string, Answer>): Promise<unknown[]> => {
  const error = (await gather(accounts).catch((caught: unknown) => caught)) as AdapterError;
  return [error.outcome, error.code, error.retryAfterMs];
};

describe('gathering rates', () => {
  it('puts together what all accounts with labels offer, in their order', async () => {
    const gathered = await gather({ easypost: shipmentOf('s1'), tracking: undefined, ups: shipmentOf('s2') });
    expect(gathered.offers.map(({ account, shipmentId, id }) => [account, shipmentId, id])).toEqual([
      ['easypost', 's1', 'r-s1'],
      ['ups', 's2', 'r-s2'],
    ]);
    expect(gathered.unrated).toEqual([]);
  });

  it('names who failed, and the carriers that an account has no rate of', async () => {
    const some = shipmentOf('s1', { unrated: [{ carrier: 'FedEx', code: 'RATE.ERROR' }] });
    const { offers, unrated } = await gather({ easypost: some, ups: failure('auth', '250003') });
    expect(offers).toHaveLength(1);
    expect(unrated).toEqual([
      { account: 'easypost', carrier: 'FedEx', code: 'RATE.ERROR' },
      { account: 'ups', code: '250003' },
    ]);
  });

  it('waits 8 s for an account, and no longer than for the slowest', async () => {
    jest.useFakeTimers();
    try {
      const gathering = gather({ easypost: shipmentOf('s1'), ups: 'never', usps: 'never' });
      const settled = jest.fn();
      void gathering.then(settled);
      await jest.advanceTimersByTimeAsync(7_999);
      expect(settled).not.toHaveBeenCalled();
      await jest.advanceTimersByTimeAsync(1);
      const { offers, unrated } = await gathering;
      expect(offers).toHaveLength(1);
      expect(unrated).toEqual([
        { account: 'ups', code: 'timeout' },
        { account: 'usps', code: 'timeout' },
      ]);
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  it('has nothing to offer where the shop has no account', async () => {
    expect(await gather({})).toEqual({ offers: [], unrated: [] });
  });

  it('lets a bug through', async () => {
    await expect(gather({ easypost: shipmentOf('s1'), ups: new TypeError('bug') })).rejects.toThrow(TypeError);
  });
});

describe('where nothing is offered', () => {
  const empty = shipmentOf('s0', { rates: [] });

  it.each<[string, Record<string, Answer>, unknown[]]>([
    [
      'what passes by itself comes first, as soon as the first is back',
      { a: failure('auth', 'A'), b: failure('retryLater', 'B', 9_000), c: failure('retryLater', 'C', 3_000) },
      ['retryLater', 'B', 3_000],
    ],
    [
      'one that names no time is asked at once',
      { a: failure('retryLater', 'A', 9_000), b: failure('retryLater', 'B') },
      ['retryLater', 'A', undefined],
    ],
    ['money comes before keys', { a: failure('auth', 'A'), b: failure('unfunded', 'B') }, ['unfunded', 'B', undefined]],
    ['keys come before a no', { a: failure('refused', 'A'), b: failure('auth', 'B') }, ['auth', 'B', undefined]],
    ['a no is a no', { a: failure('refused', 'A') }, ['refused', 'A', undefined]],
    ['asking cost nothing', { a: failure('outcomeUnknown', 'A') }, ['retryLater', 'A', undefined]],
    ['who is down may offer it later', { a: empty, b: failure('retryLater', 'B') }, ['retryLater', 'B', undefined]],
  ])('%s', async (_promise, accounts, expected) => {
    expect(await failedWith(accounts)).toEqual(expected);
  });

  it('a no beside an answer without rates is no failure', async () => {
    expect(await gather({ a: empty, b: failure('refused', 'B') })).toEqual({
      offers: [],
      unrated: [{ account: 'b', code: 'B' }],
    });
  });
});
