import { openShipSaving } from '../../adapters/carriers/shipsaving/open';
import { accountAt, aRequest } from '../../adapters/carriers/test-support';
import { haveSpecs, specOf, type Exchange, type Spec } from './openapi';
import { callsOf, mailingDay, record, there, type Recording } from './openapi-stage';

/** Skipped where the published specification does not lie beside the repository: it is ShipSaving's, not ours to hand on. */
const whereSpecsAre = haveSpecs ? describe : describe.skip;

whereSpecsAre('the wire of ShipSaving, by its published specification', () => {
  let recording: Recording;
  let spec: Spec;
  let exchanges: Exchange[];

  beforeAll(async () => {
    recording = await record();
    spec = specOf('shipsaving/openapi.yaml', { mount: '/shipsaving', isClosed: true });
    await walk(recording);
    exchanges = (await recording.exchanges('shipsaving')).filter(({ path }) => path.includes('/api/'));
  });
  afterAll(() => recording.close());

  it('was walked with every call', () => {
    expect(callsOf(exchanges)).toEqual(
      expect.arrayContaining([
        'POST /shipsaving/api/rates/list',
        'GET /shipsaving/api/rates/buy',
        'GET /shipsaving/api/shipments/get',
        'POST /shipsaving/api/shipments/scan-forms/create',
        'POST /shipsaving/api/shipments/void',
        'POST /shipsaving/api/addresses/verify',
        'GET /shipsaving/api/balance',
      ]),
    );
  });

  it('has every request of ours as it is published', () => {
    expect(exchanges.flatMap((exchange) => spec.faultsOfRequest(exchange))).toEqual([]);
  });

  it('would see a field that is wrong, missing or too much', () => {
    const rates = exchanges.find(({ path }) => path.endsWith('/rates/list')) as Exchange;
    const body = rates.requestBody as object;
    expect(spec.faultsOfRequest({ ...rates, requestBody: { ...body, shipments: 'one' } })).not.toEqual([]);
    expect(spec.faultsOfRequest({ ...rates, requestBody: { ...body, parcel: {} } })).not.toEqual([]);
    const buy = exchanges.find(({ path }) => path.endsWith('/rates/buy')) as Exchange;
    expect(spec.faultsOfRequest({ ...buy, query: { rate: 'x' } })).not.toEqual([]);
  });

  it('has every answer of the sandbox as it is published', () => {
    expect(exchanges.flatMap((exchange) => spec.faultsOfAnswer(exchange))).toEqual([]);
  });
});

/** Every call that the adapter can make. */
async function walk({ shop }: Recording): Promise<void> {
  const date = mailingDay();
  const account = openShipSaving(accountAt(shop, 'shipsaving'));
  const [labels, forms] = [there(account.labels), there(account.forms)];
  const parcels: { shipmentId: string; trackingNumber: string }[] = [];
  for (const attempt of [1, 2]) {
    const request = aRequest(date, { reference: `7:576461413038785752:1:${attempt}` });
    const { id: shipmentId, rates } = await labels.createShipment(request);
    await labels.readShipment(shipmentId);
    const rateId = there(rates.find(({ carrier }) => carrier === 'USPS')).id;
    const { label } = await labels.buy({ shipmentId, rateId, request });
    parcels.push({ shipmentId, trackingNumber: there(label).trackingNumber });
  }
  const [first, second] = parcels as [(typeof parcels)[0], (typeof parcels)[0]];
  await forms.createForm([first], { from: aRequest(date).from, date });
  await labels.refund(second.shipmentId, second.trackingNumber);
  await there(account.addresses)(there(aRequest(date).to));
  await there(account.balance)();
}
