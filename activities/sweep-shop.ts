import { heartbeat } from '@temporalio/activity';
import { AdapterError } from '../contracts/adapter-error';
import type { Shop } from '../contracts/shop';
import { isOver, newsOf, PHASE_OF_STATUS, type News } from '../domain/sweep/heard';
import { isSeen, prune, startOf, type Seen } from '../domain/sweep/seen';
import type { SweepAnswer, SweepHindrance, SweepRound } from '../domain/sweep/state';
import { NEWEST_EDITION } from '../domain/order/state';
import { summaries } from '../words/order';
import { ORDER_LIFECYCLE, orderChanged, orderWorkflowId, type OrderInput } from '../workflows/messages';
import { pullWhereAsked } from './catalogue';
import type { ProductPorts } from './product-port';
import type { ChangedOrders, Platform, PlatformOrder, Ports } from './ports';
import { dayThere, nextRoundAt } from './sweep-hours';
import { keepSeen, readSeen } from './sweep-memory';

/** So many pages are one activity's work; what is left follows in the next. */
const MOST_PAGES = 20;
const AT_ONCE = 20;
/** A shop without a sweep is looked at for one that it was given since. */
const HOUR_MS = 3_600_000;

export type SweepInput = SweepRound & { shopId: string };

/** One round under way. */
type Sweep = {
  ports: Ports;
  input: SweepInput;
  platform: Platform;
  /** Up to where everything was looked at. */
  reached: number;
  seen: Seen;
  /** The shop's open orders by their phase as lists show it; asked for when the first change is met. */
  open?: Map<string, string>;
  /** A page token of the platform's was dead. */
  hasRestarted: boolean;
  found: number;
  missed: number;
};

/**
 * Looks at all orders that the platform changed in a span of time, and tells those that no webhook has told: an order whose phase
 * in our lists fits what the platform says is left alone, so that a sweep costs next to nothing while webhooks come. TikTok itself
 * asks for it: "do not rely on webhooks alone" (Partner Center, TikTok Shop webhooks overview). A platform that does not answer
 * ends the round and loses nothing: the next one begins where this one got to.
 */
export async function sweepShop(ports: Ports & ProductPorts, input: SweepInput): Promise<SweepAnswer> {
  const { shopId, at } = input;
  const shop = await ports.findShop(shopId);
  if (shop === undefined || (shop.sweep === undefined && input.asked !== true)) return notLooked(input, 'off', shop);
  const { connection } = await ports.standingOf(shopId);
  if (connection !== 'connected') return notLooked(input, 'notConnected', shop);
  await pullWhereAsked(ports, { shopId, at });
  const seen = await readSeen(ports, shopId);
  const reached = startOf(seen, input.since);
  const sweep: Sweep = {
    ports,
    input,
    platform: ports.platformOf(shop),
    reached,
    seen,
    hasRestarted: false,
    found: 0,
    missed: 0,
  };
  const when = whenOf(shop, at);
  try {
    const isWhole = await lookThrough(sweep);
    return { ...when, ...countsOf(sweep, 'swept'), ...(isWhole ? { until: input.until } : { more: true }) };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return {
      ...when,
      nextAt: Math.max(when.nextAt, at + (error.retryAfterMs ?? 0)),
      ...countsOf(sweep, error.outcome),
      ...(sweep.reached > input.since ? { until: sweep.reached } : {}),
      hindered: 'platformSilent',
    };
  }
}

function notLooked({ at }: SweepInput, hindered: SweepHindrance, shop: Shop | undefined): SweepAnswer {
  const unknown = { nextAt: at + HOUR_MS, day: new Date(at).toISOString().slice(0, 10) };
  return { found: 0, missed: 0, ...(shop === undefined ? unknown : whenOf(shop, at)), hindered };
}

/** When the shop is looked at next, and which day it is there. */
const whenOf = ({ shipFrom, sweep }: Shop, at: number): Pick<SweepAnswer, 'nextAt' | 'day'> => ({
  nextAt: sweep === undefined ? at + HOUR_MS : nextRoundAt(at, { shipFrom, sweep }),
  day: dayThere(at, shipFrom),
});

function countsOf({ ports, input, found, missed }: Sweep, outcome: string): Pick<SweepAnswer, 'found' | 'missed'> {
  const shop = input.shopId;
  ports.count?.('sweepRounds', { shop, outcome });
  if (found > 0) ports.count?.('ordersFound', { shop }, found);
  if (missed > 0) ports.count?.('missedNotices', { shop }, missed);
  return { found, missed };
}

type Place = { since: number; pageToken?: string };

/**
 * Page after page, the earliest change first. Each page is asked for by the time of the last change on the one before: an order
 * that changes meanwhile leaves its place, and by a token of the platform's another might be passed over.
 * @returns whether it came to the end.
 */
