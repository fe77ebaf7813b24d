import { alertSentence, deskPage } from '../../words/alerts';
import type { Alert } from './alert';
import type { Desk, DeskAlert } from './desk';

/** One alert as people and programs read it: instants as ISO 8601 in UTC. */
export type AlertView = Pick<Alert, 'key' | 'orderId' | 'kind' | 'about'> & {
  sentence: string;
  raisedAt: string;
  dueAt: string | null;
  tierMs: number | null;
  state: AlertState;
  acknowledgedBy: string | null;
  acknowledgedAt: string | null;
  settledAt: string | null;
};

export type AlertState = 'open' | 'acknowledged' | 'settled';

/** `alerts` has at most `MOST_LISTED`, the most urgent first; `count` says how many there are. */
export type AlertListView = { shopId: string; alerts: AlertView[]; count: number };

/** Some 600 bytes each: an answer of Temporal may have 2 MB. */
const MOST_LISTED = 2_000;

/** More than this many rows is no page that anybody reads. */
const MOST_ROWS = 50;

const isoOrNull = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

const stateOf = ({ acknowledged, settledAt }: DeskAlert): AlertState => {
  if (settledAt !== undefined) return 'settled';
  return acknowledged === undefined ? 'open' : 'acknowledged';
};

export const viewOf = (alert: DeskAlert): AlertView => ({
  key: alert.key,
  orderId: alert.orderId,
  kind: alert.kind,
  about: alert.about,
  sentence: alertSentence(alert),
  raisedAt: new Date(alert.raisedAt).toISOString(),
  dueAt: isoOrNull(alert.dueAt),
  tierMs: alert.tierMs ?? null,
  state: stateOf(alert),
  acknowledgedBy: alert.acknowledged?.by ?? null,
  acknowledgedAt: isoOrNull(alert.acknowledged?.at),
  settledAt: isoOrNull(alert.settledAt),
});

/** The alerts in one state, or all of them, the most urgent first. */
export function listOf(desk: Desk, state: AlertState | 'all'): AlertListView {
  const alerts = inOrder(desk, state);
  return { shopId: desk.shopId, alerts: alerts.slice(0, MOST_LISTED).map(viewOf), count: alerts.length };
}

function inOrder(desk: Desk, state: AlertState | 'all'): DeskAlert[] {
  const open = [...desk.standing.values()].filter((alert) => alert.acknowledged === undefined);
  const acknowledged = [...desk.standing.values()].filter((alert) => alert.acknowledged !== undefined);
  const parts: Record<AlertState, () => DeskAlert[]> = {
    open: () => open.sort(byUrgency),
    acknowledged: () => acknowledged.sort(byUrgency),
    settled: () => [...desk.settled.values()].reverse().sort((a, b) => (b.settledAt ?? 0) - (a.settledAt ?? 0)),
  };
  return state === 'all' ? [...parts.open(), ...parts.acknowledged(), ...parts.settled()] : parts[state]();
}

/** Deadlines by what is due first; then all that has no deadline, by what has waited longest. */
function byUrgency(a: DeskAlert, b: DeskAlert): number {
  const [hasDeadlineA, hasDeadlineB] = [a.kind === 'deadline', b.kind === 'deadline'];
  if (hasDeadlineA !== hasDeadlineB) return hasDeadlineA ? -1 : 1;
  return urgencyOf(a) - urgencyOf(b) || (a.key < b.key ? -1 : 1);
}

const urgencyOf = ({ kind, dueAt, raisedAt }: DeskAlert): number =>
  kind === 'deadline' ? (dueAt ?? Number.MAX_SAFE_INTEGER) : raisedAt;

/** The desk as a page of Markdown: what is open, the most urgent first, and how to say that somebody sees to it. */
export function pageOf(desk: Desk): string {
  const open = inOrder(desk, 'open');
  const rows = open.slice(0, MOST_ROWS).map((alert) => deskPage.row(alert, alertSentence(alert)));
  return [
    deskPage.title(desk.shopId, open.length, desk.standing.size - open.length),
    rows.length === 0 ? deskPage.nothing : [deskPage.tableHead, ...rows].join('\n'),
    ...(open.length > rows.length ? [deskPage.more(open.length - rows.length)] : []),
    ...(rows.length === 0 ? [] : [deskPage.howTo(desk.shopId)]),
    ...(desk.unreadable === 0 ? [] : [deskPage.unreadable(desk.unreadable)]),
    ...(desk.isCancelAsked ? [deskPage.cancelAsked] : []),
  ].join('\n\n');
}
