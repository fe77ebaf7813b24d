import { recordSummaryKey } from '../contracts/carrier-record';
import { noteRecord, recordsOf, sumRecords, type ParcelRecord } from './records';
import type { Ports } from './ports';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
/** Noon of the day on which the parcels of these tests end. */
const AT = Date.UTC(2026, 10, 23, 12);

let documents: Map<string, string>;
let puts: string[];
let ports: Ports;
beforeEach(() => {
  documents = new Map();
  puts = [];
  ports = {
    documents: {
      get: (key: string) => Promise.resolve(documents.get(key)),
      put: (key: string, text: string) => {
        puts.push(key);
        return Promise.resolve(void documents.set(key, text));
      },
      putIfAbsent: (key: string, text: string) => {
        const isNew = !documents.has(key);
        if (isNew) documents.set(key, text);
        return Promise.resolve(isNew);
      },
      list: (folder: string) =>
        Promise.resolve([...documents.keys()].filter((key) => key.replace(/\/[^/]*$/, '') === folder).sort()),
    },
  } as unknown as Ports;
});

let serial = 0;
const parcel = (more: Partial<ParcelRecord> = {}): ParcelRecord => ({
  key: `${(serial += 1)}-1`,
  carrier: 'USPS',
  service: 'Ground',
  boughtAt: AT - 3 * DAY_MS,
  deliveredAt: AT,
  ...{ stalled: false, lost: false, returned: false },
  ...more,
});

const note = (parcels: ParcelRecord[], at = AT): Promise<void> => noteRecord(ports, { shop: { id: '7' }, at, parcels });
const sum = (at: number): Promise<string[]> => sumRecords(ports, { shop: { id: '7' }, at });
const services = async () => (await recordsOf(ports, '7'))?.services;
const morningAfter = AT + 18 * HOUR_MS;

describe('the record of a service', () => {
  it('counts what came on time, stood still and was lost', async () => {
    const lost = parcel({ lost: true, stalled: true });
    delete lost.deliveredAt;
    await note([
      parcel(),
      parcel({ promisedBy: AT }),
      parcel({ promisedBy: AT - 1 }),
      parcel({ stalled: true }),
      lost,
      parcel({ carrier: 'UPS' }),
    ]);
    await sum(morningAfter);
    expect(await services()).toEqual([
      { carrier: 'UPS', service: 'Ground', parcels: 1, onTime: 1, stalls: 0, losses: 0 },
      { carrier: 'USPS', service: 'Ground', parcels: 5, onTime: 3, stalls: 2, losses: 1 },
    ]);
  });

  it('says nothing of what came back or never left', async () => {
    const unsent = parcel();
    delete unsent.deliveredAt;
    await note([parcel({ returned: true }), unsent]);
    await sum(morningAfter);
    expect(await services()).toEqual([
      { carrier: 'USPS', service: 'Ground', parcels: 0, onTime: 0, stalls: 0, losses: 0 },
    ]);
  });

  it('is of 90 days, each summed up once it is over for six hours', async () => {
    await note([parcel()]);
    await sum(AT + 18 * HOUR_MS - 1);
    expect(await services()).toEqual([]);
    expect(await sum(AT + 18 * HOUR_MS)).toEqual(['2026-11-23']);
    expect(await services()).toHaveLength(1);
    await sum(AT + 18 * HOUR_MS + 89 * DAY_MS);
    expect(await recordsOf(ports, '7')).toMatchObject({ from: '2026-11-23', until: '2027-02-20' });
    expect(await services()).toHaveLength(1);
    await sum(AT + 18 * HOUR_MS + 90 * DAY_MS);
    expect(await services()).toEqual([]);
  });

  it('is summed up once, however often it is asked', async () => {
    await note([parcel()]);
    await sum(morningAfter);
    const before = documents.get(recordSummaryKey('7'));
    expect(await sum(morningAfter + HOUR_MS)).toEqual([]);
    expect(documents.get(recordSummaryKey('7'))).toBe(before);
    expect(puts).toEqual([recordSummaryKey('7')]);
  });

  it('is the same where a run was cut off before its summary', async () => {
    await note([parcel()]);
    await sum(morningAfter);
    documents.delete(recordSummaryKey('7'));
    await sum(morningAfter);
    expect(await services()).toMatchObject([{ parcels: 1 }]);
  });
});

describe('a parcel', () => {
  it('is written down once', async () => {
    const one = parcel();
    await note([one]);
    await note([{ ...one, lost: true }]);
    await sum(morningAfter);
    await note([one]);
    await sum(morningAfter + DAY_MS);
    expect(await services()).toMatchObject([{ parcels: 1, losses: 0 }]);
  });

  it('that comes after its day was summed up counts on the next', async () => {
    await sum(morningAfter);
    await note([parcel()]);
    expect(await services()).toEqual([]);
    await sum(morningAfter + DAY_MS);
    expect(await services()).toMatchObject([{ parcels: 1 }]);
  });

  it('that came late is written down once, too', async () => {
    await sum(morningAfter);
    const one = parcel();
    await note([one]);
    await sum(morningAfter + DAY_MS);
    await note([one]);
    await sum(morningAfter + 2 * DAY_MS);
    expect(await services()).toMatchObject([{ parcels: 1 }]);
  });
});
