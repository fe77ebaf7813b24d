import { openUsps } from '../../adapters/carriers/usps/open';
import { accountAt, aRequest } from '../../adapters/carriers/test-support';
import { haveSpecs, specOf, type Exchange, type Known, type Spec } from './openapi';
import { callsOf, mailingDay, record, there, type Recording } from './openapi-stage';

const NAMES = ['shipping-options', 'payments', 'domestic-labels', 'scan-forms', 'tracking'];
/** Where USPS's files contradict what USPS sends, or the sandbox is shorter than they are. */
const KNOWN: readonly Known[] = [
  { where: /eventTimestamp/, says: /date-time/, because: 'it is local time, and has no zone' },
  { where: /answer\/mailClass/, says: /allowed values/, because: 'the list is older than Ground Advantage' },
  { where: /^answer\/(?:labelMetadata\/)?mailingDate/, says: /date-time/, because: 'the sandbox gives the day alone' },
];

/** Not among the specifications that lie here: tokens, and carrier pickup. */
const UNSPECIFIED = /\/(?:oauth2|pickup)\//;

/** Skipped where the published specifications do not lie beside the repository: they are USPS's, not ours to hand on. */
const whereSpecsAre = haveSpecs ? describe : describe.skip;

whereSpecsAre('the wire of USPS, by its published specifications', () => {
  let recording: Recording;
  let specs: Spec[];
  let exchanges: Exchange[];

  beforeAll(async () => {
    recording = await record();
    specs = NAMES.map((name) => specOf(`usps/${name}.yaml`, { mount: '/usps', known: KNOWN }));
    await walk(recording);
    exchanges = (await recording.exchanges('usps')).filter(({ path }) => !UNSPECIFIED.test(path));
  });
  afterAll(() => recording.close());

  const specFor = (exchange: Exchange): Spec | undefined => specs.find((spec) => spec.has(exchange));
  const faultsOf = (exchange: Exchange): string[] =>
    specFor(exchange)?.faultsOfRequest(exchange) ?? [`${exchange.method} ${exchange.path}: no such call`];

  it('was walked with every call', () => {
    expect(callsOf(exchanges)).toEqual([
      'POST /usps/shipments/v3/options/search',
      'POST /usps/payments/v3/payment-authorization',
      'POST /usps/labels/v3/label',
      'POST /usps/labels/v3/label-reprint',
      'POST /usps/labels/v3/label-reprint/#',
      'POST /usps/scan-forms/v3/scan-form',
      'GET /usps/tracking/v3/tracking/#',
      'DELETE /usps/labels/v3/label/#',
      'DELETE /usps/labels/v3/label',
    ]);
  });

  it('has every request of ours as it is published', () => {
    expect(exchanges.flatMap(faultsOf)).toEqual([]);
  });

  it('would see a field that is wrong, missing or too much', () => {
    const label = exchanges.find(({ path }) => path.endsWith('/label')) as Exchange;
    const body = label.requestBody as { packageDescription: object; toAddress: object };
    const broken = { ...body, packageDescription: { ...body.packageDescription, mailClass: 'GROUND' } };
    expect(faultsOf({ ...label, requestBody: broken })).not.toEqual([]);
    expect(faultsOf({ ...label, requestBody: { packageDescription: body.packageDescription } })).not.toEqual([]);
    expect(faultsOf({ ...label, requestBody: { ...body, insurance: 1 } })).not.toEqual([]);
    expect(
      faultsOf({ ...label, requestHeaders: { ...label.requestHeaders, 'x-idempotency-key': 'mine' } }),
    ).not.toEqual([]);
  });

  it('has every answer of the sandbox as it is published', () => {
    expect(exchanges.flatMap((exchange) => specFor(exchange)?.faultsOfAnswer(exchange) ?? [])).toEqual([]);
  });
});

/** Every call that the adapter can make, and a refusal. */
async function walk({ shop }: Recording): Promise<void> {
  const date = mailingDay();
  const account = openUsps(accountAt(shop, 'usps'));
  const [labels, forms, tracking] = [there(account.labels), there(account.forms), there(account.tracking)];
  const numbers: string[] = [];
  const parcels: { shipmentId: string; trackingNumber: string }[] = [];
  for (const attempt of [1, 2]) {
    const request = aRequest(date, { reference: `7:576461413038785752:1:${attempt}` });
    const { id: shipmentId, rates } = await labels.createShipment(request);
    const purchase = { shipmentId, rateId: there(rates[attempt - 1]).id, request };
    const trackingNumber = there((await labels.buy(purchase)).label).trackingNumber;
    const other = { ...request, parcel: { ...request.parcel, lengthIn: 11 } };
    if (attempt === 1) await labels.buy({ ...purchase, request: other });
    parcels.push({ shipmentId, trackingNumber });
    numbers.push(trackingNumber);
  }
  const [first, second] = parcels as [(typeof parcels)[0], (typeof parcels)[0]];
  await there(there(openUsps(accountAt(shop, 'usps')).labels).document)({ ...first, format: 'zpl' });
  await forms.createForm([first], { from: aRequest(date).from, date });
  await tracking.read(numbers.map((trackingNumber) => ({ trackingNumber, carrier: 'USPS' })));
  await labels.refund(first.shipmentId, first.trackingNumber).catch(() => undefined);
  await labels.refund(second.shipmentId);
}
