import { openUps } from '../../adapters/carriers/ups/open';
import { accountAt, aRequest } from '../../adapters/carriers/test-support';
import { haveSpecs, specOf, type Exchange, type Known, type Spec } from './openapi';
import { callsOf, mailingDay, record, type Recording } from './openapi-stage';

/** Where UPS's files contradict their own texts or their own examples. */
const KNOWN: readonly Known[] = [
  { where: /path requestoption/, says: /10 characters/, because: 'its text names Shoptimeintransit, which has 17' },
  { where: /LabelRecoveryRequest/, says: /"TrackingNumbers"/, because: 'its text: for Roadie shipments alone' },
  { where: /LabelRecoveryRequest/, says: /"ReferenceValues"/, because: 'its text: where no tracking number is given' },
  {
    where: /LabelImageFormat\/Code/,
    says: /4 characters/,
    because: 'its text names PDF, ZPL and GIF, which have three',
  },
];

/** Not among the specifications that lie here. */
const UNSPECIFIED = /\/pickup/;

/** Skipped where the published specifications do not lie beside the repository: they are UPS's, not ours to hand on. */
const whereSpecsAre = haveSpecs ? describe : describe.skip;

whereSpecsAre('the wire of UPS, by its published specifications', () => {
  let recording: Recording;
  let specs: Spec[];
  let exchanges: Exchange[];

  beforeAll(async () => {
    recording = await record();
    specs = [
      ...['Rating', 'Shipping', 'Tracking'].map((name) =>
        specOf(`ups/${name}.yaml`, { mount: '/ups', isClosed: true, known: KNOWN }),
      ),
      // The sandbox gives tokens under its API, UPS beside it.
      specOf('ups/OAuthClientCredentials.yaml', { mount: '/ups/api', isClosed: true }),
    ];
    await walk(recording);
    exchanges = (await recording.exchanges('ups')).filter(({ path }) => !UNSPECIFIED.test(path));
  });
  afterAll(() => recording.close());

  const specFor = (exchange: Exchange): Spec | undefined => specs.find((spec) => spec.has(exchange));
  const faultsOf = (exchange: Exchange): string[] =>
    specFor(exchange)?.faultsOfRequest(exchange) ?? [`${exchange.method} ${exchange.path}: no such call`];

  it('was walked with every call', () => {
    expect(callsOf(exchanges)).toEqual([
      'POST /ups/api/security/v1/oauth/token',
      'POST /ups/api/rating/v2409/Shoptimeintransit',
      'POST /ups/api/labels/v1/recovery',
      'POST /ups/api/shipments/v2409/ship',
      'GET /ups/api/track/v1/details/#',
      'DELETE /ups/api/shipments/v2409/void/cancel/#',
    ]);
  });

  it('has every request of ours as it is published', () => {
    expect(exchanges.flatMap(faultsOf)).toEqual([]);
  });

  it('would see a field that is wrong, missing or too much', () => {
    const ship = exchanges.find(({ path }) => path.endsWith('/ship')) as Exchange;
    const body = JSON.stringify(ship.requestBody);
    const broken = [
      body.replace('"Code":"LBS"', '"Code":"POUNDS"'),
      body.replace('"ShipperNumber"', '"ShipperNo"'),
      body.replace('"Service"', '"Servcie"'),
    ].map((text) => faultsOf({ ...ship, requestBody: JSON.parse(text) as unknown }));
    expect(broken.map((faults) => faults.length > 0)).toEqual([true, true, true]);
  });

  it('has every answer of the sandbox as it is published', () => {
    expect(exchanges.flatMap((exchange) => specFor(exchange)?.faultsOfAnswer(exchange) ?? [])).toEqual([]);
  });
});

/** Every call that the adapter can make, and a look for what is not there. */
async function walk({ shop }: Recording): Promise<void> {
  const { labels, tracking } = openUps(accountAt(shop, 'ups'));
  if (labels === undefined || tracking === undefined) throw new Error('no labels');
  const request = aRequest(mailingDay());
  const { id: shipmentId } = await labels.createShipment(request);
  await labels.readShipment(shipmentId);
  const { label } = await labels.buy({ shipmentId, rateId: '03', request });
  await labels.readShipment(shipmentId);
  const trackingNumber = label?.trackingNumber ?? '';
  await labels.document?.({ shipmentId, trackingNumber, format: 'pdf' });
  await tracking.read([{ trackingNumber, carrier: 'UPS' }]);
  await labels.refund(shipmentId, trackingNumber);
}
