import type { CarrierAccount } from '../../../activities/carrier-ports';
import { BUYER, played, shopWith, type Played } from '../easypost/test-support';
import { PLAIN_CARRIER_WIRE } from '../provider';
import { openShipSaving } from './open';

let there: Played;
beforeEach(async () => {
  there = await played();
});
afterEach(() => there.close());

function opened(): Required<CarrierAccount> {
  const account = { kind: 'shipsaving', enabled: true, baseUrl: there.url, apiToken: 't', storeName: 'CS' } as const;
  const at = { wire: PLAIN_CARRIER_WIRE, shop: shopWith({ ss: account }), name: 'ss', account };
  return openShipSaving(at) as Required<CarrierAccount>;
}

describe('an address at ShipSaving', () => {
  it.each([
    [{}, { verdict: 'deliverable', codes: [] }],
    [
      { errored: true, errors: [{ code: 'ADDRESS.PRIMARY.INVALID', message: '9 Hidden Lane' }] },
      { verdict: 'undeliverable', codes: ['ADDRESS.PRIMARY.INVALID'] },
    ],
    [
      { corrected: true, street: '9 Hidden Ln', corrections: [{ code: 'ADDRESS.COMPONENT.CHANGED' }] },
      { verdict: 'corrected', codes: ['ADDRESS.COMPONENT.CHANGED'], suggestion: { ...BUYER, street1: '9 Hidden Ln' } },
    ],
  ])('answered by %j means %j', async (json, verdict) => {
    there.replies.push({ json });
    expect(await opened().addresses(BUYER)).toEqual(verdict);
    expect(there.asked[0]?.body).toMatchObject({ street: '9 Hidden Lane', zip: '89501' });
  });
});

it("a ShipSaving account's money is read in cents", async () => {
  there.replies.push({ json: { balance: '173.13', currency: 'usd' } });
  expect(await opened().balance()).toBe(17_313);
});
