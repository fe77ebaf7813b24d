import type { Alert, AlertNews } from '../alerts/alert';
import { dueAt, earliestOf, type Deadline } from './facts';
import { isTerminal } from './phase';
import type { OrderState } from './state';

/** Attention lines that a deadline's own alert already says. */
const SAID_BY_DEADLINES: readonly string[] = ['deadlineNear', 'deadlinePassed'];
const OUTLIVES: readonly string[] = [
  'voidRefused',
  'purchaseUnclear',
  'labelNotVoided',
  'pullFromForm',
  'commandFailed',
  'carrierException',
  'returnedToSender',
  'refundedOnTheWay',
];
/** Further apart than this the platform's instant and ours are two opinions; nearer, it is rounding. */
const SAME_INSTANT_MS = 60_000;

/** The time is put to it when it is told. */
export type DeskNews = Omit<AlertNews, 'at'>;

/** What the alert desk has not heard: what became pressing since the last telling, and what is no longer. */
export function deskNews(state: OrderState): DeskNews | undefined {
  const open = [...deadlineAlerts(state), ...taskAlerts(state)];
  const raise = [...open.filter(({ key }) => !state.alerted.includes(key)), ...driftAlerts(state)];
  const settle = state.alerted.filter((key) => !open.some((alert) => alert.key === key));
  if (raise.length === 0 && settle.length === 0) return undefined;
  return { raise, settle };
}

/** The desk was told: remembered by key, so that it is told nothing twice. */
export function noteTold(state: OrderState, news: DeskNews): void {
  const drifted = news.raise.filter(({ kind }) => kind === 'drift');
  const raised = news.raise.filter(({ kind }) => kind !== 'drift').map(({ key }) => key);
  state.alerted = [...state.alerted.filter((key) => !news.settle.includes(key)), ...raised];
  if (state.edition >= 6) news.settle.forEach((key) => noteSettled(state, key));
  state.drifted.push(
    ...driftsOf(state)
      .filter(({ name }) => drifted.some(({ about }) => about === name))
      .map(({ name }) => name),
  );
  state.tellings += 1;
}

/** One alert per deadline stands at a time: that of the nearest warning given, or of its passing. */
function deadlineAlerts(state: OrderState): Alert[] {
  if (isTerminal(state.phase)) return [];
  return (state.plan?.deadlines ?? []).flatMap((deadline) => {
    const { name } = deadline;
    if (state.met[name] !== undefined) return [];
    const tiers = state.fired.flatMap((mark) => tierOf(mark, name));
    if (tiers.length === 0) return [];
    return [alertOf(state, deadline, Math.min(...tiers))];
  });
}

const tierOf = (mark: string, name: string): number[] => {
  if (mark === name) return [0];
  return mark.startsWith(`${name}:`) ? [Number(mark.slice(name.length + 1))] : [];
};

function alertOf(state: OrderState, deadline: Deadline, tierMs: number): Alert {
  const { name } = deadline;
  const at = tierMs === 0 ? dueAt(deadline) : earliestOf(deadline);
  const line = state.attention.find(({ about }) => about === name);
  return {
    // The instant is part of the key: one that the platform moves is warned of anew.
    key: alertKey(state, `${name}:${tierMs}:${at}`),
    orderId: state.orderId,
    kind: 'deadline',
    about: name,
    raisedAt: line?.at ?? at - tierMs,
    dueAt: at,
    tierMs,
  };
}

/** What only a person can put right; one cause is one task however often it is said. */
const taskAlerts = (state: OrderState): Alert[] =>
  state.attention
    .filter(({ kind }) => !SAID_BY_DEADLINES.includes(kind))
    // An order that is over leaves nothing to people but money, and what nobody understood.
    .filter(({ kind }) => !isTerminal(state.phase) || OUTLIVES.includes(kind))
    .filter((line, index, lines) => lines.findIndex(({ kind }) => kind === line.kind) === index)
    .map(({ kind, at, about }) => ({
      key: alertKey(state, kind),
      orderId: state.orderId,
      kind: 'task',
      about: kind,
      raisedAt: at,
      ...(about === '' || about === state.orderId ? {} : { detail: about }),
    }));

/**
 * The key under which it stands at the desk; what was settled and comes up again is another alert. It counts how often that was, and
 * not how often the desk was told of anything: an order that is reset has told less, and would be warned of twice.
 */
const alertKey = (state: OrderState, about: string): string => {
  const prefix = `order:${state.orderId}:${about}:`;
  const nth = state.edition >= 6 ? (state.settled?.[prefix] ?? 0) : state.tellings;
  return state.alerted.find((key) => key.startsWith(prefix)) ?? `${prefix}${nth}`;
};

function noteSettled(state: OrderState, key: string): void {
  const prefix = key.slice(0, key.lastIndexOf(':') + 1);
  state.settled = { ...state.settled, [prefix]: (state.settled?.[prefix] ?? 0) + 1 };
}

/** Deadlines of which the platform says another instant than our rules. A provisional one is no opinion yet. */
const driftsOf = (state: OrderState): Deadline[] =>
  (state.plan?.deadlines ?? []).filter(
    ({ name, at, platformAt, provisional }) =>
      platformAt !== undefined &&
      !provisional &&
      Math.abs(platformAt - at) > SAME_INSTANT_MS &&
      !state.drifted.includes(name),
  );

/** One alert per shop, rule and day: orders of one day share the key, and the desk keeps the first. */
const driftAlerts = (state: OrderState): Alert[] =>
  driftsOf(state).map((deadline) => {
    const { name, platformAt } = deadline;
    const at = state.facts?.statusAt ?? 0;
    return {
      key: `drift:${state.plan?.policySet ?? ''}:${name}:${new Date(at).toISOString().slice(0, 10)}`,
      orderId: state.orderId,
      kind: 'drift',
      about: name,
      raisedAt: at,
      ...(platformAt === undefined ? {} : { dueAt: platformAt }),
    };
  });
