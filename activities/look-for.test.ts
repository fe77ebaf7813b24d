import { manifestFolder } from '../workflows/messages-manifest';
import { lookForOrphans } from './look-for-orphans';
import { lookForSilent } from './look-for-silent';
import type { OpenOrder, Ports } from './ports';

const KEY = { account: 'easypost-7', shipFrom: 'la', date: '2026-11-23' };
const ABOUT = { ...KEY, shopId: '7', at: 0 };

let documents: Map<string, object>;
let orders: OpenOrder[];
beforeEach(() => {
  documents = new Map();
  orders = [];
});

const ports = (): Ports =>
  ({
    documents: {
      get: (key: string) => Promise.resolve(documents.has(key) ? JSON.stringify(documents.get(key)) : undefined),
      list: (folder: string) => Promise.resolve([...documents.keys()].filter((key) => key.startsWith(`${folder}/`))),
    },
    neighbours: { openOrders: () => Promise.resolve(orders) },
  }) as unknown as Ports;

function labelled(orderId: string, more: Partial<OpenOrder> = {}): void {
  orders.push({ orderId, phase: 'awaitingHandover', trackingNumbers: [`94${orderId}`], shipFrom: 'la', ...more });
  documents.set(`labels/7/${orderId}/1-1`, {});
  documents.set(`labels/7/${orderId}/1-1-bought`, { trackingNumber: `94${orderId}`, carrier: 'USPS' });
}

describe('the look before the cut-off', () => {
  it('counts labelled parcels on no form, and of these those that are not packed, of its own ship-from', async () => {
    for (const id of ['1', '2']) labelled(id);
    labelled('3', { phase: 'toPack' });
    labelled('4', { shipFrom: 'reno' });
    documents.set(`${manifestFolder(KEY)}/members/1-1.1`, {});
    expect(await lookForOrphans(ports(), ABOUT)).toEqual({ kind: 'orphans', count: 2, waiting: 1 });
  });

  it('finds nobody where everybody is on the list, and counts no other account', async () => {
    labelled('1');
    documents.set(`${manifestFolder(KEY)}/members/1-1.1`, {});
    expect(await lookForOrphans(ports(), ABOUT)).toEqual({ kind: 'orphans', count: 0, waiting: 0 });
    documents.clear();
    labelled('2');
    expect(await lookForOrphans(ports(), { ...ABOUT, account: 'usps-7' })).toMatchObject({ count: 0 });
  });
});

describe('the look after the scan', () => {
  const form = (formId: string, ...numbers: string[]): object => ({
    ...{ formId, number: null, madeAt: 1, sha256: '', leftOff: [] },
    members: numbers.map((trackingNumber) => ({ orderId: '1', package: '1', trackingNumber })),
  });

  it('counts parcels of which nothing was heard but that they have a label', async () => {
    documents.set(`${manifestFolder(KEY)}/form`, form('a', '941', '942', '943'));
    documents.set(`${manifestFolder(KEY)}/form-2`, form('b', '944'));
    documents.set('tracking/7/941', { at: 1, meaning: 'originAccepted' });
    documents.set('tracking/7/942', { at: 1, meaning: 'labelCreated' });
    expect(await lookForSilent(ports(), ABOUT)).toEqual({ kind: 'silent', count: 3 });
    expect(await lookForSilent(ports(), { ...ABOUT, forms: ['b'] })).toEqual({ kind: 'silent', count: 1 });
  });
});
