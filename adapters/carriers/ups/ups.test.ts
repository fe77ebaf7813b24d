import type { CarrierAccount, Shipment, ShipmentRequest } from '../../../activities/carrier-ports';
import { AdapterError } from '../../../contracts/adapter-error';
import { stage, type Shop as SandboxShop, type Stage } from '../../../sandbox/test-support';
import type { CarrierWire } from '../provider';
import { accountAt, aRequest, failureOf, shopWithCarriers } from '../test-support';
import { openUps } from './open';

let here: Stage;
let sandbox: SandboxShop;
const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  here = await stage();
});
beforeEach(async () => {
  sandbox = await here.shop();
});
afterAll(() => here.close());

const opened = (wire: Partial<CarrierWire> = {}): CarrierAccount =>
  openUps(accountAt(shopWithCarriers(sandbox, here.url), 'ups', wire));
const strike = (route: string, kind: string): Promise<unknown> =>
  sandbox.control('POST', '/faults', { route, kind, times: 1 });
const ledger = async (kind: string): Promise<{ order: string | null }[]> =>
  ((await sandbox.control('GET', '/ledger')).body['data'] as { kind: string; order: string | null }[]).filter(
    (line) => line.kind === kind,
  );

type Bought = { shipment: Shipment; buy: () => Promise<Shipment>; labels: NonNullable<CarrierAccount['labels']> };

async function prepared(request: ShipmentRequest = aRequest(tomorrow), account = opened()): Promise<Bought> {
  const labels = account.labels;
  if (labels === undefined) throw new Error('no labels');
  const shipment = await labels.createShipment(request);
  return { shipment, labels, buy: () => labels.buy({ shipmentId: shipment.id, rateId: '03', request }) };
}

describe('a UPS label', () => {
  it('is chosen among the services, at the account’s price, with its days', async () => {
    const { shipment } = await prepared();
    const ground = shipment.rates.find(({ id }) => id === '03');
    expect(ground).toMatchObject({ carrier: 'UPS', service: 'Ground', deliveryDays: 4 });
    expect(ground?.listCents).toBeGreaterThan(ground?.priceCents ?? Infinity);
    expect(ground?.deliverBy).toBeGreaterThan(Date.now());
    expect(shipment.id).toMatch(/^[0-9a-f]{8}:576461413038785752:1:1$/);
  });

  it('is found again by its reference, costs what was said, and its file is there', async () => {
    const { shipment, buy, labels } = await prepared();
    expect(await labels.readShipment(shipment.id)).toMatchObject({ isPaid: false });
    const bought = await buy();
    const priceCents = shipment.rates.find(({ id }) => id === '03')?.priceCents;
    expect(bought).toMatchObject({ isPaid: true, label: { carrier: 'UPS', priceCents } });
    const trackingNumber = bought.label?.trackingNumber ?? '';
    expect(await labels.readShipment(shipment.id)).toMatchObject({ isPaid: true, label: { trackingNumber } });
    expect(await ledger('labelBought')).toMatchObject([{ order: '576461413038785752' }]);
    const files = await Promise.all(
      (['pdf', 'zpl', 'png'] as const).map(
        (format) =>
          labels.document?.({ shipmentId: shipment.id, trackingNumber, format }) ??
          Promise.reject(new Error('no files')),
      ),
    );
    expect(files.map((file) => file.format)).toEqual(['pdf', 'zpl', 'pdf']);
    expect(Buffer.from(files[0]?.bytes ?? []).toString('latin1')).toMatch(/^%PDF/);
  });

  it.each(['commitThenCut', 'commitThen502'])('that a lost call bought (%s) is read back', async (kind) => {
    const { shipment, buy, labels } = await prepared();
    await strike('ups.ship', kind);
    expect(await failureOf(buy())).toMatchObject({ outcome: 'outcomeUnknown' });
    expect(await labels.readShipment(shipment.id)).toMatchObject({ isPaid: true });
    expect(await ledger('labelBought')).toHaveLength(1);
  });

  it('of which two stand under one reference is the first, and never unbought', async () => {
    const { shipment, buy, labels } = await prepared();
    const first = await buy();
    await buy();
    expect(await labels.readShipment(shipment.id)).toMatchObject({
      isPaid: true,
      label: { trackingNumber: first.label?.trackingNumber },
    });
  });

  it.each([
    ['insufficientFunds', 'unfunded'],
    ['rateLimited', 'retryLater'],
    ['html502', 'outcomeUnknown'],
    ['refuse', 'refused'],
  ])('that meets %s is %s', async (kind, outcome) => {
    const { buy } = await prepared();
    await strike('ups.ship', kind);
    const error = await failureOf(buy());
    expect(error).toMatchObject({ outcome });
    expect(error.message).not.toMatch(/Wilhelmina|Harbor|90277/);
  });

  it.each(['html502', 'rateLimited', 'refuse', 'serverError'])(
    'is not called unbought where the look for it meets %s',
    async (kind) => {
      const { shipment, labels } = await prepared();
      await strike('ups.recovery', kind);
      expect(await failureOf(labels.readShipment(shipment.id))).toBeInstanceOf(AdapterError);
    },
  );

  it('is looked for again where its account is refused: nobody said that nothing was bought', async () => {
    const { shipment, labels } = await prepared();
    await strike('ups.recovery', 'refuse');
    expect(await failureOf(labels.readShipment(shipment.id))).toMatchObject({ outcome: 'retryLater' });
  });

  it('is not bought where nothing may be written', async () => {
    const off = new AdapterError('heldBack', { provider: 'shop', call: 'write', code: 'off' });
    const { buy } = await prepared(aRequest(tomorrow), opened({ mayWrite: () => Promise.reject(off) }));
    expect(await failureOf(buy())).toBe(off);
    expect(await ledger('labelBought')).toHaveLength(0);
  });

  it('is voided by its number or its reference, and once', async () => {
    const { shipment, buy, labels } = await prepared();
    expect(await labels.refund(shipment.id)).toMatchObject({ isPaid: false, isVoided: false });
    const { label } = await buy();
    expect(await labels.refund(shipment.id)).toMatchObject({ isPaid: true, isVoided: true });
    expect(await labels.refund(shipment.id, label?.trackingNumber)).toMatchObject({ isVoided: true });
    expect(await ledger('labelVoided')).toHaveLength(1);
  });
});

