import { AdapterError } from '../../../contracts/adapter-error';
import { stage, type Shop as SandboxShop, type Stage } from '../../../sandbox/test-support';
import { accountAt, aRequest, failureOf, shopWithCarriers } from '../test-support';
import type { CarrierAccount, Shipment, ShipmentRequest } from '../../../activities/carrier-ports';
import type { CarrierWire } from '../provider';
import { openUsps } from './open';

let here: Stage;
let sandbox: SandboxShop;
/** A day on which there is mail, near enough for every form and pickup. */
const date = nextTuesday();

beforeAll(async () => {
  here = await stage();
});
beforeEach(async () => {
  sandbox = await here.shop();
});
afterAll(() => here.close());

function nextTuesday(): string {
  const day = new Date(Date.now() + 86_400_000);
  while (day.getUTCDay() !== 2) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

const opened = (wire: Partial<CarrierWire> = {}): CarrierAccount =>
  openUsps(accountAt(shopWithCarriers(sandbox, here.url), 'usps', wire));
const strike = (route: string, kind: string): Promise<unknown> =>
  sandbox.control('POST', '/faults', { route, kind, times: 1 });
const ledger = async (kind: string): Promise<unknown[]> =>
  ((await sandbox.control('GET', '/ledger')).body['data'] as { kind: string }[]).filter((line) => line.kind === kind);

type Bought = { shipment: Shipment; buy: () => Promise<Shipment>; labels: NonNullable<CarrierAccount['labels']> };

async function prepared(request: ShipmentRequest = aRequest(date), account = opened()): Promise<Bought> {
  const labels = account.labels;
  if (labels === undefined) throw new Error('no labels');
  const shipment = await labels.createShipment(request);
  const rateId = shipment.rates.find(({ service }) => service === 'GroundAdvantage')?.id ?? '';
  return { shipment, labels, buy: () => labels.buy({ shipmentId: shipment.id, rateId, request }) };
}

const parcelOf = async (reference: string): Promise<{ shipmentId: string; trackingNumber: string }> => {
  const { buy, shipment } = await prepared(aRequest(date, { reference }));
  return { shipmentId: shipment.id, trackingNumber: (await buy()).label?.trackingNumber ?? '' };
};

describe('a USPS label', () => {
  it('is chosen among the classes, with what others pay and the days that it takes', async () => {
    const { shipment } = await prepared();
    expect(shipment.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(shipment.rates.map(({ service }) => service)).toEqual(['GroundAdvantage', 'Priority', 'Express']);
    const [ground] = shipment.rates;
    expect(ground).toMatchObject({ carrier: 'USPS', deliveryDays: 3, id: `GSPMd${date.replaceAll('-', '')}` });
    expect(ground?.listCents).toBeGreaterThan(ground?.priceCents ?? Infinity);
  });

  it('costs what was said, and its file comes with it', async () => {
    const { shipment, buy, labels } = await prepared();
    const bought = await buy();
    expect(bought).toMatchObject({
      isPaid: true,
      label: { carrier: 'USPS', priceCents: (shipment.rates[0] as { priceCents: number }).priceCents },
    });
    const trackingNumber = bought.label?.trackingNumber ?? '';
    const file = await labels.document?.({ shipmentId: shipment.id, trackingNumber, format: 'pdf' });
    expect(Buffer.from(file?.bytes ?? []).toString('latin1')).toMatch(/^%PDF/);
    const other = opened().labels as typeof labels;
    const again = await other.document?.({ shipmentId: shipment.id, trackingNumber, format: 'zpl' });
    expect(Buffer.from(again?.bytes ?? []).toString('latin1')).toMatch(/\^XA/);
  });

  it.each(['commitThenCut', 'commitThen502'])(
    'that was bought by a call that was lost (%s) is not bought twice',
    async (kind) => {
      const { buy } = await prepared();
      await strike('usps.label', kind);
      expect(await failureOf(buy())).toMatchObject({ outcome: 'outcomeUnknown' });
      expect((await buy()).isPaid).toBe(true);
      expect(await ledger('labelBought')).toHaveLength(1);
    },
  );

  it('whose parcel was changed under its key is found by the key, and not bought again', async () => {
    const { shipment, buy, labels } = await prepared();
    const { label } = await buy();
    const request = aRequest(date, { parcel: { lengthIn: 11, widthIn: 8, heightIn: 4, weightOz: 17 } });
    const rateId = shipment.rates[0]?.id ?? '';
    const again = await labels.buy({ shipmentId: shipment.id, rateId, request });
    expect(again).toMatchObject({ isPaid: true, label: { trackingNumber: label?.trackingNumber } });
    expect(await ledger('labelBought')).toHaveLength(1);
  });

  it.each([
    ['insufficientFunds', 'unfunded'],
    ['rateLimited', 'retryLater'],
    ['html502', 'outcomeUnknown'],
    ['refuse', 'refused'],
  ])('that meets %s is %s', async (kind, outcome) => {
    const { buy } = await prepared();
    await strike('usps.label', kind);
    const error = await failureOf(buy());
    expect(error).toMatchObject({ outcome });
    expect(error.message).not.toMatch(/Wilhelmina|Harbor|90277/);
  });

  it('whose day is over is rated again where nothing was bought under its key', async () => {
    const { buy } = await prepared();
    await sandbox.control('POST', '/clock', { to: Date.parse(`${date}T12:00:00Z`) + 2 * 86_400_000 });
    expect(await failureOf(buy())).toMatchObject({ outcome: 'reRate', code: '160034' });
    expect(await ledger('labelBought')).toHaveLength(0);
  });

  it('is not bought where nothing may be written', async () => {
    const off = new AdapterError('heldBack', { provider: 'shop', call: 'write', code: 'off' });
    const { buy } = await prepared(aRequest(date), opened({ mayWrite: () => Promise.reject(off) }));
    expect(await failureOf(buy())).toBe(off);
    expect(await ledger('labelBought')).toHaveLength(0);
  });

  it('is given back by its number, by its key, and once', async () => {
    const one = await prepared();
    const { label } = await one.buy();
    expect(await one.labels.refund(one.shipment.id, label?.trackingNumber)).toMatchObject({ isVoided: true });
    expect(await one.labels.refund(one.shipment.id, label?.trackingNumber)).toMatchObject({ isVoided: true });
    const other = await prepared(aRequest(date, { reference: '7:576461413038785752:1:2' }));
    expect(await other.labels.refund(other.shipment.id)).toMatchObject({ isPaid: false, isVoided: false });
    await other.buy();
    expect(await other.labels.refund(other.shipment.id)).toMatchObject({ isPaid: true, isVoided: true });
    expect(await ledger('labelVoided')).toHaveLength(2);
  });

  it('is bought with a new token where the old one is turned away, and with one token for many', async () => {
    const counted: string[] = [];
    const account = opened({ count: (_provider, call) => void counted.push(call) });
    await Promise.all([1, 2, 3].map((turn) => prepared(aRequest(date, { reference: `7:1:1:${turn}` }), account)));
    expect(counted.filter((call) => call === 'token')).toHaveLength(1);
    const { now } = (await sandbox.control('GET', '/clock')).body as { now: number };
    await sandbox.control('POST', '/clock', { to: now + 9 * 3_600_000 });
    await (await prepared(aRequest(date), account)).buy();
    expect(counted.filter((call) => call === 'token')).toHaveLength(2);
  });
});

describe('a SCAN Form', () => {
  const mailing = (): { from: Record<string, string>; date: string } => ({ from: aRequest(date).from, date });

  it('is made of all parcels, with its number and its file', async () => {
    const parcels = [await parcelOf('7:1:1:1'), await parcelOf('7:2:1:1')];
    const form = await opened().forms?.createForm(parcels, mailing());
    expect(form).toMatchObject({ status: 'created', trackingNumbers: parcels.map((one) => one.trackingNumber) });
    expect(Buffer.from((await form?.file?.()) ?? []).toString('latin1')).toMatch(/^%PDF/);
    expect(form?.number).toMatch(/^\d{20,34}$/);
  });

  it('that a lost call made is named by the refusal of the next', async () => {
    const parcels = [await parcelOf('7:1:1:1'), await parcelOf('7:2:1:1')];
    const forms = opened().forms;
    await strike('usps.createForm', 'commitThenCut');
    expect(await failureOf(forms?.createForm(parcels, mailing()) ?? Promise.resolve())).toMatchObject({
      outcome: 'outcomeUnknown',
    });
    const [made] = (await ledger('formCreated')) as { ref: string }[];
    expect(await failureOf(forms?.createForm(parcels, mailing()) ?? Promise.resolve())).toMatchObject({
      outcome: 'refused',
      against: parcels.map(({ trackingNumber }) => ({ trackingNumber, code: '160040', formNumber: made?.ref })),
    });
    expect(await ledger('formCreated')).toHaveLength(1);
  });

  it('is refused with the parcels that USPS names, and is made without them', async () => {
    const [good, bad] = [await parcelOf('7:1:1:1'), await parcelOf('7:2:1:1')];
    await opened().labels?.refund(bad.shipmentId, bad.trackingNumber);
    const forms = opened().forms;
    expect(await failureOf(forms?.createForm([good, bad], mailing()) ?? Promise.resolve())).toMatchObject({
      outcome: 'refused',
      against: [{ trackingNumber: bad.trackingNumber, code: '160397' }],
    });
    expect((await forms?.createForm([good], mailing()))?.trackingNumbers).toEqual([good.trackingNumber]);
  });
});

describe('a USPS parcel', () => {
  it('is told of by its scans, and a number that is not known is left out', async () => {
    const { trackingNumber } = await parcelOf('7:1:1:1');
    const asked = [trackingNumber, '9400100000000000000000'].map((one) => ({ trackingNumber: one, carrier: 'USPS' }));
    const [reading, ...others] = (await opened().tracking?.read(asked)) ?? [];
    expect(others).toEqual([]);
    expect(reading).toMatchObject({ trackingNumber, events: [{ meaning: 'labelCreated', code: 'GX' }] });
    expect(Math.abs((reading?.events[0]?.at ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('is collected by a pickup that can be changed and cancelled', async () => {
    const { pickups } = opened() as Required<CarrierAccount>;
    const wish = {
      reference: '7:usps:sf:1',
      date,
      from: 0,
      until: 0,
      zone: 'America/Los_Angeles',
      address: aRequest(date).from,
      parcels: [await parcelOf('7:1:1:1')],
      weightOz: 17,
    };
    const booked = await pickups.book(wish);
    expect(booked).toMatchObject({ status: 'booked', date, version: expect.any(String) as string });
    const changing = pickups.change ?? (() => Promise.reject(new Error('cannot be changed')));
    const changed = await changing(booked, { ...wish, instructions: 'Dock 4' });
    expect(changed.id).toBe(booked.id);
    await pickups.cancel(booked);
    for (const again of [() => pickups.cancel(booked), () => changing(booked, wish)]) {
      expect(await failureOf(again())).toMatchObject({ outcome: 'stale', code: 'already cancelled' });
    }
    expect(await ledger('pickupCancelled')).toHaveLength(1);
  });
});
