import { createHash } from 'node:crypto';
import { AdapterError } from '../../../contracts/adapter-error';
import { PROVIDER, type ShipSavingAt } from './client';

const MARK_LENGTH = 4;
const MARKED = /^(.*)~([0-9a-f]{4})$/;

const markOf = (storeName: string): string =>
  createHash('sha256').update(storeName).digest('hex').slice(0, MARK_LENGTH);

/**
 * A shipment's id: the number of its order and a mark of the store that it was asked for in. ShipSaving has one sentence for an
 * order and for a store that it does not know, so that in another store what was bought reads as never bought.
 */
export const shipmentIdOf = ({ account }: ShipSavingAt, reference: string): string =>
  `${reference}~${markOf(account.storeName)}`;

/**
 * The order's number as ShipSaving knows it. Ids of old bear no mark.
 * @throws AdapterError `retryLater` where the account has another store now: nothing can be said of the shipment until the owner
 * sets the store back.
 */
export function orderNumberOf({ account }: ShipSavingAt, id: string, call: string): string {
  const [, reference, mark] = MARKED.exec(id) ?? [];
  if (reference === undefined) return id;
  if (mark === markOf(account.storeName)) return reference;
  throw new AdapterError('retryLater', { provider: PROVIDER, call, code: 'store changed' });
}

export const isMarked = (id: string): boolean => MARKED.test(id);
