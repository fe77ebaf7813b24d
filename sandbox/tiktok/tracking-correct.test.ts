import { anOrder, type Reply, type Shop, type Stage, stage, upload, UPS_NUMBER } from '../test-support';

const ORDER = '576461413038785752';
const [FIRST, SECOND] = [`${ORDER}1`, `${ORDER}2`];
const OTHER_NUMBER = '1Z999AA10123456785';
const THIRD_NUMBER = '1Z999AA10123456786';
const HOUR_MS = 3_600_000;

let here: Stage;
let shop: Shop;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop({ autoCancel: false });
});

afterEach(() => here.close());

const place = (fields: Record<string, unknown> = {}): Promise<Reply> =>
  shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER, fields));
const ship = async (...items: string[]): Promise<string> => {
  const { body } = await shop.viaTikTok('POST', `/fulfillment/202309/orders/${ORDER}/packages`, {
    body: upload(...items),
  });
  return (body['data'] as { package_id: string }).package_id;
};
const wish = (tracking_number: string): Record<string, unknown> => ({
  tracking_number,
  shipping_provider_id: '7117858858072016687',
});
const correct = async (where: string, body: Record<string, unknown> = wish(OTHER_NUMBER)): Promise<unknown> =>
  (await shop.viaTikTok('POST', `/fulfillment/202309/${where}/shipping_info/update`, { body })).body['code'];
const ofOrder = (body?: Record<string, unknown>): Promise<unknown> => correct(`orders/${ORDER}`, body);
const order = async (): Promise<Record<string, unknown>> => (await shop.control('GET', `/orders/${ORDER}`)).body;
const later = (ms: number): Promise<Reply> => shop.control('POST', '/clock', { to: Date.now() + ms });
const corrections = async (): Promise<unknown[]> => {
  const { body } = await shop.control('GET', '/ledger');
  return (body['data'] as { kind: string }[]).filter(({ kind }) => kind === 'trackingCorrected');
};

describe('putting a tracking number right', () => {
  it('is done once', async () => {
    await place();
    const id = await ship(FIRST, SECOND);
    await later(71 * HOUR_MS);
    expect(await ofOrder()).toBe(0);
    expect(await order()).toMatchObject({
      status: 'AWAITING_COLLECTION',
      tracking_number: OTHER_NUMBER,
      line_items: [{ tracking_number: OTHER_NUMBER, package_id: id }, { tracking_number: OTHER_NUMBER }],
    });
    const { body } = await shop.viaTikTok('GET', `/fulfillment/202309/packages/${id}`);
    expect(body).toMatchObject({ data: { tracking_number: OTHER_NUMBER } });
    expect(await ofOrder(wish(THIRD_NUMBER))).toBe(21011050);
    expect(await correct(`packages/${id}`, wish(THIRD_NUMBER))).toBe(21011050);
    expect(await corrections()).toMatchObject([{ ref: OTHER_NUMBER, order: ORDER }]);
  });

  it('is done for one parcel of several, and not for their order', async () => {
    await place();
    const one = await ship(FIRST);
    expect(await ofOrder()).toBe(21011048);
    const two = await ship(SECOND);
    expect(await ofOrder()).toBe(21011048);
    expect(await correct(`packages/${one}`)).toBe(0);
    expect(await correct(`packages/${two}`, wish(THIRD_NUMBER))).toBe(0);
    expect(await order()).toMatchObject({
      line_items: [{ tracking_number: OTHER_NUMBER }, { tracking_number: THIRD_NUMBER }],
    });
  });

  it('is done where another tool shipped without a package', async () => {
    await place({ status: 'AWAITING_COLLECTION', tracking_number: UPS_NUMBER });
    expect(await ofOrder()).toBe(0);
    expect(await order()).toMatchObject({ tracking_number: OTHER_NUMBER });
    expect(await ofOrder(wish(THIRD_NUMBER))).toBe(21011050);
  });

  it('is too late after 72 h', async () => {
    await place();
    await ship(FIRST, SECOND);
    await later(72 * HOUR_MS);
    expect(await ofOrder()).toBe(21011051);
    expect([await corrections(), (await order())['tracking_number']]).toEqual([[], UPS_NUMBER]);
  });

  it('is refused for the same number, a wrong one and a package of nobody', async () => {
    await place();
    await ship(FIRST, SECOND);
    expect(await ofOrder(wish(UPS_NUMBER))).toBe(21011052);
    expect(await ofOrder(wish('9400'))).toBe(21011022);
    expect(await ofOrder({})).toBe(21011005);
    expect(await correct('packages/1')).toBe(21011001);
    expect(await correct('orders/1')).toBe(21001001);
  });

  it('is refused for a package that a split has set apart', async () => {
    await place();
    const { body } = await shop.control('POST', `/orders/${ORDER}/split`, { groups: [[FIRST], [SECOND]] });
    const [one, two] = body['packages'] as { id: string }[];
    expect(await correct(`packages/${one?.id ?? ''}`)).toBe(21011043);
    await ship(FIRST);
    expect(await correct(`packages/${two?.id ?? ''}`)).toBe(21011043);
    expect(await correct(`packages/${one?.id ?? ''}`)).toBe(0);
  });

  it.each([
    [{}, 21011043],
    [{ status: 'DELIVERED' }, 21011030],
    [{ status: 'CANCELLED' }, 21011035],
    [{ status: 'AWAITING_COLLECTION', shipping_type: 'TIKTOK' }, 21011004],
  ])('is refused for an order with %o', async (fields, code) => {
    await place(fields);
    expect(await ofOrder()).toBe(code);
  });

  it('was done though the answer was cut off', async () => {
    await place();
    await ship(FIRST, SECOND);
    await shop.control('POST', '/faults', { route: 'tiktok.correctTracking', kind: 'commitThenCut', times: 1 });
    await expect(ofOrder()).rejects.toThrow();
    expect((await order())['tracking_number']).toBe(OTHER_NUMBER);
  });
});
