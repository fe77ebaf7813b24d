import type { TrackingMeaning } from '../../../domain/order/state';

/**
 * Types of a UPS activity in our meanings. Source: UPS Track Alert, status types M, MV, I, U, X and D; P is seen in the field.
 * `U` ("update") says nothing of where the parcel is.
 */
const TYPES: Readonly<Record<string, TrackingMeaning>> = {
  M: 'labelCreated',
  // The label was taken back.
  MV: 'none',
  P: 'accepted',
  I: 'inTransit',
  O: 'outForDelivery',
  D: 'delivered',
  RS: 'returned',
  X: 'exception',
};

/** Codes that say more than their type, under those types. Source: the status codes of UPS's Tracking API. */
const CODES: Readonly<Record<string, TrackingMeaning>> = {
  // Origin scan, and pickup scan: of the piece itself. UPS has no form whose scan could leave them.
  OR: 'accepted',
  PU: 'accepted',
  OT: 'outForDelivery',
  OF: 'outForDelivery',
  RS: 'returned',
};

const HAVE_CODES: readonly string[] = ['I', 'P', 'X'];

/** What a UPS activity says of a parcel. A type that is not known says nothing, whatever its code. */
export function meaningOfUps({ type, code = '' }: { type: string; code?: string }): TrackingMeaning {
  const [kind, detail] = [type.trim().toUpperCase(), code.trim().toUpperCase()];
  const byCode = Object.hasOwn(CODES, detail) ? CODES[detail] : undefined;
  if (byCode !== undefined && HAVE_CODES.includes(kind)) return byCode;
  return Object.hasOwn(TYPES, kind) ? (TYPES[kind] ?? 'none') : 'none';
}
