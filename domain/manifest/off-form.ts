import type { ManifestKey, MemberRef } from './manifest';
import { fieldsOf, inTurns, papersOf, textOf, type Papers, type Shelf } from './papers';

/** An open order as lists show it. */
export type OpenParcels = { orderId: string; phase: string; attention?: string; trackingNumbers: readonly string[] };

/** `notPacked`: it joins once it is packed. `held`: a person said wait. `noForm`: packed, and no manifest has it yet. */
type WhyOff = 'notPacked' | 'held' | 'leftOff' | 'noForm';

/** A parcel with a paid label that is on no form. `account`: the one that sold the label, as manifests name it. */
export type ParcelOff = MemberRef & { trackingNumber: string; account: string; why: WhyOff; reason?: string };

/** A parcel with a paid label, as its purchase's documents tell. */
type Labelled = MemberRef & { trackingNumber: string; carrier: string; account: string };

/** What the documents are found by; the keys are other rooms' to know. */
export type OffFormSources = {
  shelf: Shelf;
  folderOf: (key: ManifestKey) => string;
  /** The folder of an order's purchases. */
  purchasesOf: (orderId: string) => string;
  readPurchaseKey: (key: string) => { parcel: string; attempt: number; what?: string } | undefined;
  /** The account of a manifest, by the name of the account that sold the label; undefined: the first, which had no name. */
  accountOf: (sold: { account?: string; from?: string }) => string;
};

type OffFormWish = {
  orders: readonly OpenParcels[];
  accounts: readonly string[];
  shipFrom: string;
  /** Today at the ship-from. */
  date: string;
};

/** USPS alone takes a scan of one form for many parcels (USPS Postal Bulletin 22192). */
const FORM_CARRIERS: readonly string[] = ['USPS'];
/** Who has a label and is not known to be with the carrier. Lists show what was handed over under `awaitingHandover`. */
const WAITING: readonly string[] = ['toPack', 'awaitingHandover'];
/** Roll-overs go past a Sunday and holidays; nothing waits for a carrier longer than the platform lets an order stand. */
const DAYS_AHEAD = 7;
const DAYS_BACK = 21;
const DAY_MS = 86_400_000;

type Known = { stays: Set<string>; orders: Set<string>; numbers: Set<string>; leftOff: Map<string, string> };

const newKnown = (): Known => ({ stays: new Set(), orders: new Set(), numbers: new Set(), leftOff: new Map() });

/**
 * The labelled parcels of a shop's open orders that are on no form and on no list for one. Lists of today and of the coming days are
 * read by name; an order's own documents only where its parcels stand on none of them, and older days only while some are missing.
 */
export async function parcelsOffForm(sources: OffFormSources, wish: OffFormWish): Promise<ParcelOff[]> {
  const known = newKnown();
  for (let days = 0; days <= DAYS_AHEAD; days += 1)
    await learn(sources, wish, { known, date: dayAfter(wish.date, days) });
  const waiting = wish.orders.filter((order) => WAITING.includes(order.phase) && !isSurelyOn(known, order));
  const labelled = await inTurns(waiting, async (order) =>
    (await labelledParcels(sources, order)).map((parcel) => ({ order, parcel })),
  );
  const ours = labelled.flat().filter(({ parcel }) => wish.accounts.includes(parcel.account));
  let off = ours.filter(({ parcel }) => !isOn(known, parcel));
  for (let days = 1; days <= DAYS_BACK && off.length > 0; days += 1) {
    await learn(sources, wish, { known, date: dayAfter(wish.date, -days) });
    off = off.filter(({ parcel }) => !isOn(known, parcel));
  }
  return off.map(({ order, parcel }) => said(order, parcel, known));
}

/** Adds what the manifests of one date know of. */
async function learn(
  { shelf, folderOf }: OffFormSources,
  { accounts, shipFrom }: OffFormWish,
  { known, date }: { known: Known; date: string },
): Promise<void> {
  for (const account of accounts)
    for (const papers of await papersOf(shelf, folderOf, { account, shipFrom, date })) addTo(known, papers);
}

