import { acknowledgeWords } from '../../words/alerts';
import type { Alert, AlertNews } from './alert';

/** An alert with what became of it. Instants are epoch milliseconds. */
export type DeskAlert = Alert & {
  /** The first who said that they see to it. */
  acknowledged?: { by: string; at: number };
  settledAt?: number;
};

/** All that a shop's desk knows. Each key stands in one of the two maps, or in neither. */
export type Desk = {
  shopId: string;
  /** Open and acknowledged ones: never dropped. */
  standing: Map<string, DeskAlert>;
  /** In the order in which the desk heard of it, the oldest first. */
  settled: Map<string, DeskAlert>;
  /** How many messages, or alerts in them, made no sense. */
  unreadable: number;
  /** Somebody asked Temporal, and not us, to cancel. */
  isCancelAsked: boolean;
};

/** A desk as plain values: what a run hands to the next. */
export type CarriedDesk = {
  standing: DeskAlert[];
  settled: DeskAlert[];
  unreadable: number;
  isCancelAsked: boolean;
};

export type Acknowledging = { key: string; actor: string };

/** Whether somebody's word was taken; `reason` where it changed nothing. */
export type Acknowledged = { accepted: boolean; reason?: string; alert?: DeskAlert };

/**
 * Settled alerts are kept so that a message which comes twice or late raises nothing again; beyond this many the oldest go. An
 * order does not tell twice even then, because it remembers in its own state what it told: all that the desk has to catch is
 * the repeat of a delivery that was retried, minutes after the first.
 */
export const MOST_SETTLED = 2_000;

/** Ends an entry of `settle` that stands for all keys which begin so. */
const ANY_REST = '*';

export function openDesk(shopId: string, carried?: CarriedDesk): Desk {
  return {
    shopId,
    standing: byKey(carried?.standing ?? []),
    settled: byKey(carried?.settled ?? []),
    unreadable: carried?.unreadable ?? 0,
    isCancelAsked: carried?.isCancelAsked ?? false,
  };
}

const byKey = (alerts: readonly DeskAlert[]): Map<string, DeskAlert> =>
  new Map(alerts.map((alert) => [alert.key, alert]));

export const carriedOf = ({ standing, settled, unreadable, isCancelAsked }: Desk): CarriedDesk => ({
  standing: [...standing.values()],
  settled: [...settled.values()],
  unreadable,
  isCancelAsked,
});

/**
 * Takes news in. A key is raised once for ever, and settling what was never raised is nothing. A prefix settles only what stood
 * before these news: an order that ends may say in one breath that its warnings are done and what its end leaves to do.
 */
export function fold(desk: Desk, { at, raise, settle }: AlertNews): void {
  for (const mark of settle.filter(isPrefix)) settleAll(desk, mark.slice(0, -ANY_REST.length), at);
  for (const alert of raise) if (find(desk, alert.key) === undefined) desk.standing.set(alert.key, alert);
  for (const key of settle) settleOne(desk, key, at);
  for (const key of desk.settled.keys()) {
    if (desk.settled.size <= MOST_SETTLED) break;
    desk.settled.delete(key);
  }
}

const isPrefix = (mark: string): boolean => mark.endsWith(ANY_REST);

function settleAll(desk: Desk, prefix: string, at: number): void {
  for (const key of desk.standing.keys()) if (key.startsWith(prefix)) settleOne(desk, key, at);
}

function settleOne(desk: Desk, key: string, at: number): void {
  const alert = desk.standing.get(key);
  if (alert === undefined) return;
  desk.standing.delete(key);
  desk.settled.set(key, { ...alert, settledAt: at });
}

const find = (desk: Desk, key: string): DeskAlert | undefined => desk.standing.get(key) ?? desk.settled.get(key);

/** Notes that a person sees to an alert. Who said so first stays; a settled alert stays as it is. */
export function acknowledge(desk: Desk, { key, actor }: Acknowledging, at: number): Acknowledged {
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
