import type { ManifestKey } from './manifest';
import { parcelsOffForm, type OffFormSources, type OpenParcels, type ParcelOff } from './off-form';

const ACCOUNT = 'easypost-7';
const TODAY = '2026-11-23';
const where = { account: ACCOUNT, shipFrom: 'la' };

// As the rooms have it that these keys belong to.
const manifestFolder = ({ account, shipFrom, date, round = 1 }: ManifestKey): string =>
  `manifests/${account}/${shipFrom}/${date}${round === 1 ? '' : `.${round}`}`;

function readPurchaseKey(key: string): { parcel: string; attempt: number; what?: string } | undefined {
  const { parcel, attempt, what } = /\/(?<parcel>[^/]+)-(?<attempt>\d+)(?:-(?<what>[a-z]+))?$/.exec(key)?.groups ?? {};
  if (parcel === undefined) return undefined;
  return { parcel, attempt: Number(attempt), ...(what === undefined ? {} : { what }) };
}

let documents: Map<string, unknown>;
beforeEach(() => {
  documents = new Map();
});

const sources = (): OffFormSources => ({
  shelf: {
    get: (key) => Promise.resolve(documents.has(key) ? JSON.stringify(documents.get(key)) : undefined),
    list: (folder) => Promise.resolve([...documents.keys()].filter((key) => key.startsWith(`${folder}/`)).sort()),
  },
  folderOf: manifestFolder,
  purchasesOf: (orderId) => `labels/7/${orderId}`,
  readPurchaseKey,
  accountOf: ({ account = 'easypost', from }) => (from === 'platform' ? 'tiktok-7' : `${account}-7`),
});

/** Buys a label; by default that of the first parcel, once. */
function buy(
  orderId: string,
  more: { attempt?: number; carrier?: string; from?: string; parcel?: string } = {},
): string {
  const { attempt = 1, carrier = 'USPS', from, parcel = '1' } = more;
  const trackingNumber = `94${orderId}${parcel}${attempt}`;
  documents.set(`labels/7/${orderId}/${parcel}-${attempt}`, from === undefined ? {} : { from });
  documents.set(`labels/7/${orderId}/${parcel}-${attempt}-bought`, { trackingNumber, carrier });
  return trackingNumber;
}

const open = (orderId: string, phase = 'awaitingHandover', more: Partial<OpenParcels> = {}): OpenParcels => ({
  orderId,
  phase,
  trackingNumbers: [],
  ...more,
});

function join(orderId: string, date = TODAY, more: { round?: number; turn?: number; parcel?: string } = {}): void {
  const { round = 1, turn = 1, parcel = '1' } = more;
  documents.set(`${manifestFolder({ ...where, date, round })}/members/${orderId}-${parcel}.${turn}`, {});
}

type On = { orderId: string; package: string; trackingNumber: string };

function form(date: string, members: On[], more: { name?: string; leftOff?: object[]; round?: number } = {}): void {
  const { name = 'form', leftOff = [], round = 1 } = more;
  const folder = manifestFolder({ ...where, date, round });
  documents.set(`${folder}/closed`, { at: 1 });
  documents.set(`${folder}/${name}`, { formId: 'sf', number: '1', madeAt: 1, sha256: '', members, leftOff });
}

const off = async (orders: OpenParcels[], accounts = [ACCOUNT]): Promise<ParcelOff[]> =>
  parcelsOffForm(sources(), { orders, accounts, shipFrom: 'la', date: TODAY });

const whys = (parcels: ParcelOff[]): string[] =>
  parcels.map(({ orderId, why, reason }) => `${orderId} ${why}${reason === undefined ? '' : `: ${reason}`}`);

describe('parcels that are on no form', () => {
  it('are those with a paid label that no list and no form has, each with why', async () => {
    for (const id of ['1', '2', '3', '4']) buy(id);
    join('1');
    const orders = [open('1'), open('2', 'toPack'), open('3', 'toPack', { attention: 'held' }), open('4')];
    expect(whys(await off(orders))).toEqual(['2 notPacked', '3 held', '4 noForm']);
  });

  it('are not those without a label, of other carriers, with the carrier, or given back', async () => {
    buy('2', { carrier: 'UPS' });
    buy('3');
    buy('4');
    documents.set('labels/7/4/1-1-voided', { at: 1 });
    expect(await off([open('1', 'toPack'), open('2'), open('3', 'inTransit'), open('4')])).toEqual([]);
  });

  it('are those that left a list and did not come back; a new turn is back', async () => {
    const gone = manifestFolder({ ...where, date: TODAY });
    for (const id of ['1', '2']) {
      buy(id);
      join(id);
      documents.set(`${gone}/left/${id}-1.1`, { at: 1 });
    }
    join('2', TODAY, { turn: 2 });
    expect(whys(await off([open('1'), open('2')]))).toEqual(['1 noForm']);
  });

  it('are not those on a form of another day, round or sheet', async () => {
    const on = (orderId: string): On => ({ orderId, package: '1', trackingNumber: buy(orderId) });
    form('2026-11-10', [on('1')]);
    form(TODAY, [on('2')]);
    form(TODAY, [on('3')], { name: 'form-2' });
    form(TODAY, [on('4')], { round: 2 });
    buy('5');
    join('5', '2026-11-25');
    buy('6');
    expect(whys(await off(['1', '2', '3', '4', '5', '6'].map((id) => open(id))))).toEqual(['6 noForm']);
  });

  it('say why they were left off, by the newest word, unless they joined again', async () => {
    for (const id of ['1', '2']) buy(id);
    form('2026-11-20', [], { leftOff: [{ orderId: '1', package: '1', reason: 'old' }] });
    const leftOff = ['1', '2'].map((orderId) => ({ orderId, package: '1', reason: 'label not paid' }));
    form('2026-11-21', [], { leftOff });
    join('2');
    expect(whys(await off([open('1'), open('2')]))).toEqual(['1 leftOff: label not paid']);
  });

  it('are all of a list whose form was refused', async () => {
    buy('1');
    join('1');
    documents.set(`${manifestFolder({ ...where, date: TODAY })}/ending`, {
      kind: 'refused',
      reason: 'no',
      members: [],
    });
    expect(whys(await off([open('1')]))).toEqual(['1 leftOff: no']);
  });

  it('are those whose label was replaced after the form was made', async () => {
    form(TODAY, [{ orderId: '1', package: '1', trackingNumber: buy('1') }]);
    documents.set('labels/7/1/1-1-voided', { at: 1 });
    const trackingNumber = buy('1', { attempt: 2 });
    expect(await off([open('1', 'awaitingHandover', { trackingNumbers: [trackingNumber] })])).toEqual([
      { orderId: '1', package: '1', trackingNumber, account: ACCOUNT, why: 'noForm' },
    ]);
  });

  it('are told one by one where an order has several', async () => {
    const trackingNumbers = ['1', '2'].map((parcel) => buy('1', { parcel }));
    join('1');
    expect(await off([open('1', 'awaitingHandover', { trackingNumbers })])).toMatchObject([{ package: '2' }]);
  });

  it('belong to the account that sold the label', async () => {
    buy('1', { from: 'platform' });
    expect(await off([open('1')])).toEqual([]);
    expect(await off([open('1')], ['tiktok-7'])).toMatchObject([{ account: 'tiktok-7' }]);
  });
});
