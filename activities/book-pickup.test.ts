import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { pickupDocumentKey } from '../contracts/carrier-pickup';
import { AdapterError, type AdapterOutcome } from '../contracts/adapter-error';
import { ALREADY_CANCELLED } from '../domain/pickup/already-cancelled';
import type { PickupAnswer } from '../domain/pickup/event';
import { bookPickup } from './book-pickup';
import { cancelPickup, changePickup } from './book-pickup-again';
import type { CarrierPickup, PickupProvider, Ports } from './ports';

const AT = Date.UTC(2026, 10, 23, 18);
const KEY = { shopId: '7', account: 'ups', shipFrom: 'main', date: '2026-11-24' };
const input = (attempt: number) => ({ ...KEY, attempt, at: AT, from: AT + 1, until: AT + 2, parcels: 2 });

type Fault = [AdapterOutcome, code?: string];

let documents: Map<string, string>;
let mode: 'auto' | 'watch';
/** What the carrier does with the next cancels, and what it has booked. */
let cancels: (Fault | 'lost' | 'done')[];
let standing: Map<string, CarrierPickup>;
let canFind: boolean;
let canChange: boolean;
let finds: Fault[];
beforeEach(() => {
  documents = new Map();
  standing = new Map();
  [cancels, finds] = [[], []];
  [mode, canFind, canChange] = ['auto', true, false];
});

const failed = ([outcome, code = 'X']: Fault): AdapterError =>
  new AdapterError(outcome, { provider: 'UPS', call: 'pickup', code });
const gone = (): AdapterError => failed(['stale', ALREADY_CANCELLED]);

function pickups(): PickupProvider {
  const has = (id: string): boolean => [...standing.values()].some((one) => one.id === id);
  return {
    book: ({ reference, date }) => {
      const id = `P${standing.size + 1}-${reference.split(':').at(-1) ?? ''}`;
      const booked = { id, status: 'booked', confirmation: id, date } as const;
      standing.set(reference, booked);
      return Promise.resolve(booked);
    },
    ...(canFind
      ? {
          find: ({ reference }) => {
            const fault = finds.shift();
            return fault === undefined ? Promise.resolve(standing.get(reference)) : Promise.reject(failed(fault));
          },
        }
      : {}),
    ...(canChange ? { change: (pickup) => (has(pickup.id) ? Promise.resolve(pickup) : Promise.reject(gone())) } : {}),
    cancel: ({ id }) => {
      const fault = cancels.shift() ?? 'done';
      if (Array.isArray(fault)) return Promise.reject(failed(fault));
      if (!has(id)) return Promise.reject(gone());
      for (const [reference, one] of standing) if (one.id === id) standing.delete(reference);
      return fault === 'lost' ? Promise.reject(failed(['outcomeUnknown'])) : Promise.resolve();
    },
  };
}

const ports = (): Ports =>
  ({
    findShop: () =>
      Promise.resolve({
        ...{ id: '7', kind: 'live', carriers: { ups: {} }, parcel: { weightOz: 16 } },
        shipFrom: { id: 'main', zone: 'UTC', address: {} },
      }),
    platformOf: () => ({}),
    standingOf: () => Promise.resolve({ mode, writes: 'on', connection: 'connected' }),
    carrierOf: () => ({ name: 'ups', can: { provider: 'UPS' }, pickups: pickups() }),
    neighbours: { openOrders: () => Promise.resolve([]), tell: () => Promise.resolve('told') },
    documents: {
      get: (key: string) => Promise.resolve(documents.get(key)),
      put: (key: string, text: string) => Promise.resolve(void documents.set(key, text)),
      putIfAbsent: (key: string, text: string) =>
        Promise.resolve(!documents.has(key) && documents.set(key, text) === documents),
      remove: (key: string) => Promise.resolve(void documents.delete(key)),
    },
  }) as unknown as Ports;

/** As Temporal runs an activity: an attempt that fails is not the last. */
const run = (activity: () => Promise<PickupAnswer>): Promise<PickupAnswer> =>
  new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(activity);
