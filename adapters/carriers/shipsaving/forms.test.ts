import { openGate } from '../../gate';
import { played, shopWith, type Played } from '../easypost/test-support';
import { shipSavingForms } from './forms';

const [ONE, OTHER] = ['9434611899562089592093', '9434611899562089592048'];

let there: Played;
beforeEach(async () => {
  there = await played();
});
afterEach(() => there.close());

describe('a form of ShipSaving', () => {
  it('that may be made already is refused with the name that it would bear, and a bad label with none', async () => {
    const message = 'Some shipments are voided or already on a SCAN Form.';
    there.replies.push({ status: 400, json: { message } }, { status: 400, json: { message: 'No such origin' } });
    const account = {
      kind: 'shipsaving',
      enabled: true,
      baseUrl: there.url,
      apiToken: 'st_1',
      storeName: 'CS',
    } as const;
    const forms = shipSavingForms({ wire: { gate: openGate }, shop: shopWith({ ss: account }), name: 'ss', account });
    const parcels = [ONE, OTHER].map((trackingNumber) => ({ shipmentId: '7:1:1:1', trackingNumber }));
    const mailing = { from: {}, date: '2026-11-24' };
    const code = 'on a form already';
    const formNumber = expect.stringMatching(/^ss_/) as string;
    await expect(forms.createForm(parcels, mailing)).rejects.toMatchObject({
      outcome: 'refused',
      code,
      against: [ONE, OTHER].map((trackingNumber) => ({ trackingNumber, code, formNumber })),
    });
    await expect(forms.createForm(parcels, mailing)).rejects.toMatchObject({ outcome: 'refused', against: [] });
  });
});
