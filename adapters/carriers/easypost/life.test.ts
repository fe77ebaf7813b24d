import type { CarrierAccount } from '../../../activities/carrier-ports';
import { stage, type Shop as SandboxShop, type Stage } from '../../../sandbox/test-support';
import { PLAIN_CARRIER_WIRE } from '../provider';
import { openEasyPost } from './open';
import { BUYER, requestFor, shopWith } from './test-support';

let here: Stage;
let sandbox: SandboxShop;
beforeAll(async () => {
  here = await stage();
  sandbox = await here.shop();
});
afterAll(() => here.close());

function present<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error('it is not there');
  return thing;
}

it('a label of EasyPost lives: rated, bought, printed, followed, collected and given back', async () => {
  const account = { kind: 'easypost', enabled: true, baseUrl: `${here.url}/v2`, ...sandbox.easypost } as const;
  const shop = shopWith({ easypost: account });
  const opened = openEasyPost({ wire: PLAIN_CARRIER_WIRE, shop, name: 'easypost', account });
  const { labels, pickups, tracking, addresses, balance } = opened as Required<CarrierAccount>;
  const request = requestFor(shop);
  const { id, rates } = await labels.createShipment(request);
  const rate = present(rates[0]);
  expect(rate.listCents).toBeGreaterThan(rate.priceCents);

  const purchase = { shipmentId: id, rateId: rate.id, request };
  const { label } = await labels.buy(purchase);
  expect(await labels.buy(purchase)).toMatchObject({ isPaid: true, label });
  const parcel = { shipmentId: id, trackingNumber: present(label).trackingNumber };
  for (const format of ['pdf', 'png', 'zpl'] as const)
    expect(await present(labels.document)({ ...parcel, format })).toMatchObject({ format });
  expect(await tracking.read([{ ...parcel, carrier: 'USPS' }])).toMatchObject([
    { trackingNumber: parcel.trackingNumber },
  ]);

  expect(await addresses({ ...BUYER, street1: '9 UNKNOWN' })).toMatchObject({ verdict: 'undeliverable' });
  expect(await balance()).toBeGreaterThan(0);
  const find = present(pickups.find);
  const from = Date.now() + 3_600_000;
  const wish = {
    ...{ reference: 'r:1', date: '2026-11-24', zone: shop.shipFrom.zone, weightOz: 20, parcels: [parcel] },
    ...{ from, until: from + 3_600_000, address: shop.shipFrom.address },
  };
  expect(await find(wish)).toBeUndefined();
  const booked = await pickups.book(wish);
  expect(await find(wish)).toMatchObject({ id: booked.id, confirmation: booked.confirmation });
  await pickups.cancel(booked);
  expect(await find(wish)).toBeUndefined();
  expect(await labels.refund(id)).toMatchObject({ isVoided: true });
});
