import type { Shop } from '../contracts/shop';
import { dateOfDay, dayOf } from '../domain/time/days';
import { sandboxClock } from '../engine/sandbox-clock';
import type { ApiDeps } from './deps';

/** A shop's now, in epoch milliseconds: a played one has a clock of its own. */
export async function shopNow({ sandboxUrl }: Pick<ApiDeps, 'sandboxUrl'>, { id, kind }: Shop): Promise<number> {
  if (kind !== 'sandbox') return Date.now();
  try {
    return (await sandboxClock(sandboxUrl, id).read()).now;
  } catch {
    return Date.now();
  }
}

/** The date at the ship-from, as YYYY-MM-DD. */
export const dateAt = (at: number, { shipFrom }: Pick<Shop, 'shipFrom'>): string => dateOfDay(dayOf(at, shipFrom.zone));
