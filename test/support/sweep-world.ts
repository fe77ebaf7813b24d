import type { Platform, PlatformOrder, Ports } from '../../activities/ports';
import { AdapterError, type AdapterOutcome } from '../../contracts/adapter-error';
import type { OrderFacts, PlatformStatus } from '../../domain/order/facts';

// Monday 10:00 Pacific.
export const T0 = Date.UTC(2026, 10, 23, 18);
export const MINUTE = 60_000;
export const PAGE = 100;

type Row = { orderId: string; updatedAt: number; facts: Partial<OrderFacts> & { status: PlatformStatus } };
type Told = { orderId: string; status?: PlatformStatus; about?: string; isNew: boolean };

/** A platform whose tokens are mere offsets, as the worst one's would be, and what its orders hear. */
export type World = {
  ports: Ports;
  rows: Row[];
  open: Map<string, string>;
  over: Set<string>;
  told: Told[];
  calls: string[];
  kept: Map<string, string>;
  counted: Record<string, number>;
  /** What the platform does instead of the call of this number. */
  failAt: Map<number, AdapterOutcome>;
  /** What happens at the platform after each search. */
  afterSearch: () => void;
  failTelling: number;
  connection: string;
  shop: object;
};

const failure = (outcome: AdapterOutcome): AdapterError =>
  new AdapterError(outcome, { provider: 'P', call: 'searchOrders', code: 'X', retryAfterMs: 20 * MINUTE });

const shop = {
  id: '7',
  shipFrom: {
    zone: 'America/Los_Angeles',
    workdays: [1, 2, 3, 4, 5],
    opensAt: '09:00',
    closesAt: '17:00',
    closures: [],
  },
  sweep: { dayMinutes: 5, nightMinutes: 15 },
};

export function newWorld(): World {
  const world: Omit<World, 'ports'> = {
    rows: [],
    open: new Map(),
    over: new Set(),
    told: [],
    calls: [],
    kept: new Map(),
    counted: {},
    failAt: new Map(),
    afterSearch: () => undefined,
    failTelling: -1,
    connection: 'connected',
    shop,
  };
  const ports = {
    findShop: () => Promise.resolve(world.shop),
    standingOf: () => Promise.resolve({ connection: world.connection }),
    platformOf: () => platformOf(world),
    documents: { get: () => Promise.resolve(undefined) },
    vault: {
      get: (key: string) => Promise.resolve(world.kept.get(key)),
      put: (key: string, text: string) => Promise.resolve(void world.kept.set(key, text)),
    },
    neighbours: neighboursOf(world),
    count: (name: string, _labels: unknown, by = 1) => {
      world.counted[name] = (world.counted[name] ?? 0) + by;
    },
  } as unknown as Ports;
  return Object.assign(world, { ports });
}

function platformOf(world: Omit<World, 'ports'>): Pick<Platform, 'searchOrders' | 'readOrders'> {
  const called = (name: string): void => {
    world.calls.push(name);
    const outcome = world.failAt.get(world.calls.length);
    if (outcome !== undefined) throw failure(outcome);
  };
  return {
    searchOrders: async ({ since, until, pageToken }) => {
      called('search');
      const found = world.rows
        .filter(({ updatedAt }) => updatedAt >= since && updatedAt < until)
        .sort((a, b) => a.updatedAt - b.updatedAt || (a.orderId < b.orderId ? -1 : 1))
        .map(({ orderId, updatedAt }) => ({ orderId, updatedAt }));
      const from = Number(pageToken ?? 0);
      const more = found.length > from + PAGE ? { nextPageToken: String(from + PAGE) } : {};
      world.afterSearch();
      await Promise.resolve();
      return { orders: found.slice(from, from + PAGE), ...more };
    },
    readOrders: async (ids) => {
      called('read');
      const read = world.rows.filter(({ orderId }) => ids.includes(orderId));
      return Promise.resolve(
        read.map(({ orderId, updatedAt, facts }) => ({ orderId, ...readingOf(updatedAt, facts) })),
      );
    },
  };
}

const readingOf = (statusAt: number, facts: Row['facts']): PlatformOrder =>
  ({ facts: { statusAt, cancelRequested: false, ...facts }, deliveryOptionId: '' }) as PlatformOrder;

function neighboursOf(world: Omit<World, 'ports'>): Pick<Ports['neighbours'], 'tell' | 'signal' | 'openOrders'> {
  const idOf = (workflowId: string): string => workflowId.split(':')[2] ?? '';
  const hear = (orderId: string, payload: unknown): 'told' => {
    if (world.told.length === world.failTelling) throw new Error('Temporal is gone');
    const { status, about } = payload as { status?: PlatformStatus; about?: string };
    const isNew = !world.open.has(orderId);
    world.told.push({ orderId, isNew, ...(status ? { status } : {}), ...(about ? { about } : {}) });
    world.open.set(orderId, 'told');
    return 'told';
  };
  return {
    openOrders: () => Promise.resolve([...world.open].map(([orderId, phase]) => ({ orderId, phase }))),
    tell: async ({ workflowId, payload }) =>
      Promise.resolve(world.over.has(idOf(workflowId)) ? 'over' : hear(idOf(workflowId), payload)),
    signal: async ({ workflowId, payload }) => {
      if (world.open.has(idOf(workflowId))) return Promise.resolve(hear(idOf(workflowId), payload));
      world.calls.push('signal');
      return Promise.resolve('over');
    },
  };
}
