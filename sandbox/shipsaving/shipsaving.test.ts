import { anOrder, type Reply, type Shop, type Stage, stage } from '../test-support';
import { aSavingParcel, type SavingClient, savingClient } from './test-support';

const ORDER = '576461413038785752';

let here: Stage;
let shop: Shop;
let ask: SavingClient;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop();
  ask = savingClient(here.url, shop);
});

afterEach(() => here.close());

type Rate = { rate_id: string; carrier: string; service_type: string; rate: number; published_rate: number };
type Bought = { tracking_code: string; rate: number; label_url: string[]; order_number: string };

const REFERENCE = (): string => `${shop.shopId}:${ORDER}:1:1`;
const rates = async (fields = {}): Promise<Rate[]> =>
  (await ask('POST', '/api/rates/list', { body: aSavingParcel(shop, REFERENCE(), fields) })).body['rates'] as Rate[];
const buyReply = (rateId: string): Promise<Reply> => ask('GET', '/api/rates/buy', { query: { rate_id: rateId } });
const buy = async (service = 'usps_ground_advantage', fields = {}): Promise<Bought> => {
  const rate = (await rates(fields)).find((one) => one.service_type === service);
  return (await buyReply(rate?.rate_id ?? '')).body as unknown as Bought;
};
const labels = async (): Promise<unknown> =>
  (
    await ask('GET', '/api/shipments/get', {
      query: { store_name: shop.shipsaving.storeName, order_number: REFERENCE() },
    })
  ).body;
const giveBack = (code: string): Promise<Reply> =>
  ask('POST', '/api/shipments/void', { body: { tracking_code: code } });
const ledger = async (): Promise<unknown> => (await shop.control('GET', `/ledger?order=${ORDER}`)).body['data'];

describe('a label at ShipSaving', () => {
  it('is rated for nothing, bought by a rate, found under its order and given back once', async () => {
    const offered = await rates();
    expect(offered[0]).toMatchObject({
      service: 'USPS_GROUND_ADVANTAGE',
      rate: 5.35,
      published_rate: 7.76,
      delivery_days: '3',
    });
    expect(await labels()).toEqual([]);
    const bought = await buy();
    expect(bought).toMatchObject({
      tracking_code: expect.stringMatching(/^9400\d{18}$/) as string,
      order_number: REFERENCE(),
    });
    expect(await labels()).toMatchObject([
      { tracking_code: bought.tracking_code, service_level: 'usps_ground_advantage' },
    ]);
    expect((await giveBack(bought.tracking_code)).body).toEqual({ tracking_code: bought.tracking_code });
    expect(await giveBack(bought.tracking_code)).toMatchObject({ status: 400 });
    expect(await labels()).toMatchObject([{ label_status: 'voided' }]);
    expect(await ledger()).toMatchObject([
      { kind: 'labelBought', provider: 'shipsaving', ref: bought.tracking_code, priceCents: 535 },
      { kind: 'labelVoided', provider: 'shipsaving', ref: bought.tracking_code, priceCents: 535 },
    ]);
  });

  it('is bought again by every call of the same address', async () => {
    const [rate] = await rates();
    await buyReply(rate?.rate_id ?? '');
    await buyReply(rate?.rate_id ?? '');
    expect(await labels()).toHaveLength(2);
    expect(await ledger()).toMatchObject([{ kind: 'labelBought' }, { kind: 'labelBought' }]);
  });

  it('is rated for an order that was taken in, where that is asked for', async () => {
    await shop.control('PUT', '/shipsaving', { ordersMustExist: true });
    expect(await rates()).toBeUndefined();
    expect(await labels()).toEqual({ message: 'Invalid order number or store name' });
    const client = { name: 'Somebody', street: '1 Main St', city: 'Reno', state: 'NV', zip: '89501', country: 'US' };
    const named = Object.fromEntries(Object.entries(client).map(([name, text]) => [`client_${name}`, text]));
    const order = { store_name: shop.shipsaving.storeName, order_number: REFERENCE() };
    await ask('POST', '/api/orders/create', {
      body: { ...order, ...named, warehouse_name: 'WH', verify_address: false, shipments: [{}] },
    });
    expect(await rates()).not.toHaveLength(0);
    expect((await ask('DELETE', '/api/orders/delete', { body: order })).status).toBe(200);
    expect((await ask('DELETE', '/api/orders/delete', { body: order })).status).toBe(400);
  });

  it('is there though its buyer heard nothing but a gateway', async () => {
    await shop.control('POST', '/faults', { route: 'shipsaving.buy', kind: 'commitThen502', times: 1 });
    const [rate] = await rates();
    expect(await buyReply(rate?.rate_id ?? '')).toMatchObject({ status: 502 });
    expect(await labels()).toHaveLength(1);
  });

  it('is a picture, or a PDF where that is asked for', async () => {
    const [picture, pdf] = [await buy(), await buy('ups_ground', { options: { label_type: 'pdf' } })];
    const types = await Promise.all(
      [picture, pdf].map(async ({ label_url: [url = ''] }) => (await fetch(url)).headers.get('content-type')),
    );
    expect(types).toEqual(['image/png', 'application/pdf']);
  });

  it('is not sold to an empty account, which a label given back fills again', async () => {
    await shop.control('PUT', '/carriers/shipsaving', { balanceCents: 600 });
    const { tracking_code: code } = await buy();
    expect((await ask('GET', '/api/balance')).body).toEqual({ balance: '0.60', currency: 'usd' });
    const [rate] = await rates();
    expect(await buyReply(rate?.rate_id ?? '')).toMatchObject({
      status: 400,
      body: { message: 'Insufficient balance' },
    });
    await giveBack(code);
    expect((await ask('GET', '/api/balance')).body).toMatchObject({ balance: '6.00' });
  });

  it('is not given back once its parcel was scanned', async () => {
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
    const { tracking_code: code } = await buy();
    const upload = { order_line_item_ids: [`${ORDER}1`, `${ORDER}2`], tracking_number: code };
    await shop.viaTikTok('POST', `/fulfillment/202309/orders/${ORDER}/packages`, {
      body: { ...upload, shipping_provider_id: '7117858858072016686' },
    });
    await shop.control('POST', `/orders/${ORDER}/carrier`, { status: 'in_transit' });
    expect(await giveBack(code)).toMatchObject({ status: 400 });
    const followed = await shop.viaEasyPost('POST', '/trackers', { tracker: { tracking_code: code, carrier: 'USPS' } });
    expect(followed.body).toMatchObject({ status: 'in_transit', tracking_details: [{ status: 'in_transit' }] });
  });
});

