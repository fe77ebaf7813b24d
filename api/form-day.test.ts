import type { Shop } from '../contracts/shop';
import { searchAttributes } from '../workflows/messages';
import { manifestFolder } from '../workflows/messages-manifest';
import type { ApiDeps } from './deps';
import { formDayOf } from './form-day';

const place = (id: string): object => ({ id, zone: 'America/Los_Angeles' });
const shop = {
  ...{ id: '7', kind: 'live', carriers: { easypost: {} } },
  shipFrom: place('la'),
  warehouses: { '55': place('reno') },
} as unknown as Shop;

type Open = { orderId: string; shipFrom?: string };

/** The open orders of a shop and its documents; no manifest is listed. */
const depsWith = (orders: readonly Open[], documents: Map<string, string>): ApiDeps =>
  ({
    documents: {
      get: (key: string) => Promise.resolve(documents.get(key)),
      list: (folder: string) => Promise.resolve([...documents.keys()].filter((key) => key.startsWith(`${folder}/`))),
    },
    client: {
      workflow: {
        list: ({ query }: { query: string }) => (query.includes('orderLifecycle') ? orders.map(listed) : []),
      },
    },
  }) as unknown as ApiDeps;

const listed = ({ orderId, shipFrom }: Open): object => {
  const known = new Map<unknown, unknown>([
    [searchAttributes.phase, 'awaitingHandover'],
    [searchAttributes.trackingNumbers, [`94${orderId}`]],
    [searchAttributes.shipFrom, shipFrom],
  ]);
  return { workflowId: `order:7:${orderId}`, typedSearchAttributes: { get: (key: unknown) => known.get(key) } };
};

it('looks for parcels that are on no form at each place that orders leave from', async () => {
  const orders = [{ orderId: '1' }, { orderId: '2', shipFrom: 'reno' }, { orderId: '3', shipFrom: 'reno' }];
  const documents = new Map<string, string>();
  for (const { orderId } of orders) {
    documents.set(`labels/7/${orderId}/1-1`, '{}');
    const bought = { trackingNumber: `94${orderId}`, carrier: 'USPS', account: 'easypost' };
    documents.set(`labels/7/${orderId}/1-1-bought`, JSON.stringify(bought));
  }
  const { today } = await formDayOf(depsWith([], documents), shop);
  documents.set(`${manifestFolder({ account: 'easypost-7', shipFrom: 'la', date: today })}/members/1-1.1`, '{}');
  documents.set(`${manifestFolder({ account: 'easypost-7', shipFrom: 'reno', date: today })}/members/2-1.1`, '{}');
  const { orphans } = await formDayOf(depsWith(orders, documents), shop);
  expect(orphans).toMatchObject([{ orderId: '3', shipFrom: 'reno', account: 'easypost-7', why: 'noForm' }]);
  expect(orphans).toHaveLength(1);
});