describe('a UPS parcel', () => {
  it('is told of by its scans, and a number that is not known is left out', async () => {
    const { label } = await (await prepared()).buy();
    const asked = [label?.trackingNumber ?? '', '1Z0000000000000000'].map((trackingNumber) => ({
      trackingNumber,
      carrier: 'UPS',
    }));
    const readings = (await opened().tracking?.read(asked)) ?? [];
    expect(readings).toMatchObject([{ trackingNumber: label?.trackingNumber, events: [{ meaning: 'labelCreated' }] }]);
    expect(Math.abs((readings[0]?.events[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('is collected by a pickup that is found again by its reference', async () => {
    const pickups = opened().pickups as NonNullable<CarrierAccount['pickups']>;
    const { label } = await (await prepared()).buy();
    const at = Date.parse(`${tomorrow}T18:00:00Z`);
    const wish = {
      reference: '7:ups:sf:1',
      date: tomorrow,
      from: at,
      until: at + 3 * 3_600_000,
      zone: 'America/Los_Angeles',
      address: aRequest(tomorrow).from,
      parcels: [{ shipmentId: 'x', trackingNumber: label?.trackingNumber ?? '' }],
      weightOz: 17,
    };
    expect(await pickups.find?.(wish)).toBeUndefined();
    await strike('ups.pickup', 'refuse');
    expect(await failureOf(pickups.find?.(wish) ?? Promise.resolve())).toMatchObject({ outcome: 'retryLater' });
    await strike('ups.pickup', 'commitThenCut');
    expect(await failureOf(pickups.book(wish))).toMatchObject({ outcome: 'outcomeUnknown' });
    const found = await pickups.find?.(wish);
    expect(found).toMatchObject({ status: 'booked', date: tomorrow });
    if (found === undefined) throw new Error('not found');
    await pickups.cancel(found);
    expect(await failureOf(pickups.cancel(found))).toMatchObject({ outcome: 'stale', code: 'already cancelled' });
    expect([(await ledger('pickupBooked')).length, (await ledger('pickupCancelled')).length]).toEqual([1, 1]);
  });
});
