import { randomUUID } from 'node:crypto';
import { type Shop, type Stage, stage } from '../test-support';
import { aLabel, ask, type Client, codeOf, FRIDAY, type Reply, uspsClient } from './test-support';

const ORDER = '576461413038785752';
const JSON_TYPE = 'application/vnd.usps.labels+json';

let here: Stage;
let shop: Shop;
let usps: Client;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop({ now: FRIDAY });
  usps = await uspsClient(here, shop);
});

afterEach(() => here.close());

const buy = (key: string, body: unknown = aLabel(ORDER)): Promise<Reply> =>
  usps('POST', '/labels/v3/label', { body, headers: { accept: JSON_TYPE, 'x-idempotency-key': key } });
const number = (reply: Reply): string => String(reply.body['trackingNumber']);
const ledger = async (): Promise<unknown> => (await shop.control('GET', `/ledger?order=${ORDER}`)).body['data'];

describe('the USPS gate', () => {
  it('gives tokens to the right client, asked in JSON or as a form', async () => {
    const { clientId: client_id, clientSecret: client_secret } = shop.usps;
    const client = { client_id, client_secret, grant_type: 'client_credentials' };
    const form = await ask(here, 'POST /oauth2/v3/token', {
      body: new URLSearchParams(client).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(form).toMatchObject({ status: 200, body: { expires_in: 28_799, token_type: 'Bearer' } });
    const wrong = await ask(here, 'POST /oauth2/v3/token', { body: { ...client, client_secret: 'other' } });
    expect(wrong).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('turns away a token that is over, and an account that is dead', async () => {
    const search = (): Promise<Reply> => usps('GET', '/pickup/v3/carrier-pickup/eligibility?streetAddress=1+Main+St');
    expect((await search()).status).toBe(200);
    await shop.control('PUT', '/carriers/usps', { dead: true });
    expect(await search()).toMatchObject({ status: 401, body: { error: { code: '401' } } });
    await shop.control('PUT', '/carriers/usps', { dead: false });
    await shop.control('POST', '/clock', { to: FRIDAY + 9 * 3_600_000 });
    expect((await search()).status).toBe(401);
  });

  it('sells nothing without a payment authorization', async () => {
    const headers = { 'x-payment-authorization-token': 'none' };
    const refused = await usps('POST', '/labels/v3/label', { body: aLabel(ORDER), headers });
    expect(refused.status).toBe(401);
    expect(await ledger()).toEqual([]);
  });
});

describe('prices', () => {
  it('are those that the label costs then', async () => {
    const options = await usps('POST', '/shipments/v3/options/search', {
      body: {
        originZIPCode: '89501',
        destinationZIPCode: '10001',
        packageDescription: {
          weight: 1.5,
          length: 10,
          width: 8,
          height: 4,
          mailClass: 'ALL',
          mailingDate: '2026-02-06',
        },
        pricingOptions: [{ priceType: 'COMMERCIAL' }, { priceType: 'RETAIL' }],
      },
    });
    expect(options.body).toMatchObject({
      pricingOptions: [
        {
          shippingOptions: [
            {
              mailClass: 'USPS_GROUND_ADVANTAGE',
              rateOptions: [{ totalPrice: 6.72, commitment: { name: '5 Days', scheduleDeliveryDate: '2026-02-11' } }],
            },
            { mailClass: 'PRIORITY_MAIL' },
            { mailClass: 'PRIORITY_MAIL_EXPRESS', rateOptions: [{ commitment: { guaranteedDelivery: true } }] },
          ],
        },
        { shippingOptions: [{ rateOptions: [{ totalPrice: 9.41 }] }, {}, {}] },
      ],
    });
    expect((await buy(randomUUID())).body['postage']).toBe(6.72);
  });
});

describe('a label', () => {
  it('is bought once under a key, whatever became of the answer', async () => {
    const key = randomUUID();
    for (const kind of ['commitThenCut', 'commitThen502'] as const)
      await shop.control('POST', '/faults', { route: 'usps.label', kind, times: 1 });
    await expect(buy(key)).rejects.toThrow();
    expect(await buy(key)).toMatchObject({ status: 502 });
    const [one, other] = [await buy(key), await buy(key)];
    expect(one).toMatchObject({ status: 200, body: { zone: '08', labelImage: expect.any(String) as string } });
    expect(number(other)).toBe(number(one));
    const line = { kind: 'labelBought', ref: number(one), order: ORDER, provider: 'usps', priceCents: 672 };
    expect(await ledger()).toMatchObject([line]);
  });

  it('is refused under the key of another one', async () => {
    const key = randomUUID();
    await buy(key);
    const other = await buy(key, aLabel(ORDER, { weight: 3 }));
    expect(other).toMatchObject({ status: 400, body: { error: { message: 'Bad Request' } } });
    expect(await ledger()).toHaveLength(1);
    const reprint = await usps('POST', '/labels/v3/label-reprint', {
      body: {},
      headers: { accept: JSON_TYPE, 'x-idempotency-key': key },
    });
    expect(reprint.body).toMatchObject({ labelMetadata: { postage: 6.72 }, reprintInfo: { reprintNumber: 1 } });
  });

  it('comes in two parts, the file name first, unless JSON is asked for', async () => {
    const { text, headers } = await usps('POST', '/labels/v3/label', { body: aLabel(ORDER) });
    expect(headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/);
    expect(text).toContain(
      'Content-Disposition: form-data; filename="labelImage.pdf"; name="labelImage"\r\n\r\nJVBERi0',
    );
    expect(text).toContain('form-data; name="labelMetadata"\r\n\r\n{');
  });

  it('is not sold when the account does not cover it', async () => {
    await shop.control('PUT', '/carriers/usps', { balanceCents: 700 });
    expect((await buy(randomUUID())).status).toBe(200);
    const refused = await buy(randomUUID());
    expect(refused).toMatchObject({ status: 400 });
    expect(JSON.stringify(refused.body)).toContain('insufficient funds');
    expect(await ledger()).toHaveLength(1);
  });

  it('is given back: cancelled before its mailing date is over, disputed after', async () => {
    const key = randomUUID();
    const [one, other] = [await buy(key), await buy(randomUUID())];
    const byKey = await usps('DELETE', '/labels/v3/label', { headers: { 'x-idempotency-key': key } });
    expect(byKey.body).toEqual({ trackingNumber: number(one), status: 'CANCELED' });
    expect(codeOf(await usps('DELETE', `/labels/v3/label/${number(one)}`))).toBe('160186');
    await shop.control('POST', '/clock', { to: Date.parse('2026-02-07T06:30:00Z') });
    const later = await uspsClient(here, shop);
    const disputed = await later('DELETE', `/labels/v3/label/${number(other)}`);
    expect(disputed.body).toMatchObject({ status: 'DISPUTED', disputeId: expect.any(String) as string });
    expect(codeOf(await later('DELETE', `/labels/v3/label/${number(other)}`))).toBe('160184');
    const kinds = ['labelBought', 'labelBought', 'labelVoided', 'labelVoided'];
    expect(await ledger()).toMatchObject(kinds.map((kind) => ({ kind, priceCents: 672 })));
  });

  it('is printed again three times', async () => {
    const bought = await buy(randomUUID());
    const reprint = (): Promise<Reply> => usps('POST', `/labels/v3/label-reprint/${number(bought)}`, { body: {} });
    expect([await reprint(), await reprint(), await reprint()].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await reprint()).status).toBe(400);
  });

  it('waits as long as it is told when calls are too many', async () => {
    const fault = { route: 'usps.label', kind: 'rateLimited', times: 1, retryAfterSeconds: 90 };
    await shop.control('POST', '/faults', fault);
    const limited = await buy(randomUUID());
    expect(limited).toMatchObject({ status: 429, body: { error: { code: '429' } } });
    expect(limited.headers.get('retry-after')).toBe('90');
  });
});
