import type { LabelProvider, Rate, Shipment } from '../../activities/ports';
import type { Shop } from '../../contracts/shop';
import { type Shop as SandboxShop, stage, type Stage } from '../../sandbox/test-support';
import { tiktokLabels } from './platform-labels';
import { tiktokShop } from './platform';
import { failureOf, ledgerOf, placed, shopOf } from './test-support';

let here: Stage;
let sandbox: SandboxShop;
let shop: Shop;
let labels: LabelProvider;

beforeAll(async () => {
  here = await stage();
});
beforeEach(async () => {
  sandbox = await here.shop();
  shop = shopOf(sandbox, here.url);
  labels = tiktokLabels()(shop);
});
afterAll(() => here.close());

const platforms = (fields: Record<string, unknown> = {}): Promise<string> =>
  placed(sandbox, { shipping_type: 'TIKTOK', ...fields });

type Wish = { itemIds?: string[]; withOrders?: string[] };
const prepared = (orderId: string, wish: Wish = {}): Promise<Shipment> =>
  labels.createShipment({ reference: 'r', orderId, from: {}, parcel: shop.parcel, ...wish });

const buy = (shipmentId: string, rates: Rate[]): Promise<Shipment> =>
  labels.buy({
    shipmentId,
    rateId: rates[0]?.id ?? '',
    request: { reference: 'r', orderId: '', from: {}, parcel: shop.parcel },
  });

async function bought(orderId: string, wish: Wish = {}): Promise<Shipment> {
  const { id, rates } = await prepared(orderId, wish);
  return buy(id, rates);
}

const strike = (fault: Record<string, unknown>): Promise<unknown> => sandbox.control('POST', '/faults', fault);
const labelsBought = async (): Promise<number> =>
  (await ledgerOf(sandbox)).filter(({ kind }) => kind === 'labelBought').length;

describe('a label of the platform', () => {
  it('is priced for nothing, bought once, and told with how it is handed over', async () => {
    const id = await platforms();
    const { rates, ...shipment } = await prepared(id);
    expect(shipment).toEqual({ id, isPaid: false, isVoided: false });
    expect(rates.length).toBeGreaterThan(0);
    const label = await buy(id, rates);
    expect(label).toMatchObject({
      isPaid: true,
      label: { trackingNumber: expect.stringMatching(/^\w+$/) as string, priceCents: rates[0]?.priceCents },
      handover: { method: 'dropOff' },
    });
    expect(await labels.readShipment(id)).toMatchObject({ isPaid: true, label: { priceCents: 0 } });
    expect(await labelsBought()).toBe(1);
  });

  it('for some items is one parcel, and each read-back finds its own', async () => {
    const id = await platforms();
    const [one, two] = [`${id}1`, `${id}2`];
    const first = await bought(id, { itemIds: [one] });
    expect(first.id).toBe(`${id}/${one}`);
    expect(await labels.readShipment(`${id}/${two}`)).toMatchObject({ isPaid: false });
    const second = await bought(id, { itemIds: [two] });
    expect(second.label?.trackingNumber).not.toBe(first.label?.trackingNumber);
    expect((await labels.readShipment(first.id))?.label?.trackingNumber).toBe(first.label?.trackingNumber);
    const { facts } = (await tiktokShop()(shop).readOrder(id)) ?? {};
    expect(facts?.parcels?.map(({ itemIds }) => itemIds)).toEqual([[one], [two]]);
    expect(await labelsBought()).toBe(2);
  });

  it('is not bought for items that are in other parcels', async () => {
    const id = await platforms();
    await bought(id, { itemIds: [`${id}1`] });
    expect(await failureOf(labels.readShipment(id))).toMatchObject({ outcome: 'stale' });
    expect(await failureOf(labels.readShipment(`${id}/${id}1+${id}2`))).toMatchObject({ outcome: 'stale' });
    expect(await failureOf(labels.readShipment(`${id}/${id}7`))).toMatchObject({ outcome: 'stale' });
  });

  it('for several orders is one, and found from each of them', async () => {
    const [owner, other] = [await platforms(), await platforms()];
    const label = await bought(owner, { withOrders: [other] });
    expect(label.id).toBe(`${owner}&${other}`);
    expect(await labels.readShipment(label.id)).toMatchObject({ isPaid: true });
    // The other order alone has no label of its own, and none may be bought for it.
    expect(await failureOf(labels.readShipment(other))).toMatchObject({ outcome: 'stale' });
    expect(await labelsBought()).toBe(1);
  });

  it('that was bought while the answer was lost is found again', async () => {
    const id = await platforms();
    const { rates } = await prepared(id);
    await strike({ route: 'tiktok.createPackages', kind: 'commitThenCut', times: 1 });
    expect(await failureOf(buy(id, rates))).toMatchObject({ outcome: 'outcomeUnknown' });
    expect(await labels.readShipment(id)).toMatchObject({ isPaid: true });
    expect((await buy(id, rates)).isPaid).toBe(true);
    expect(await labelsBought()).toBe(1);
  });

  it('that is paid for is never called something else because its package cannot be read', async () => {
    const id = await platforms();
    const { rates } = await prepared(id);
    await strike({ route: 'tiktok.getPackage', kind: 'code', code: 21011001, times: 1 });
    expect(await failureOf(buy(id, rates))).toMatchObject({ outcome: 'outcomeUnknown' });
    expect(await labelsBought()).toBe(1);
  });

  it('is a file, and cannot be given back by itself', async () => {
    const id = await platforms();
    await bought(id);
    const file = await labels.document?.({ shipmentId: id, trackingNumber: '', format: 'pdf' });
    expect(
      Buffer.from(file?.bytes ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(await failureOf(labels.refund(id))).toMatchObject({ outcome: 'refused' });
  });

  it('of an order that the platform does not know is none', async () => {
    expect(await labels.readShipment('1')).toBeUndefined();
    expect(await failureOf(prepared('1'))).toMatchObject({ outcome: 'stale' });
  });
});
