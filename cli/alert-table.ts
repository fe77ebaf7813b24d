import { alertCliWords } from '../words/alerts';
import { timeLeft } from '../words/api';
import { cliWords } from '../words/cli';
import type { Alert, AlertList } from './alert-answer';
import { minuteOf } from './instant';
import { sayOrderRef } from './order-ref';
import { sayMovedClocks } from './shop-clock';
import type { ShopClocks } from './shop-clock';
import { tableLines } from './table';

/** The alerts of one shop as people read them: what is due first, with the time left by the shop's own clock. */
export function alertListLines({ data, count, asOf }: AlertList, clocks: ShopClocks): string[] {
  const realNow = Date.parse(asOf);
  const rows = byDue(data).map((alert) => rowOf(alert, clocks.get(alert.shopId) ?? realNow));
  const notes = [
    ...toDo(data),
    ...sayMovedClocks(clocks, realNow),
    ...(count > data.length ? [alertCliWords.more(data.length, count)] : []),
  ];
  return [...tableLines(alertCliWords.columns, rows), ...(notes.length > 0 ? ['', ...notes] : [])];
}

const STANDING = ['open', 'acknowledged'];

/** The API has drift among the tasks; in a table the column of instants goes up. What is settled stays as it came. */
function byDue(alerts: readonly Alert[]): Alert[] {
  const standing = STANDING.flatMap((state) =>
    alerts.filter((alert) => alert.state === state).sort((one, other) => dueOrLast(one) - dueOrLast(other)),
  );
  return [...standing, ...alerts.filter(({ state }) => !STANDING.includes(state))];
}

const dueOrLast = ({ dueAt }: Alert): number => (dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt));

const isDrift = ({ kind }: Alert): boolean => kind === 'drift';

/** What tasks and drift ask for, each once; what a deadline asks for stands in its name and its time. */
function toDo(alerts: readonly Alert[]): string[] {
  const standing = alerts.filter(({ state }) => state !== 'settled');
  const tasks = standing.filter((alert) => alert.dueAt === null && !isDrift(alert));
  const asked = [...tasks.map(({ sentence }) => sentence), ...(standing.some(isDrift) ? [alertCliWords.drift] : [])];
  return [...new Set(asked)].map((sentence) => `- ${sentence}`);
}

function rowOf(alert: Alert, now: number): string[] {
  const { key, shopId, orderId, about, dueAt, state } = alert;
  const { nothing } = cliWords;
  // A drift's instant is the platform's for the first order; nobody has to do anything by then.
  const isDue = dueAt !== null && state !== 'settled' && !isDrift(alert);
  return [
    dueAt === null ? nothing : minuteOf(dueAt),
    isDue ? timeLeft(Date.parse(dueAt) - now) : nothing,
    orderId === '' ? nothing : sayOrderRef({ shopId, orderId }),
    isDrift(alert) ? alertCliWords.driftOf(about) : about,
    state,
    key,
  ];
}

/** What became of an alert, and what it is about. */
export function alertLines({ sentence, acknowledgedBy, acknowledgedAt, settledAt }: Alert): string[] {
  if (settledAt !== null) return [alertCliWords.settled(minuteOf(settledAt)), sentence];
  if (acknowledgedBy === null || acknowledgedAt === null) return [sentence];
  return [alertCliWords.acknowledged(acknowledgedBy, minuteOf(acknowledgedAt)), sentence];
}
