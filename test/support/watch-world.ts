import { AdapterError, type AdapterOutcome } from '../../contracts/adapter-error';
import type { AlertNews } from '../../domain/alerts/alert';
import type { OpenOrder, Ports } from '../../activities/ports';
import { watchCarriers } from '../../activities/watch-carriers';

export const HOUR = 3_600_000;
export const T0 = Date.UTC(2026, 10, 23, 18);

/** One shop with the accounts that a test gives it, in memory; its settings name just these. */
export type WatchWorld = {
  ports: Ports;
  kept: Map<string, string>;
  news: AlertNews[];
  signals: unknown[];
  accounts: (Record<string, unknown> & { name: string })[];
  open: OpenOrder[];
  /** What was asked of the accounts. */
  calls: string[];
  kind: 'live' | 'sandbox';
  enabled: boolean;
  /** The wall clock, and the shop's own time. */
  now: number;
};

export function newWatchWorld(): WatchWorld {
  const world: Omit<WatchWorld, 'ports'> = {
    kept: new Map(),
    ...{ news: [], signals: [], accounts: [], open: [], calls: [] },
    ...{ kind: 'live', enabled: true, now: T0 },
  };
  return Object.assign(world, { ports: portsOf(world) });
}

const portsOf = (world: Omit<WatchWorld, 'ports'>): Ports =>
  ({
    findShop: () => Promise.resolve({ id: '7', kind: world.kind, carriers: configured(world) }),
    carriersOf: () => world.accounts,
    carrierOf: (_shop: unknown, name = 'easypost') => world.accounts.find((one) => one.name === name),
    standingOf: () => Promise.resolve({ mode: 'auto', writes: 'on', connection: 'connected' }),
    documents: documentsOf(world),
    neighbours: {
      tell: ({ payload }: { payload: AlertNews }) => {
        world.news.push(payload);
        return Promise.resolve('told');
      },
      signal: (message: unknown) => {
        world.signals.push(message);
        return Promise.resolve('told');
      },
      openOrders: () => Promise.resolve(world.open),
    },
  }) as unknown as Ports;

const configured = ({ accounts, enabled }: Omit<WatchWorld, 'ports'>) =>
  Object.fromEntries(accounts.map(({ name }) => [name, { enabled }]));

const documentsOf = ({ kept }: Omit<WatchWorld, 'ports'>) => ({
  get: (key: string) => Promise.resolve(kept.get(key)),
  put: (key: string, text: string) => Promise.resolve(void kept.set(key, text)),
  putIfAbsent: (key: string, text: string) => Promise.resolve(!kept.has(key) && kept.set(key, text) === kept),
  list: (folder: string) => Promise.resolve([...kept.keys()].filter((key) => key.startsWith(`${folder}/`)).sort()),
  remove: (key: string) => Promise.resolve(void kept.delete(key)),
});

/** What an account says that it can. */
export const can = {
  provider: 'UPS',
  ...{ rates: true, labels: true, voids: true, pickups: true, addressCheck: false, balance: false },
  labelFormats: ['pdf'],
  reconcile: 'read',
};

export const failing = (outcome: AdapterOutcome, code = 'X'): Promise<never> =>
  Promise.reject(new AdapterError(outcome, { provider: 'P', call: 'c', code }));

/** What a test does in such a world, and what it sees of it. */
export type WatchSteps = {
  look: () => ReturnType<typeof watchCarriers>;
  keep: (key: string, value: unknown) => void;
  /** The keys of the tasks that were raised and settled, each once. */
  raised: () => string[];
  settled: () => string[];
  /** A parcel of which nobody has told anything for a day. */
  silent: (orderId: string, account: string) => void;
  tracking: (answer: (trackingNumber: string) => Promise<unknown>) => object;
};

export function watchStepsOf(world: WatchWorld): WatchSteps {
  const keep = (key: string, value: unknown): void => void world.kept.set(key, JSON.stringify(value));
  return {
    look: () => watchCarriers(world.ports, { shopId: '7', at: world.now }),
    keep,
    raised: () => [...new Set(world.news.flatMap(({ raise }) => raise.map(({ key }) => key)))],
    settled: () => [...new Set(world.news.flatMap(({ settle }) => settle))],
    silent: (orderId, account) => {
      const trackingNumber = `1Z${orderId}`;
      world.open.push({ orderId, phase: 'handedOver', trackingNumbers: [trackingNumber], changedAt: T0 - 30 * HOUR });
      keep(`labels/by-tracking/${trackingNumber}`, { shopId: '7', orderId, package: '1', attempt: 1 });
      const label = { carrier: 'UPS', service: 'Ground', priceCents: 800, account };
      keep(`labels/7/${orderId}/1-1`, { ...label, shipmentId: `s${orderId}`, rateId: 'r' });
      keep(`labels/7/${orderId}/1-1-bought`, { ...label, trackingNumber, at: T0 });
    },
    tracking: (answer) => ({
      carriers: ['UPS'],
      read: ([{ trackingNumber = '' } = {}]: { trackingNumber?: string }[]) => {
        world.calls.push(trackingNumber);
        return answer(trackingNumber);
      },
    }),
  };
}
