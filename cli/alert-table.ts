import { alertCliWords } from '../words/alerts';
import { timeLeft } from '../words/api';
import { cliWords } from '../words/cli';
import type { Alert, AlertList } from './alert-answer';
import { minuteOf } from './instant';
import { sayOrderRef } from './order-ref';
import { sayMovedClocks } from './shop-clock';
import type { ShopClocks } from './shop-clock';
import { tableLines } from './table';

/** The alerts of one shop as people read them: in the API's order, with the time left by the shop's own clock. */
export function alertListLines({ data, count, asOf }: AlertList, clocks: ShopClocks): string[] {
  const realNow = Date.parse(asOf);
  const rows = data.map((alert) => rowOf(alert, clocks.get(alert.shopId) ?? realNow));
  const notes = [
    ...toDo(data),
    ...sayMovedClocks(clocks, realNow),
    ...(count > data.length ? [alertCliWords.more(data.length, count)] : []),
  ];
  return [...tableLines(alertCliWords.columns, rows), ...(notes.length > 0 ? ['', ...notes] : [])];
}

/** What tasks ask for, each once; what a deadline asks for stands in its name and its time. */
function toDo(alerts: readonly Alert[]): string[] {
  const tasks = alerts.filter(({ dueAt, state }) => dueAt === null && state !== 'settled');
  return [...new Set(tasks.map(({ sentence }) => `- ${sentence}`))];
}

function rowOf({ key, shopId, orderId, about, dueAt, state }: Alert, now: number): string[] {
  const { nothing } = cliWords;
  const isDue = dueAt !== null && state !== 'settled';
  return [
    dueAt === null ? nothing : minuteOf(dueAt),
    isDue ? timeLeft(Date.parse(dueAt) - now) : nothing,
    orderId === '' ? nothing : sayOrderRef({ shopId, orderId }),
    about,
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