describe('a form at ShipSaving', () => {
  const form = (...codes: string[]): Promise<Reply> =>
    ask('POST', '/api/shipments/scan-forms/create', { body: { tracking_codes: codes } });

  it('takes USPS labels once and lies at an address', async () => {
    const [one, other] = [await buy(), await buy('usps_priority')];
    const made = await form(one.tracking_code, other.tracking_code);
    expect((await fetch(made.body['url'] as string)).headers.get('content-type')).toBe('application/pdf');
    expect(await form(one.tracking_code)).toMatchObject({ status: 400 });
    const { body } = await shop.control('GET', '/ledger');
    expect(body['data']).toContainEqual(
      expect.objectContaining({ kind: 'formCreated', provider: 'shipsaving', shipments: 2 }),
    );
  });

  it('takes no label of another carrier and none that was given back', async () => {
    const [ups, voided] = [await buy('ups_ground'), await buy()];
    await giveBack(voided.tracking_code);
    expect((await form(ups.tracking_code)).status).toBe(400);
    expect((await form(voided.tracking_code)).status).toBe(400);
  });

  it('is asked for by its number where DHL eCommerce makes it', async () => {
    const { tracking_code: code } = await buy('dhl_ecommerce_parcel_ground');
    const path = '/api/shipments/scan-forms/dhl/ecommerce';
    const { body } = await ask('POST', `${path}/create`, { body: { tracking_codes: [code] } });
    const query = { request_id: String(body['request']) };
    expect((await ask('GET', `${path}/get`, { query })).body['url']).toMatch(/\.pdf$/);
  });
});

describe('the account at ShipSaving', () => {
  it('lets nobody in without its token, or once it is dead', async () => {
    const bare = await fetch(`${here.url}/shipsaving/api/balance`);
    expect([bare.status, await bare.json()]).toEqual([401, { message: 'Invalid token or account not found' }]);
    await shop.control('PUT', '/carriers/shipsaving', { dead: true });
    expect(await ask('GET', '/api/balance')).toMatchObject({ status: 401 });
  });

  it('rates by one carrier alone where its token is named', async () => {
    const accounts = (await ask('GET', '/api/carrier-account/list')).body as unknown as {
      token: string;
      carrier: string;
    }[];
    const ups = accounts.find(({ carrier }) => carrier === 'UPS');
    const offered = await rates({ carrier: { carrier_token: ups?.token } });
    expect(new Set(offered.map(({ carrier }) => carrier))).toEqual(new Set(['UPS']));
  });

  it('says of an address whether it is one, and how it is written', async () => {
    const check = async (street: string): Promise<unknown> =>
      (
        await ask('POST', '/api/addresses/verify', {
          body: { street, city: 'Reno', state: 'NV', zip: '89501', country: 'US' },
        })
      ).body;
    expect(await check('1 Main St')).toMatchObject({ errored: false, corrected: false, street: '1 MAIN ST' });
    expect(await check('1 Unknown St')).toMatchObject({ errored: true, errors: [{ code: 'ADDRESS.PRIMARY.INVALID' }] });
    expect(await check('1 Main St SUITE MISSING')).toMatchObject({
      errored: false,
      corrected: true,
      street2: 'STE 100',
    });
  });
});
