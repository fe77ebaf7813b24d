import { createHash } from 'node:crypto';
import type { LabelProvider } from '../../../activities/carrier-ports';
import { failureOf, played, requestFor, shopWith, type Played, type Reply } from '../easypost/test-support';
import { PLAIN_CARRIER_WIRE } from '../provider';
import { shipSavingLabels } from './labels';

const ORDER = '7000000000000000001:576461413038785752:1:1';
/** The same order, with the mark of store `CS`. */
const ID = `${ORDER}~${createHash('sha256').update('CS').digest('hex').slice(0, 4)}`;
const ONE = '9434611899562089592093';

let there: Played;
beforeEach(async () => {
  there = await played();
});
afterEach(() => there.close());

function labelsOf(storeName = 'CS'): LabelProvider {
  const account = { kind: 'shipsaving', enabled: true, baseUrl: there.url, apiToken: 't', storeName } as const;
  return shipSavingLabels({ wire: PLAIN_CARRIER_WIRE, shop: shopWith({ ss: account }), name: 'ss', account });
}

const said = (status: number, message: string): Reply => ({ status, json: { message } });
const label = (tracking_code: string): object => ({ tracking_code, carrier: 'USPS', rate: 8.99 });
const purchase = () => ({ shipmentId: ID, rateId: 'rate_1', request: requestFor(shopWith({})) });

describe('what was bought in a store of ShipSaving', () => {
  it('is read under an id of old, which is never said to be of nothing bought', async () => {
    there.replies.push({ json: [label(ONE)] }, said(400, 'Invalid order number or store name'));
    const labels = labelsOf();
    expect(await labels.readShipment(ORDER)).toMatchObject({ id: ORDER, isPaid: true });
    expect(await failureOf(labels.readShipment(ORDER))).toMatchObject({ outcome: 'retryLater' });
  });

  it('is unknown, and nothing is bought, while the account has another store', async () => {
    there.replies.push(said(400, 'Invalid order number or store name'));
    const labels = labelsOf('Other');
    const calls = [labels.readShipment(ID), labels.refund(ID), labels.buy(purchase())];
    for (const call of calls) {
      expect(await failureOf(call)).toMatchObject({ outcome: 'retryLater', code: 'store changed' });
    }
    expect(there.asked).toEqual([]);
  });

  it.each(['Label has been used and cannot be voided', 'Label has been used', 'Shipment not found'])(
    'whose void is refused otherwise (%s) is not voided because no list names it',
    async (sentence) => {
      there.replies.push(said(400, sentence), { json: [] });
      expect(await failureOf(labelsOf().refund(ID, ONE))).toMatchObject({ outcome: 'refused' });
    },
  );
});
