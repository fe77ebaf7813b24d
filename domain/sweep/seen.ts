import type { PlatformStatus } from '../order/facts';
import { isInOurHands } from './heard';

/**
 * What a sweep remembers between its rounds, of each order its last change that was looked at: so that each change is told once,
 * and a change that is none of the status is known as such. Instants are epoch milliseconds.
 */
export type Seen = {
  /** Which round this was written in, by where it began, and how far that one had come: a crash repeats at most one page. */
  since: number;
  reached: number;
  orders: Record<string, SeenOrder>;
};

type SeenOrder = [updatedAt: number, status: PlatformStatus];

/**
 * How far back a round begins before the last one's end: the platform's lists may be a few minutes behind its orders.
 */
export const OVERLAP_MS = 10 * 60_000;

export const nothingSeen = (): Seen => ({ since: -1, reached: -1, orders: {} });

/** Where a round begins to look: before the last one's end, or where this very round was cut off. */
export const startOf = (seen: Seen, since: number): number =>
  seen.since === since ? Math.max(seen.reached, since - OVERLAP_MS) : since - OVERLAP_MS;

export const isSeen = ({ orders }: Seen, orderId: string, updatedAt: number): boolean =>
  (orders[orderId]?.[0] ?? -1) >= updatedAt;

/** What later rounds still need: changes within the overlap, and the status of every open order that is in our hands. */
export function prune(seen: Seen, isOpen: (orderId: string) => boolean): Seen {
  const kept = Object.entries(seen.orders).filter(
    ([orderId, [updatedAt, status]]) =>
      updatedAt >= seen.reached - OVERLAP_MS || (isInOurHands(status) && isOpen(orderId)),
  );
  return { ...seen, orders: Object.fromEntries(kept) };
}
