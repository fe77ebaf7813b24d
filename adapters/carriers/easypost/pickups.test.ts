import type { PickupProvider } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import { openGate } from '../../gate';
import { easyPostPickups } from './pickups';
import { failureOf, played, shopWith, type Played } from './test-support';

const NUMBER = '9400100110368068953228';

let there: Played;
let mayWrite: jest.Mock;
beforeEach(async () => {
  there = await played();
  mayWrite = jest.fn(() => Promise.resolve());
});
afterEach(() => there.close());

const account = () =>
  ({ kind: 'easypost', enabled: true, baseUrl: there.url, apiKey: 'EZTKsecret', webhookSecret: 'w' }) as const;

function opened(): PickupProvider {
  const shop = shopWith({ easypost: account() });
  return easyPostPickups({ wire: { gate: openGate, mayWrite }, shop, name: 'easypost', account: account() });
}

describe('a pickup at EasyPost', () => {
  const wish = () => ({
    ...{ reference: 'r:1', date: '2026-11-24', zone: 'America/Los_Angeles', weightOz: 20 },
    ...{ from: Date.parse('2026-11-24T18:00:00Z'), until: Date.parse('2026-11-24T22:00:00Z') },
    address: shopWith({ easypost: account() }).shipFrom.address,
    parcels: [{ shipmentId: 'shp_1', trackingNumber: NUMBER }],
  });
  const pickup = (fields: object = {}): object => ({
    ...{ id: 'pickup_1', status: 'unknown', reference: 'r:1', confirmation: null, messages: [] },
    pickup_rates: [
      { carrier: 'UPS', service: 'Same-day', rate: '12.00', currency: 'USD' },
      { carrier: 'USPS', service: 'NextDay', rate: '0.00', currency: 'USD' },
    ],
    ...fields,
  });

  it('is made under our reference and bought where it is cheapest', async () => {
    there.replies.push(
      { status: 201, json: pickup() },
      { json: pickup({ status: 'scheduled', confirmation: 'WTC1' }) },
    );
    expect(await opened().book(wish())).toEqual({
      ...{ id: 'pickup_1', status: 'booked', confirmation: 'WTC1', date: '2026-11-24', priceCents: 0 },
    });
    expect(there.asked[0]?.body).toMatchObject({
      pickup: { reference: 'r:1', min_datetime: '2026-11-24T18:00:00.000Z', shipment: { id: 'shp_1' } },
    });
    expect(there.asked[1]).toMatchObject({
      path: '/pickups/pickup_1/buy',
      body: { carrier: 'USPS', service: 'NextDay' },
    });
    expect(mayWrite).toHaveBeenCalledTimes(1);
  });

  it('that no carrier makes is refused by its code', async () => {
    there.replies.push({ json: pickup({ pickup_rates: [], messages: [{ carrier: 'USPS', type: 'pickup_error' }] }) });
    expect(await failureOf(opened().book(wish()))).toMatchObject({ outcome: 'refused', code: 'pickup_error' });
  });

  it('is found again once it was bought, not when it was only made or cancelled', async () => {
    const older = pickup({ id: 'pickup_0', status: 'scheduled', confirmation: 'WTC0' });
    there.replies.push(
      { json: { pickups: [pickup(), pickup({ status: 'canceled' })], has_more: true } },
      { json: { pickups: [older], has_more: false } },
    );
    expect(await opened().find?.(wish())).toMatchObject({ id: 'pickup_0', confirmation: 'WTC0' });
    there.replies.splice(0, there.replies.length, { json: { pickups: [pickup()], has_more: false } });
    expect(await opened().find?.(wish())).toBeUndefined();
  });

  it('is cancelled by its id', async () => {
    there.replies.push({ json: pickup({ status: 'canceled' }) });
    await opened().cancel({ id: 'pickup_1', status: 'booked', confirmation: 'WTC1', date: '2026-11-24' });
    expect(there.asked).toMatchObject([{ method: 'POST', path: '/pickups/pickup_1/cancel' }]);
  });

  it.each([
    [{ status: 404, json: { error: { code: 'NOT_FOUND', message: '' } } }, 'stale', 'already cancelled'],
    [
      { status: 422, json: { error: { code: 'PICKUP.STATUS.INVALID', message: '' } } },
      'refused',
      'PICKUP.STATUS.INVALID',
    ],
    [{ status: 404, page: '<html>' }, 'outcomeUnknown', 'HTTP 404'],
    [{ json: pickup({ status: 'scheduled' }) }, 'outcomeUnknown', 'not cancelled'],
  ])('whose cancelling is answered by %j is not said to be cancelled: %s', async (reply, outcome, code) => {
    there.replies.push(reply);
    const booked = { id: 'pickup_1', status: 'booked', confirmation: 'WTC1', date: '2026-11-24' } as const;
    expect(await failureOf(opened().cancel(booked))).toMatchObject({ outcome, code });
  });

  it('is not cancelled where the shop is only watched, which is another thing than gone', async () => {
    const watched = new AdapterError('stale', { provider: 'shop', call: 'write', code: 'the shop is only watched' });
    mayWrite.mockRejectedValue(watched);
    const booked = { id: 'pickup_1', status: 'booked', confirmation: 'WTC1', date: '2026-11-24' } as const;
    expect(await failureOf(opened().cancel(booked))).toBe(watched);
  });
});
