import type { AppealNotice, AppealStatus } from '../../domain/appeal/appeal';
import type { ManifestNotice } from '../../domain/manifest/manifest';
import type { OrderNotice, ParcelNotice, TrackingNotice } from '../../domain/order/event';
import type { PlatformStatus } from '../../domain/order/facts';
import { rankOf } from '../../domain/order/milestones';
import type { LabelChoice, TrackingMeaning } from '../../domain/order/state';
import type { PersonsOrderInput } from '../messages';

/**
 * Shape guards of everything that anyone may send to an order, written by hand because they must never throw: one message that
 * throws in a handler stops the order for ever, and a schema library costs half a megabyte per open order.
 */

/** Clocks differ by seconds; a carrier gets its zone wrong by hours. What is dated further ahead is not believed. */
const MOST_AHEAD_MS = 10 * 60_000;
/** After this a number of milliseconds is no date. */
const LAST_INSTANT_MS = 8.64e15;

const MEANINGS: Record<TrackingMeaning, true> = {
  none: true,
  labelCreated: true,
  originAccepted: true,
  accepted: true,
  inTransit: true,
  outForDelivery: true,
  delivered: true,
  returned: true,
  lost: true,
  exception: true,
};

const VIAS: readonly string[] = ['webhook', 'api', 'sweep'] satisfies OrderNotice['via'][];

const TOPICS: readonly unknown[] = ['afterSale', 'address', 'parcels'] satisfies OrderNotice['about'][];
const isTopic = (value: unknown): value is NonNullable<OrderNotice['about']> => TOPICS.includes(value);

type Fields = Partial<Record<string, unknown>>;

function fieldsOf(message: unknown): Fields {
  return typeof message === 'object' && message !== null ? message : {};
}

const isInstant = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= LAST_INSTANT_MS;

const isAhead = (at: number): boolean => at > Date.now() + MOST_AHEAD_MS;

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;

const isStatus = (value: unknown): value is PlatformStatus =>
  typeof value === 'string' && rankOf(value as PlatformStatus) >= 0;

/** The notice, with nothing in it that we did not name; undefined if it is none. */
export function readOrderNotice(message: unknown): OrderNotice | undefined {
  const { at, status, via, about } = fieldsOf(message);
  if (!isInstant(at) || typeof via !== 'string' || !VIAS.includes(via)) return undefined;
  if (status !== undefined && !isStatus(status)) return undefined;
  const known = { via: via as OrderNotice['via'], ...(isTopic(about) ? { about } : {}) };
  // A word from the future would make every later word look old: the order is read instead.
  if (isAhead(at)) return { at: Date.now(), ...known };
  return { at, ...known, ...(status === undefined ? {} : { status }) };
}

export function readTrackingNotice(message: unknown): TrackingNotice | undefined {
  const { at, trackingNumber, meaning } = fieldsOf(message);
  if (!isInstant(at) || !isText(trackingNumber, 64)) return undefined;
  if (typeof meaning !== 'string' || !Object.hasOwn(MEANINGS, meaning)) return undefined;
  return { at: isAhead(at) ? Date.now() : at, trackingNumber, meaning: meaning as TrackingMeaning };
}

/** The order, or the name of the field that is wrong. */
export function readPersonsOrder(message: unknown): PersonsOrderInput | string {
  const fields = fieldsOf(message);
  const wrong = PERSONS_FIELDS.find(([name, isRight]) => !isRight(fields[name]));
  if (wrong !== undefined) return wrong[0];
  // Each field was looked at; what else is in the message stays behind.
  const known = PERSONS_FIELDS.flatMap(([name]) => (fields[name] === undefined ? [] : [[name, fields[name]]]));
  return Object.fromEntries(known) as PersonsOrderInput;
}

const isAbsentOr =
  (isRight: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || isRight(value);

const PERSONS_FIELDS: [keyof PersonsOrderInput, (value: unknown) => boolean][] = [
  ['actor', (value) => isText(value, 128)],
  ['bodyHash', (value) => isText(value, 128)],
  ['key', isAbsentOr((value) => isText(value, 255))],
  ['package', isAbsentOr((value) => isText(value, 64))],
  ['parcels', isAbsentOr(isParcels)],
  ['choice', isAbsentOr(isChoice)],
  ['method', isAbsentOr((value) => value === 'pickup' || value === 'dropOff')],
  ['handoverAt', isAbsentOr(isInstant)],
];

const CHOICE_FIELDS: readonly string[] = ['account', 'carrier', 'service'] satisfies (keyof LabelChoice)[];

/** It stands in reasons and on pages. */
const PRINTABLE = /^[\x20-\x7e]+$/;

function isChoice(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([name, text]) => CHOICE_FIELDS.includes(name) && isText(text, 64) && PRINTABLE.test(text),
  );
}

/** An order has 500 items at most. */
const MOST_ITEMS = 500;

function isParcels(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > MOST_ITEMS) return false;
  return value.every(
    (items) => Array.isArray(items) && items.length <= MOST_ITEMS && items.every((id) => isText(id, 64)),
  );
}

export function readParcelNotice(message: unknown): ParcelNotice | undefined {
  const { at, owner, trackingNumber, carrier } = fieldsOf(message);
  if (!isInstant(at) || !isText(owner, 64)) return undefined;
  if (!isText(trackingNumber, 64)) return trackingNumber === undefined ? { at, owner } : undefined;
  return { at, owner, trackingNumber, ...(isText(carrier, 64) ? { carrier } : {}) };
}

/** The order that asks. Names become keys: they are digits. */
export function readMember(message: unknown): string | undefined {
  const { member } = fieldsOf(message);
  return isText(member, 20) && /^\d+$/.test(member) ? member : undefined;
}

const WHATS: readonly string[] = ['late', 'formed', 'scanned', 'leftOff'] satisfies ManifestNotice['what'][];

export function readManifestNotice(message: unknown): ManifestNotice | undefined {
  const { package: parcel, manifest, what, at, form, reason } = fieldsOf(message);
  if (!isInstant(at) || !isText(parcel, 64) || !isText(manifest, 255)) return undefined;
  if (typeof what !== 'string' || !WHATS.includes(what)) return undefined;
  return {
    package: parcel,
    manifest,
    what: what as ManifestNotice['what'],
    at: isAhead(at) ? Date.now() : at,
    ...(isText(form, 128) ? { form } : {}),
    ...(isText(reason, 255) ? { reason } : {}),
  };
}

const APPEAL_STATUSES: Record<AppealStatus, true> = {
  gathering: true,
  ready: true,
  filing: true,
  filed: true,
  won: true,
  lost: true,
  unfiled: true,
  expired: true,
  nextCase: true,
};

export function readAppealNotice(message: unknown): AppealNotice | undefined {
  const { caseKey, status, at, caseNumber, package: parcel } = fieldsOf(message);
  if (!isInstant(at) || !isText(caseKey, 128)) return undefined;
  if (typeof status !== 'string' || !Object.hasOwn(APPEAL_STATUSES, status)) return undefined;
  return {
    caseKey,
    status: status as AppealStatus,
    at,
    ...(isText(caseNumber, 64) ? { caseNumber } : {}),
    ...(isText(parcel, 64) ? { package: parcel } : {}),
  };
}
