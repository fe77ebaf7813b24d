import { anOrder, type Shop, type Stage, stage } from '../test-support';

const ORDER = '576461413038785752';
/** Friday noon in Chicago. */
const FRIDAY = Date.parse('2026-02-06T18:00:00Z');

type Reply = { readonly status: number; readonly headers: Headers; readonly body: Record<string, unknown> };

let here: Stage;
let shop: Shop;
let authorization: string;

beforeEach(async () => {
  here = await stage();
  shop = await here.shop({ now: FRIDAY });
  authorization = await bearer();
});

afterEach(() => here.close());

const basic = (secret = shop.ups.clientSecret): string =>
  `Basic ${Buffer.from(`${shop.ups.clientId}:${secret}`).toString('base64')}`;

const token = (secret?: string): Promise<Reply> =>
  ask('POST', '/security/v1/oauth/token', {
    body: 'grant_type=client_credentials',
    headers: { authorization: basic(secret), 'content-type': 'application/x-www-form-urlencoded' },
  });

const bearer = async (): Promise<string> => `Bearer ${String((await token()).body['access_token'])}`;

type Call = { body?: unknown; headers?: Record<string, string> };

async function ask(method: string, path: string, { body, headers }: Call = {}): Promise<Reply> {
  const answer = await fetch(`${here.url}/ups/api${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.timeout(5_000),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  return { status: answer.status, headers: answer.headers, body: isJson ? (JSON.parse(text) as Reply['body']) : {} };
}

const REFERENCE = `${ORDER}:1:1`;
const place = { Address: { AddressLine: ['1 Main St'], City: 'Reno', PostalCode: '89501', CountryCode: 'US' } };

const parcels = (fields: object = {}): Record<string, unknown> => ({
  Shipper: { ...place, ShipperNumber: shop.ups.accountNumber },
  ShipTo: place,
  ShipFrom: place,
  Service: { Code: '03' },
  Package: [
    {
      PackageWeight: { UnitOfMeasurement: { Code: 'LBS' }, Weight: '1.5' },
      ReferenceNumber: [{ Value: REFERENCE }],
    },
  ],
  ShipmentRatingOptions: { NegotiatedRatesIndicator: 'Y' },
  ...fields,
});

const ship = (fields: object = {}): Promise<Reply> => {
  const LabelSpecification = { LabelImageFormat: { Code: 'GIF' } };
  const Request = { TransactionReference: { CustomerContext: 'mine' } };
  const ShipmentRequest = { Request, Shipment: parcels(fields), LabelSpecification };
  return ask('POST', '/shipments/v2409/ship', { body: { ShipmentRequest } });
};
const shipped = async (): Promise<string> => {
  const { body } = await ship();
  return (body as Shipped).ShipmentResponse.ShipmentResults.ShipmentIdentificationNumber;
};
type Shipped = { ShipmentResponse: { ShipmentResults: { ShipmentIdentificationNumber: string } } };

const recover = (which: object): Promise<Reply> =>
  ask('POST', '/labels/v1/recovery', { body: { LabelRecoveryRequest: { Request: {}, ...which } } });
const byReference = (value = REFERENCE): Promise<Reply> =>
  recover({ ReferenceValues: { ReferenceNumber: { Value: value }, ShipperNumber: shop.ups.accountNumber } });
const codeOf = ({ body }: Reply): unknown =>
  (body['response'] as { errors: { code: string }[] } | undefined)?.errors[0]?.code;
const ledger = async (): Promise<unknown> => (await shop.control('GET', '/ledger')).body['data'];

describe('the UPS gate', () => {
  it('gives tokens to the right client, with their life as text', async () => {
    expect((await token()).body).toMatchObject({ token_type: 'Bearer', expires_in: '14399', status: 'approved' });
    expect(await token('other')).toMatchObject({ status: 401, body: { response: { errors: [{ code: '10401' }] } } });
  });

  it('turns away a token that is over, and an account that is dead', async () => {
    await shop.control('POST', '/clock', { to: FRIDAY + 4 * 3_600_000 });
    expect(codeOf(await ship())).toBe('250002');
    authorization = await bearer();
    expect((await ship()).status).toBe(200);
    await shop.control('PUT', '/carriers/ups', { dead: true });
    expect((await ship()).status).toBe(401);
    expect((await token()).status).toBe(401);
  });
});

describe('prices', () => {
  const rate = (option: string, fields: object = {}): Promise<Reply> =>
    ask('POST', `/rating/v2409/${option}`, { body: { RateRequest: { Request: {}, Shipment: parcels(fields) } } });

  it('come for all services with their days, over the weekend', async () => {
    const { body } = await rate('Shoptimeintransit');
    const ground = {
      Service: { Code: '03' },
      TotalCharges: { MonetaryValue: '12.89' },
      NegotiatedRateCharges: { TotalCharge: { CurrencyCode: 'USD', MonetaryValue: '9.55' } },
      TimeInTransit: {
        ServiceSummary: { EstimatedArrival: { Arrival: { Date: '20260212' }, BusinessDaysInTransit: '4' } },
      },
    };
    const others = ['12', '02', '13', '01'].map((Code) => ({ Service: { Code } }));
    expect(body).toMatchObject({ RateResponse: { RatedShipment: [ground, ...others] } });
  });

  it('come for one, without days and without the account’s own price unless asked', async () => {
    const { body } = await rate('Rate', { ShipmentRatingOptions: undefined });
    const [only, ...rest] = (body['RateResponse'] as { RatedShipment: object[] }).RatedShipment;
    expect(rest).toEqual([]);
    expect(Object.keys(only ?? {})).not.toEqual(expect.arrayContaining(['TimeInTransit']));
    expect(Object.keys(only ?? {})).not.toEqual(expect.arrayContaining(['NegotiatedRateCharges']));
    const heavy = { Package: { PackageWeight: { UnitOfMeasurement: { Code: 'LBS' }, Weight: '151' } } };
    expect(codeOf(await rate('Shop', heavy))).toBe('111035');
  });

  it('are told apart from the days alone', async () => {
    const body = { originCountryCode: 'US', originPostalCode: '89501', destinationPostalCode: '10001' };
    const answer = await ask('POST', '/shipments/v1/transittimes', { body: { ...body, shipDate: '2026-02-06' } });
    expect(answer.body).toMatchObject({
      emsResponse: {
        numberOfServices: 5,
        services: [{ serviceLevel: 'GND', deliveryDate: '2026-02-12' }, {}, {}, {}, {}],
      },
    });
  });
});

describe('a shipment', () => {
  it('is bought with every call: nothing keeps the second one away', async () => {
    await shop.control('POST', '/faults', { route: 'ups.ship', kind: 'commitThenCut', times: 1 });
    await expect(ship()).rejects.toThrow();
    const { body } = await ship();
    expect(body).toMatchObject({
      ShipmentResponse: {
        Response: { ResponseStatus: { Code: '1' }, TransactionReference: { CustomerContext: 'mine' } },
        ShipmentResults: {
          NegotiatedRateCharges: { TotalCharge: { MonetaryValue: '9.55' } },
          PackageResults: [
            {
              TrackingNumber: expect.stringMatching(/^1Z[0-9A-Z]{16}$/) as string,
              ShippingLabel: {
                ImageFormat: { Code: 'GIF' },
                GraphicImage: expect.stringMatching(/^R0lGOD/) as string,
              },
            },
          ],
        },
      },
    });
    const line = { kind: 'labelBought', order: ORDER, provider: 'ups', priceCents: 955 };
    expect(await ledger()).toMatchObject([line, line]);
  });

  it('is found again by its reference and by its number', async () => {
    expect(await byReference()).toMatchObject({ status: 404 });
    await shop.control('POST', '/faults', { route: 'ups.ship', kind: 'commitThen502', times: 1 });
    expect((await ship()).status).toBe(502);
    const { body } = await byReference();
    const found = body['LabelRecoveryResponse'] as { ShipmentIdentificationNumber: string };
    const [line] = (await ledger()) as { ref: string }[];
    expect(found.ShipmentIdentificationNumber).toBe(line?.ref);
    const page = await recover({
      TrackingNumber: line?.ref,
      LabelSpecification: { LabelImageFormat: { Code: 'PDF' } },
    });
    const image = { GraphicImage: expect.stringMatching(/^JVBERi0/) as string };
    expect(page.body).toMatchObject({ LabelRecoveryResponse: { LabelResults: [{ LabelImage: image }] } });
    await ship();
    expect((await byReference()).body).toMatchObject({
      LabelRecoveryResponse: { LabelResults: [], TrackingCandidate: [{ TrackingNumber: line?.ref }, {}] },
    });
    expect((await byReference('other')).status).toBe(404);
  });

  it('is voided once, however often it is asked, and not after its pickup', async () => {
    const [one, other] = [await shipped(), await shipped()];
    const cancel = (id: string): Promise<Reply> => ask('DELETE', `/shipments/v2409/void/cancel/${id}`);
    const answers = [await cancel(one), await cancel(one)];
    for (const { body } of answers)
      expect(body).toMatchObject({ VoidShipmentResponse: { SummaryResult: { Status: { Code: '1' } } } });
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
    await shop.control('POST', `/orders/${ORDER}/carrier`, { status: 'in_transit', trackingNumber: other });
    expect(codeOf(await cancel(other))).toBe('190117');
    expect(codeOf(await cancel('1Z999AA10123456784'))).toBe('190102');
    expect(await ledger()).toMatchObject([{}, {}, { kind: 'labelVoided', ref: one, priceCents: 955 }]);
  });

  it('is of the account’s own shipper alone', async () => {
    expect(codeOf(await ship({ Shipper: { ...place, ShipperNumber: '000000' } }))).toBe('120100');
    expect(codeOf(await ship({ Service: { Code: '99' } }))).toBe('120111');
    expect(codeOf(await ship({ ShipTo: {} }))).toBe('120002');
    expect(await ledger()).toEqual([]);
  });
});

describe('tracking', () => {
  it('tells activities newest first, by number and by reference', async () => {
    const number = await shipped();
    await shop.control('PUT', `/orders/${ORDER}`, anOrder(ORDER));
    for (const fields of [{ status: 'in_transit' }, { status: 'in_transit', code: 'AR' }, { status: 'delivered' }])
      await shop.control('POST', `/orders/${ORDER}/carrier`, fields);
    const statuses = [
      { type: 'D', code: 'FS' },
      { type: 'I', code: 'AR' },
      { type: 'I', code: 'OR' },
      { type: 'M', code: 'MP' },
    ];
    const activity = statuses.map((status) => ({ status, gmtOffset: '-06:00', date: '20260206' }));
    const shipment = [{ package: [{ trackingNumber: number, activity, currentStatus: { type: 'D' } }] }];
    for (const path of [`/track/v1/details/${number}`, `/track/v1/reference/details/${REFERENCE}`])
      expect((await ask('GET', path)).body).toMatchObject({ trackResponse: { shipment } });
    expect(codeOf(await ask('GET', '/track/v1/details/1Z999AA10123456784'))).toBe('TW0001');
  });
});

describe('a pickup on call', () => {
  const book = (date: string): Promise<Reply> => {
    const PickupCreationRequest = {
      RatePickupIndicator: 'Y',
      Shipper: { Account: { AccountNumber: shop.ups.accountNumber, AccountCountryCode: 'US' } },
      PickupDateInfo: { PickupDate: date, ReadyTime: '0900', CloseTime: '1700' },
      PickupAddress: { PostalCode: '89501', CountryCode: 'US' },
      PickupPiece: [{ ServiceCode: '003', Quantity: '2', DestinationCountryCode: 'US', ContainerCode: '01' }],
      PaymentMethod: '01',
      ReferenceNumber: 'mine',
    };
    return ask('POST', '/pickupcreation/v2409/pickup', { body: { PickupCreationRequest } });
  };
  const pending = async (): Promise<unknown> => {
    const headers = { AccountNumber: shop.ups.accountNumber };
    const { body } = await ask('GET', '/shipments/v2409/pickup/oncall', { headers });
    return (body['PickupPendingStatusResponse'] as { PendingStatus: unknown }).PendingStatus;
  };

  it('is found by its reference until it is cancelled', async () => {
    const { body } = await book('20260207');
    const { PRN } = body['PickupCreationResponse'] as { PRN: string };
    expect(await pending()).toMatchObject([{ PRN, ReferenceNumber: 'mine', ServiceDate: '20260207' }]);
    const cancel = (): Promise<Reply> => ask('DELETE', '/shipments/v2409/pickup/02', { headers: { Prn: PRN } });
    expect((await cancel()).status).toBe(200);
    expect((await cancel()).status).toBe(400);
    expect(await pending()).toEqual([]);
    expect(await ledger()).toMatchObject([
      { kind: 'pickupBooked', ref: PRN },
      { kind: 'pickupCancelled', ref: PRN },
    ]);
  });

  it('is not of a day that is past', async () => {
    expect((await book('20260205')).status).toBe(400);
  });
});