async function lookThrough(sweep: Sweep): Promise<boolean> {
  let place: Place = { since: sweep.reached };
  // In the middle of one second there is no time to go on from.
  for (let pages = 0; pages < MOST_PAGES || place.pageToken !== undefined; pages += 1) {
    // A worker that dies is missed within seconds; a page of a slow platform has a sign of life between any two calls.
    heartbeat();
    const { orders, nextPageToken } = await searchFrom(sweep, place);
    heartbeat();
    await takePage(sweep, orders);
    const last = orders.at(-1)?.updatedAt ?? place.since;
    sweep.reached = nextPageToken === undefined ? sweep.input.until : Math.max(sweep.reached, last);
    await remember(sweep);
    if (nextPageToken === undefined) return true;
    // More than a page of changes within one second: only a token leads on.
    place = last > place.since ? { since: last } : { since: place.since, pageToken: nextPageToken };
  }
  return false;
}

/** A token may die; once, the same second is looked at again from its beginning. */
async function searchFrom(sweep: Sweep, place: Place): Promise<ChangedOrders> {
  const { platform, input } = sweep;
  try {
    return await platform.searchOrders({ ...place, until: input.until });
  } catch (error) {
    const isRefused = error instanceof AdapterError && ['bug', 'refused', 'stale'].includes(error.outcome);
    if (!isRefused || place.pageToken === undefined || sweep.hasRestarted) throw error;
    sweep.hasRestarted = true;
    return platform.searchOrders({ since: place.since, until: input.until });
  }
}

async function remember(sweep: Sweep): Promise<void> {
  const { ports, input, open, reached } = sweep;
  const isWhole = reached === input.until;
  // Nothing was changed and nothing is left to do, so nothing is to be remembered.
  if (isWhole && open === undefined) return;
  sweep.seen = { ...sweep.seen, since: input.since, reached };
  const isOpen = (orderId: string): boolean => open?.has(orderId) === true;
  await keepSeen(ports, input.shopId, isWhole ? prune(sweep.seen, isOpen) : sweep.seen);
}

async function takePage(sweep: Sweep, orders: ChangedOrders['orders']): Promise<void> {
  const { ports, input, platform, seen } = sweep;
  const changed = new Map(
    orders
      .filter(({ orderId, updatedAt }) => !isSeen(seen, orderId, updatedAt))
      .map((one) => [one.orderId, one.updatedAt]),
  );
  if (changed.size === 0) return;
  const read = await platform.readOrders([...changed.keys()]);
  heartbeat();
  if (sweep.open === undefined) {
    const open = await ports.neighbours.openOrders(input.shopId);
    sweep.open = new Map(open.map(({ orderId, phase }) => [orderId, phase]));
  }
  for (let from = 0; from < read.length; from += AT_ONCE) {
    heartbeat();
    await Promise.all(
      read
        .slice(from, from + AT_ONCE)
        .map((order) => takeOrder(sweep, order, changed.get(order.orderId) ?? order.facts.statusAt)),
    );
  }
}

async function takeOrder(sweep: Sweep, order: PlatformOrder & { orderId: string }, updatedAt: number): Promise<void> {
  const { orderId, facts } = order;
  const shownPhase = sweep.open?.get(orderId);
  const news = newsOf({ updatedAt, facts }, { shownPhase, lastStatus: sweep.seen.orders[orderId]?.[1] });
  if (news !== undefined && (await isTold(sweep, orderId, news))) {
    sweep.found += 1;
    // What was there before the shop was connected was missed by nobody.
    if (news.isMissed && !sweep.input.first) sweep.missed += 1;
    sweep.open?.set(orderId, PHASE_OF_STATUS[facts.status]);
  }
  // A reading that is behind the list is looked at once more, as long as the overlap lasts.
  if (facts.statusAt >= updatedAt) sweep.seen.orders[orderId] = [updatedAt, facts.status];
}

/** Tells an order, and begins it where it is not there. One that is over is not begun again, and one that ends is not begun. */
async function isTold({ ports, input, open }: Sweep, orderId: string, { notice }: News): Promise<boolean> {
  const { shopId, at, first } = input;
  const workflowId = orderWorkflowId(shopId, orderId);
  const message = { workflowId, signal: orderChanged, payload: notice };
  if (notice.status !== undefined && isOver(notice.status)) {
    if (first && open?.has(orderId) !== true) return false;
    return (await ports.neighbours.signal(message)) === 'told';
  }
  const told = await ports.neighbours.tell({
    ...message,
    workflowType: ORDER_LIFECYCLE,
    shopId,
    at,
    input: { shopId, orderId, edition: NEWEST_EDITION } satisfies OrderInput,
    summary: summaries.order(orderId),
  });
  return told === 'told';
}