const book = (attempt = 1) => run(() => bookPickup(ports(), input(attempt)));
const change = (attempt: number) => run(() => changePickup(ports(), input(attempt)));
const cancel = (more: { isGone?: true } = {}) => run(() => cancelPickup(ports(), { ...KEY, at: AT, ...more }));
const kept = (): { status: string } => JSON.parse(documents.get(pickupDocumentKey(KEY)) ?? '{}') as { status: string };
const begun = (): string[] => [...documents.keys()].filter((key) => key.endsWith('-cancel'));

describe('a pickup that is cancelled', () => {
  beforeEach(() => book());

  it('is cancelled, and nothing of it is left over', async () => {
    expect(await cancel()).toEqual({ kind: 'cancelled' });
    expect([kept().status, begun(), standing.size]).toEqual(['cancelled', [], 0]);
  });

  it('is cancelled where the carrier does not have it any more', async () => {
    standing.clear();
    expect(await cancel()).toEqual({ kind: 'cancelled' });
  });

  it('stays booked where the carrier clearly says no', async () => {
    cancels.push(['refused']);
    expect(await cancel()).toMatchObject({ kind: 'refused' });
    expect([kept().status, begun()]).toEqual(['booked', []]);
  });

  it('is not taken for cancelled where the shop is only watched', async () => {
    mode = 'watch';
    expect(await cancel()).toMatchObject({ kind: 'refused' });
    [mode, cancels] = ['auto', [['stale', 'the shop is only watched']]];
    expect(await cancel()).toMatchObject({ kind: 'refused' });
    expect([kept().status, standing.size]).toEqual(['booked', 1]);
  });

  it.each([true, false])(
    'whose answer is lost is not said to be booked by a later no (can look: %s)',
    async (looks) => {
      canFind = looks;
      cancels.push('lost', ['refused']);
      await expect(cancel()).rejects.toMatchObject({ type: 'outcomeUnknown' });
      expect(begun()).toHaveLength(1);
      expect(await cancel()).toEqual({ kind: 'unclear', reference: 'P1-1' });
      // A person looked: what is written down says so.
      expect(await cancel({ isGone: true })).toEqual({ kind: 'cancelled' });
      expect(kept().status).toBe('cancelled');
    },
  );

  it('whose answer is lost is still booked where the carrier shows it', async () => {
    cancels.push(['outcomeUnknown'], ['refused'], ['refused']);
    await expect(cancel()).rejects.toMatchObject({ type: 'outcomeUnknown' });
    finds.push(['refused']);
    await expect(cancel()).rejects.toMatchObject({ type: 'retryLater' });
    expect(await cancel()).toMatchObject({ kind: 'refused' });
    expect([kept().status, begun()]).toEqual(['booked', []]);
  });

  it('keeps its doubt through what is tried again', async () => {
    canFind = false;
    cancels.push('lost', ['retryLater'], ['refused']);
    await expect(cancel()).rejects.toMatchObject({ type: 'outcomeUnknown' });
    await expect(cancel()).rejects.toMatchObject({ type: 'retryLater' });
    expect(await cancel()).toMatchObject({ kind: 'unclear' });
  });
});

describe('a pickup that is changed', () => {
  beforeEach(() => book());

  it('is cancelled and booked anew', async () => {
    expect(await change(2)).toMatchObject({ kind: 'booked', confirmation: 'P1-2' });
    expect(standing.size).toBe(1);
  });

  it('stays booked where its end is refused', async () => {
    cancels.push(['refused']);
    expect(await change(2)).not.toHaveProperty('isCancelled');
    expect(kept().status).toBe('booked');
  });

  it('is unclear where the answer to its end was lost and a later no says nothing', async () => {
    cancels.push('lost', ['refused']);
    await expect(change(2)).rejects.toMatchObject({ type: 'outcomeUnknown' });
    expect(await change(2)).toMatchObject({ kind: 'unclear' });
  });

  it('in its place is booked anew where somebody cancelled it elsewhere', async () => {
    canChange = true;
    standing.clear();
    expect(await change(2)).toMatchObject({ kind: 'booked', confirmation: 'P1-2' });
  });
});

it('a pickup that cannot be looked for is not refused: an earlier attempt may have booked it', async () => {
  finds.push(['refused']);
  await expect(book()).rejects.toMatchObject({ type: 'retryLater' });
  expect(await book()).toMatchObject({ kind: 'booked' });
});