function addTo(known: Known, { stays, forms, refused }: Papers): void {
  for (const { members, leftOff } of forms) {
    for (const { trackingNumber } of members) known.numbers.add(trackingNumber);
    for (const parcel of leftOff) note(known.leftOff, parcel, parcel.reason ?? '');
  }
  if (refused !== undefined) for (const stay of stays) note(known.leftOff, stay, refused);
  // Once it is closed, its forms say who is on it: a list is asked for, a form is made.
  if (forms.length > 0 || refused !== undefined) return;
  for (const stay of stays) {
    known.stays.add(keyOf(stay));
    known.orders.add(stay.orderId);
  }
}

/** The newest manifest is read first, and its word stands. */
function note(leftOff: Map<string, string>, parcel: MemberRef, reason: string): void {
  if (!leftOff.has(keyOf(parcel))) leftOff.set(keyOf(parcel), reason);
}

const keyOf = ({ orderId, package: parcel }: MemberRef): string => `${orderId}-${parcel}`;

/** Of a packed order with one parcel a name is enough. While it is packed, lists may not show all of its numbers yet. */
const isSurelyOn = ({ orders, numbers }: Known, { orderId, phase, trackingNumbers }: OpenParcels): boolean =>
  phase !== 'toPack' &&
  trackingNumbers.length <= 1 &&
  (orders.has(orderId) || trackingNumbers.some((number) => numbers.has(number)));

const isOn = ({ stays, numbers }: Known, parcel: Labelled): boolean =>
  stays.has(keyOf(parcel)) || numbers.has(parcel.trackingNumber);

function said({ phase, attention }: OpenParcels, parcel: Labelled, { leftOff }: Known): ParcelOff {
  const { orderId, package: name, trackingNumber, account } = parcel;
  const reason = leftOff.get(keyOf(parcel));
  const why = reason === undefined ? whyOf(phase, attention) : 'leftOff';
  const told = reason === undefined || reason === '' ? {} : { reason };
  return { orderId, package: name, trackingNumber, account, why, ...told };
}

const whyOf = (phase: string, attention: string | undefined): WhyOff => {
  if (attention === 'held') return 'held';
  return phase === 'toPack' ? 'notPacked' : 'noForm';
};

/** Each parcel's latest label that was bought and not given back, of a carrier that has forms. */
async function labelledParcels(sources: OffFormSources, { orderId }: OpenParcels): Promise<Labelled[]> {
  const keys = await sources.shelf.list(sources.purchasesOf(orderId));
  const labelled: Labelled[] = [];
  for (const [parcel, key] of latestBought(sources, keys)) {
    const bought = await boughtAs(sources, key);
    if (bought !== undefined && FORM_CARRIERS.includes(bought.carrier))
      labelled.push({ orderId, package: parcel, ...bought });
  }
  return labelled;
}

/** By parcel, the document of its latest purchase; one whose label was given back has none that counts. */
function latestBought({ readPurchaseKey }: OffFormSources, keys: readonly string[]): Map<string, string> {
  const read = keys.flatMap((key) => {
    const found = readPurchaseKey(key);
    return found === undefined ? [] : [{ ...found, key }];
  });
  const voided = new Set(read.flatMap((one) => (one.what === 'voided' ? [`${one.parcel}-${one.attempt}`] : [])));
  const bought = read.filter(({ what }) => what === 'bought').sort((one, other) => one.attempt - other.attempt);
  const latest = new Map(bought.map((one) => [one.parcel, one]));
  return new Map(
    [...latest.values()].flatMap(({ parcel, attempt, key }) =>
      voided.has(`${parcel}-${attempt}`) ? [] : [[parcel, key] as const],
    ),
  );
}

async function boughtAs(
  { shelf, accountOf }: OffFormSources,
  key: string,
): Promise<Pick<Labelled, 'trackingNumber' | 'carrier' | 'account'> | undefined> {
  const bought = fieldsOf(parsed(await shelf.get(key)));
  const trackingNumber = textOf(bought['trackingNumber']);
  if (trackingNumber === '') return undefined;
  // Whether the platform sold it stands in the choice alone.
  const chosen = fieldsOf(parsed(await shelf.get(key.slice(0, -'-bought'.length))));
  const account = textOf(bought['account']) || textOf(chosen['account']);
  const from = textOf(chosen['from']);
  const sold = { ...(account === '' ? {} : { account }), ...(from === '' ? {} : { from }) };
  return { trackingNumber, carrier: textOf(bought['carrier']), account: accountOf(sold) };
}

const parsed = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));

/** A date as YYYY-MM-DD, so many days on. */
function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
