import type { Counts } from '../../domain/manifest/event';
import type { MemberRef, Proof } from '../../domain/manifest/manifest';
import type { BringInput, CloseInput, ScanInput } from '../messages-manifest';

/**
 * Shape guards of everything that anyone may send to a manifest, written by hand because they must never throw: one message
 * that throws in a handler stops a day's form for ever.
 */

/** After this a number of milliseconds is no date. */
const LAST_INSTANT_MS = 8.64e15;
/** More than any provider puts on a form. */
const MOST_MEMBERS = 1_000_000;
const MOST_PROOFS = 20;
const MOST_FORM_ID = 200;

const PROOFS: Record<Proof['kind'], true> = {
  stampedForm: true,
  stampedReceipt: true,
  receipt: true,
  signature: true,
  proofOfPickup: true,
  photo: true,
};

type Fields = Partial<Record<string, unknown>>;

function fieldsOf(message: unknown): Fields {
  return typeof message === 'object' && message !== null ? message : {};
}

const isInstant = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= LAST_INSTANT_MS;

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;

const isOptionalText = (value: unknown, most: number): value is string | undefined =>
  value === undefined || isText(value, most);

const isOptionalHash = (value: unknown): value is string | undefined =>
  value === undefined || (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value));

const countOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MOST_MEMBERS ? value : undefined;

/** The parcel and the counts, with nothing in it that we did not name; undefined if it is no such message. */
export function readMemberNews(message: unknown): { member: MemberRef; counts: Counts } | undefined {
  const { orderId, package: parcel, at, joined = 0, left = 0 } = fieldsOf(message);
  if (!isText(orderId, 20) || !/^\d+$/.test(orderId) || !isText(parcel, 64) || !isInstant(at)) return undefined;
  const counts = { joined: countOf(joined), left: countOf(left) };
  if (counts.joined === undefined || counts.left === undefined) return undefined;
  return { member: { orderId, package: parcel }, counts: { joined: counts.joined, left: counts.left } };
}

/** The order, or the name of the field that is wrong. */
export function readCloseInput(message: unknown): CloseInput | string {
  const { actor, bodyHash, key } = fieldsOf(message);
  if (!isText(actor, 128)) return 'actor';
  if (!isOptionalText(bodyHash, 128)) return 'bodyHash';
  if (!isOptionalText(key, 255)) return 'key';
  return { actor, ...(bodyHash === undefined ? {} : { bodyHash }), ...(key === undefined ? {} : { key }) };
}

/** People's words come as hashes: what came as text would stand in history. */
export function readScanInput(message: unknown): ScanInput | string {
  const close = readCloseInput(message);
  if (typeof close === 'string') return close;
  const { scannedAt, place, placeHash, proofs, form } = fieldsOf(message);
  if (!isInstant(scannedAt)) return 'scannedAt';
  if (place !== undefined) return 'place';
  if (!isOptionalHash(placeHash)) return 'placeHash';
  if (!isOptionalText(form, MOST_FORM_ID)) return 'form';
  const read = readProofs(proofs);
  if (read === undefined) return 'proofs';
  return { ...close, scannedAt, ...given({ placeHash }), proofs: read, ...given({ form }) };
}

/** A form that a person made: its number without the gaps that people read it by. */
export function readBringInput(message: unknown): BringInput | string {
  const close = readCloseInput(message);
  if (typeof close === 'string') return close;
  const { number, madeAt, listHash, file } = fieldsOf(message);
  if (!isText(number, MOST_FORM_ID)) return 'number';
  if (!isInstant(madeAt)) return 'madeAt';
  if (!isOptionalHash(listHash)) return 'listHash';
  if (!isOptionalHash(file)) return 'file';
  return { ...close, number: number.replace(/[\s\p{Pd}]/gu, ''), madeAt, ...given({ listHash }), ...given({ file }) };
}

/** The one field, or none where it was not given. */
const given = <T extends Record<string, unknown>>(field: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } =>
  Object.values(field).includes(undefined) ? {} : (field as never);

function readProofs(proofs: unknown): Proof[] | undefined {
  if (!Array.isArray(proofs) || proofs.length > MOST_PROOFS) return undefined;
  const read = proofs.map(readProof);
  return read.every((proof) => proof !== undefined) ? read : undefined;
}

function readProof(proof: unknown): Proof | undefined {
  const { kind, note, noteHash, file } = fieldsOf(proof);
  if (typeof kind !== 'string' || !Object.hasOwn(PROOFS, kind)) return undefined;
  if (note !== undefined || !isOptionalHash(noteHash) || !isOptionalHash(file)) return undefined;
  return { kind: kind as Proof['kind'], ...given({ noteHash }), ...given({ file }) };
}
