import type { CarrierAccount } from '../../../activities/carrier-ports';
import { stage, type Shop as SandboxShop, type Stage } from '../../../sandbox/test-support';
import { BUYER, failureOf, requestFor, shopWith } from '../easypost/test-support';
import { PLAIN_CARRIER_WIRE } from '../provider';
import { openShipSaving } from './open';

let here: Stage;
let sandbox: SandboxShop;
beforeAll(async () => {
  here = await stage();
  sandbox = await here.shop();
});
afterAll(() => here.close());

const kinds = async (): Promise<string[]> => {
  const { data } = (await sandbox.control('GET', '/ledger')).body as { data: { kind: string }[] };
  return data.map(({ kind }) => kind);
};

it('a label of ShipSaving lives: rated, bought, lost sight of and found, printed, on a form, given back', async () => {
  const baseUrl = `${here.url}/shipsaving`;
  const account = { kind: 'shipsaving', enabled: true, baseUrl, ...sandbox.shipsaving } as const;
  const shop = shopWith({ ss: account });
  const opened = openShipSaving({ wire: PLAIN_CARRIER_WIRE, shop, name: 'ss', account });
  const { labels, forms, addresses, balance } = opened as Required<CarrierAccount>;
  const request = requestFor(shop);
  const { id, rates } = await labels.createShipment(request);
  const rate = rates.find(({ carrier }) => carrier === 'USPS');
  expect(await labels.readShipment(id)).toMatchObject({ isPaid: false });

  await sandbox.control('POST', '/faults', { route: 'shipsaving.buy', kind: 'commitThenCut', times: 1 });
  const buying = labels.buy({ shipmentId: id, rateId: rate?.id ?? '', request });
  expect(await failureOf(buying)).toMatchObject({ outcome: 'outcomeUnknown' });
  expect(await kinds()).toEqual(['labelBought']);
  const found = await labels.readShipment(id);
  expect(found).toMatchObject({ isPaid: true, isVoided: false, label: { priceCents: rate?.priceCents } });

  const parcel = { shipmentId: id, trackingNumber: found?.label?.trackingNumber ?? '' };
  expect(await labels.document?.({ ...parcel, format: 'pdf' })).toMatchObject({ format: 'pdf' });
  const form = await forms.createForm([parcel], { from: shop.shipFrom.address, date: '2026-11-24' });
  expect((await form.file?.())?.length).toBeGreaterThan(20);
  expect(await addresses({ ...BUYER, street1: '9 UNKNOWN' })).toMatchObject({ verdict: 'undeliverable' });
  expect(await balance()).toBeGreaterThan(0);
  expect(await labels.refund(id, parcel.trackingNumber)).toMatchObject({ isVoided: true });
  expect(await labels.refund(id, parcel.trackingNumber)).toMatchObject({ isVoided: true });
  expect(await kinds()).toEqual(['labelBought', 'formCreated', 'labelVoided']);
});
