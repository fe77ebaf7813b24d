import { acknowledgeWords } from '../../words/alerts';
import type { Alert, AlertNews } from './alert';

/** An alert with what became of it. Instants are epoch milliseconds. */
export type DeskAlert = Alert & {
  /** The first who said that they see to it. */
  acknowledged?: { by: string; at: number };
  settledAt?: number;
  /** For a drift: by which news the desk heard of it. An order may tell of one that is older. */
  heardAt?: number;
};

/** All that a shop's desk knows. Each key stands in one of the two maps, or in neither. */
export type Desk = {
  shopId: string;
  /** Open and acknowledged ones. */
  standing: Map<string, DeskAlert>;
  /** In the order in which the desk heard of it, the oldest first. */
  settled: Map<string, DeskAlert>;
  /** Which alert each request was about, newest last: the server forgets a run's answers when the next begins. */
  answered: AnsweredRequest[];
  /** How many messages, or alerts in them, made no sense. */
  unreadable: number;
  /** Somebody asked Temporal, and not us, to cancel. */
  isCancelAsked: boolean;
};

/** A desk as plain values: what a run hands to the next. */
export type CarriedDesk = {
  standing: DeskAlert[];
  settled: DeskAlert[];
  /** Absent where an older version handed over. */
  answered?: AnsweredRequest[];
  unreadable: number;
  isCancelAsked: boolean;
};

type AnsweredRequest = { id: string; key: string };

export type Acknowledging = { key: string; actor: string };

/** Whether somebody's word was taken; `reason` where it changed nothing. */
export type Acknowledged = { accepted: boolean; reason?: string; alert?: DeskAlert };

/**
 * Settled alerts are kept so that a message which comes twice or late raises nothing again; beyond this many the oldest go. An
 * order does not tell twice even then, because it remembers in its own state what it told: all that the desk has to catch is
 * the repeat of a delivery that was retried, minutes after the first.
 */
export const MOST_SETTLED = 2_000;

/**
 * A run hands all that stands to the next, in 2 MB at most; what cannot be handed over is lost with the run in the end. So beyond
 * this many the desk lets go of what somebody said a month ago that they see to: they know of it, and its order remembers that
 * it was told. What is open, or was acknowledged since, is never dropped; that there is no end of it is a fault elsewhere.
 */
export const MOST_STANDING = 5_000;
const DAY_MS = 24 * 3_600_000;
const SEEN_TO_FOR_MS = 30 * DAY_MS;

/** Nothing ends a drift: it is news until somebody had the time to look at the rules. Later ones have keys of their own. */
const DRIFT_IS_NEWS_MS = 3 * DAY_MS;

const MOST_ANSWERS_KEPT = 200;

/** Ends an entry of `settle` that stands for all keys which begin so. */
const ANY_REST = '*';

const NOTHING: Required<CarriedDesk> = {
  standing: [],
  settled: [],
  answered: [],
  unreadable: 0,
  isCancelAsked: false,
};

export function openDesk(shopId: string, carried?: CarriedDesk): Desk {
  const { standing, settled, ...rest } = { ...NOTHING, ...carried };
  return { shopId, standing: byKey(standing), settled: byKey(settled), ...rest };
}

const byKey = (alerts: readonly DeskAlert[]): Map<string, DeskAlert> =>
  new Map(alerts.map((alert) => [alert.key, alert]));

export const carriedOf = ({ standing, settled, answered, unreadable, isCancelAsked }: Desk): CarriedDesk => ({
  standing: [...standing.values()],
  settled: [...settled.values()],
  answered,
  unreadable,
  isCancelAsked,
});

/**
 * Takes news in. A key is raised once for ever, and settling what was never raised is nothing. A prefix settles nothing that the
 * same news raise: an order that ends may say in one breath, and say it twice, that its warnings are done and what its end
 * leaves to do.
 */
export function fold(desk: Desk, { at, raise, settle }: AlertNews): void {
  settleDrifts(desk, at);
  const raised = new Set(raise.map(({ key }) => key));
  for (const mark of settle.filter(isPrefix)) {
    const prefix = mark.slice(0, -ANY_REST.length);
    for (const key of desk.standing.keys()) if (key.startsWith(prefix) && !raised.has(key)) settleOne(desk, key, at);
  }
  for (const alert of raise) if (find(desk, alert.key) === undefined) desk.standing.set(alert.key, heard(alert, at));
  for (const key of settle) settleOne(desk, key, at);
  forget(desk, at);
}

const heard = (alert: Alert, at: number): DeskAlert => (alert.kind === 'drift' ? { ...alert, heardAt: at } : alert);

function settleDrifts(desk: Desk, at: number): void {
  for (const { key, kind, raisedAt, heardAt = raisedAt } of desk.standing.values()) {
    if (kind === 'drift' && heardAt + DRIFT_IS_NEWS_MS <= at) settleOne(desk, key, at);
  }
}

function forget(desk: Desk, at: number): void {
  for (const key of desk.settled.keys()) {
    if (desk.settled.size <= MOST_SETTLED) break;
    desk.settled.delete(key);
  }
  const excess = desk.standing.size - MOST_STANDING;
  if (excess <= 0) return;
  const seenTo = [...desk.standing.values()].flatMap(({ key, acknowledged }) =>
    acknowledged !== undefined && acknowledged.at + SEEN_TO_FOR_MS < at ? [{ key, at: acknowledged.at }] : [],
  );
  seenTo.sort((a, b) => a.at - b.at);
  for (const { key } of seenTo.slice(0, excess)) desk.standing.delete(key);
}

const isPrefix = (mark: string): boolean => mark.endsWith(ANY_REST);

function settleOne(desk: Desk, key: string, at: number): void {
  const alert = desk.standing.get(key);
  if (alert === undefined) return;
  desk.standing.delete(key);
  desk.settled.set(key, { ...alert, settledAt: at });
}

const find = (desk: Desk, key: string): DeskAlert | undefined => desk.standing.get(key) ?? desk.settled.get(key);

/**
 * Notes that a person sees to an alert. Who said so first stays; a settled alert stays as it is. A request that comes again under
 * its id (any that is given) is about the alert that it was about at first, and acknowledges no other.
 */
export function acknowledge(desk: Desk, { id, ...order }: Acknowledging & { id?: string }, at: number): Acknowledged {
  const earlier = id === undefined ? undefined : desk.answered.find((answered) => answered.id === id);
  if (earlier !== undefined && earlier.key !== order.key) {
    const alert = find(desk, earlier.key);
    return {
      accepted: false,
      reason: acknowledgeWords.idReused(earlier.key),
      ...(alert === undefined ? {} : { alert }),
    };
  }
  if (id !== undefined && earlier === undefined) {
    desk.answered = [...desk.answered, { id, key: order.key }].slice(-MOST_ANSWERS_KEPT);
  }
  return noteSeen(desk, order, at);
}

function noteSeen(desk: Desk, { key, actor }: Acknowledging, at: number): Acknowledged {
  const alert = find(desk, key);
  if (alert === undefined) return { accepted: false, reason: acknowledgeWords.unknown(key) };
  if (alert.settledAt !== undefined) return { accepted: true, reason: acknowledgeWords.settled, alert };
  if (alert.acknowledged !== undefined) {
    return { accepted: true, reason: acknowledgeWords.already(alert.acknowledged.by), alert };
  }
  const acknowledged = { ...alert, acknowledged: { by: actor, at } };
  desk.standing.set(key, acknowledged);
  return { accepted: true, alert: acknowledged };
}
