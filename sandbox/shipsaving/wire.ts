import { type Answer, gatewayPage, json } from '../answer';
import type { Fault, FaultKind } from '../faults';

/** An error of this wire: a status and one sentence. There are no codes (ShipSaving Open API v2). */
export type ShipSavingError = { readonly status: number; readonly message: string };

export const WRONG_TOKEN: ShipSavingError = { status: 401, message: 'Invalid token or account not found' };
export const INVALID: ShipSavingError = { status: 400, message: 'missing or invalid parameters' };
export const NOT_FOUND: ShipSavingError = { status: 404, message: 'Not found' };
export const NO_ORDER: ShipSavingError = { status: 400, message: 'Invalid order number or store name' };
// How the real one words an empty wallet is not published.
export const NO_MONEY: ShipSavingError = { status: 400, message: 'Insufficient balance' };

/** An answer of this wire. */
export function answer(value: unknown): Answer {
  return json(200, value);
}

/** An error of this wire. */
export function refusal({ status, message }: ShipSavingError): Answer {
  return json(status, { message });
}

/** Money is a plain number of dollars here, but for the balance. */
export function dollars(cents: number): number {
  return Number((cents / 100).toFixed(2));
}

const REFUSED: ShipSavingError = { status: 400, message: 'The carrier refused the request' };
const BROKEN: ShipSavingError = { status: 500, message: 'Internal server error' };

const SAID: Partial<Record<FaultKind, ShipSavingError>> = {
  rateLimited: { status: 429, message: 'Too many requests' },
  refuse: REFUSED,
  insufficientFunds: NO_MONEY,
};

/** How ShipSaving words a fault. */
export function shipsavingFault(fault: Fault): Answer {
  if (fault.kind === 'notFound') return gatewayPage(404, 'Not Found');
  const answered = refusal(SAID[fault.kind] ?? BROKEN);
  if (fault.kind !== 'rateLimited') return answered;
  return { ...answered, headers: { 'Retry-After': String(fault.retryAfterSeconds ?? 1) } };
}
