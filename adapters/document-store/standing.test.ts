import { ALL_SHOPS_KEY, standingKey } from '../../contracts/standing';
import { standingOf } from './standing';

const SHOP = '7000000000000000001';

function store(texts: Record<string, unknown>, kind?: 'live' | 'sandbox') {
  const asked: string[] = [];
  const get = (key: string): Promise<string | undefined> => {
    asked.push(key);
    return Promise.resolve(texts[key] === undefined ? undefined : JSON.stringify(texts[key]));
  };
  return { asked, texts, standing: standingOf({ get }, () => Promise.resolve(kind)) };
}

describe('what may be done in a shop', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it.each([
    ['sandbox', 'auto'],
    ['live', 'watch'],
    [undefined, 'watch'],
  ] as const)('is, where nothing is written, of a shop of the kind %s: %s', async (kind, mode) => {
    expect(await store({}, kind).standing(SHOP)).toEqual({ mode, writes: 'on', connection: 'connected' });
  });

  it.each([
    ['off', undefined, 'off'],
    ['on', 'off', 'off'],
    ['off', 'on', 'off'],
    ['on', 'on', 'on'],
  ])('with its own switch %s and that of all shops %s is writes %s', async (own, all, now) => {
    const { standing } = store({
      [standingKey(SHOP)]: { mode: 'assist', writes: own, connection: 'connected', revision: 4 },
      ...(all === undefined ? {} : { [ALL_SHOPS_KEY]: { writes: all, by: 'Ada', at: 1 } }),
    });
    expect(await standing(SHOP)).toEqual({ mode: 'assist', writes: now, connection: 'connected' });
  });

  it('is known again within 2 s of a change, and read twice in between for nobody', async () => {
    const { standing, asked, texts } = store({});
    await standing(SHOP);
    texts[ALL_SHOPS_KEY] = { writes: 'off' };
    jest.advanceTimersByTime(1_999);
    expect(await standing(SHOP)).toMatchObject({ writes: 'on' });
    expect(asked).toHaveLength(2);
    jest.advanceTimersByTime(1);
    expect(await standing(SHOP)).toMatchObject({ writes: 'off' });
  });

  it('is not guessed where a document makes no sense', async () => {
    await expect(store({ [ALL_SHOPS_KEY]: { writes: 'maybe' } }).standing(SHOP)).rejects.toThrow();
    await expect(store({ [standingKey(SHOP)]: { mode: 'wild' } }).standing(SHOP)).rejects.toThrow();
  });
});
