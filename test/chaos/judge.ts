import { Client, Connection } from '@temporalio/client';
import type { OrderView } from '../../domain/order/view';
import { defaultNamespace } from '../../engine/settings';
import { chaosWords } from '../../words/chaos';
import { orderWorkflowId } from '../../workflows/messages';
import type { Laboratory, Outage } from './laboratory';
import { ENDS, ledgerOf, viewOf, type Accepted, type Life } from './lives';

export type Figures = {
  kills: number;
  orders: number;
  finished: number;
  doubleLabels: number;
  doubleUploads: number;
  doubleForms: number;
  lostCommands: number;
  lateTimers: number;
  /** What was looked at, so that a zero says something. */
  commands: number;
  labels: number;
  forms: number;
  timers: number;
  slowestTimerMs: number;
};

export type Judgement = { figures: Figures; complaints: string[] };

/** After the last restart before it, a deadline that has come is acted on within this time. */
const LATE_MS = 60_000;

/** Judges by what the sandbox's ledger says was really done, by what each order says of itself, and by its history. */
export async function judge(lab: Laboratory, lives: readonly Life[]): Promise<Judgement> {
  const complaints: string[] = [];
  const ledger = await ledgerOf(lab);
  const doubles = (kind: string): number => countDoubles(ledger, kind, complaints);
  const views = new Map<string, OrderView | undefined>();
  for (const { order } of lives) views.set(order.id, await viewOf(lab, order.id));
  const finished = lives.filter((life) => hasEnded(life, views.get(life.order.id), complaints)).length;
  const accepted = lives.flatMap((life) => life.accepted);
  const done = new Set(ledger.map(({ order, kind }) => `${order ?? ''} ${kind}`));
  const lost = accepted.filter((one) => !hasEffect(one, views.get(one.orderId), done));
  complaints.push(...lost.map(({ orderId, verb }) => chaosWords.lost(orderId, verb)));
  const timers = await timersOf(lab, lives);
  const late = timers.filter((timer) => isLate(timer, lab.outages));
  complaints.push(...late.map(({ orderId, dueAt, actedAt }) => chaosWords.late(orderId, 'shipBy', actedAt - dueAt)));
  return {
    complaints,
    figures: {
      kills: lab.outages.length,
      orders: lives.length,
      finished,
      doubleLabels: doubles('labelBought'),
      doubleUploads: doubles('trackingUploaded'),
      doubleForms: doubles('formCreated'),
      lostCommands: lost.length,
      lateTimers: late.length,
      commands: accepted.length,
      labels: ledger.filter(({ kind }) => kind === 'labelBought').length,
      forms: ledger.filter(({ kind }) => kind === 'formCreated').length,
      timers: timers.length,
      slowestTimerMs: Math.max(0, ...timers.map(({ dueAt, actedAt }) => actedAt - dueAt)),
    },
  };
}

function hasEnded({ kind, order, stuck }: Life, view: OrderView | undefined, complaints: string[]): boolean {
  const outcome = view?.outcome ?? null;
  if (outcome === ENDS[kind]) return true;
  complaints.push(chaosWords.unfinished(order.id, kind, stuck ?? chaosWords.wrongEnd(outcome, ENDS[kind])));
  return false;
}

/** An order whose label was bought twice, whose number was uploaded twice, or that stands on two forms. */
function countDoubles(ledger: Awaited<ReturnType<typeof ledgerOf>>, kind: string, complaints: string[]): number {
  const counts = new Map<string, number>();
  const orders = ledger
    .filter((line) => line.kind === kind)
    .flatMap((line) => (kind === 'formCreated' ? (line.orders ?? []) : [line.order ?? '']));
  for (const order of orders) counts.set(order, (counts.get(order) ?? 0) + 1);
  const doubled = [...counts].filter(([, count]) => count > 1);
  complaints.push(...doubled.map(([order, count]) => chaosWords.doubled(kind, order, count)));
  return doubled.length;
}

const UPDATES: Record<Accepted['verb'], string> = {
  packed: 'markPacked',
  'handed-over': 'markHandedOver',
  hold: 'holdOrder',
  release: 'releaseOrder',
  cancel: 'cancelOrder',
};

/** The order remembers it; what acts outside is in the ledger too. */
function hasEffect({ orderId, verb }: Accepted, view: OrderView | undefined, done: Set<string>): boolean {
  const isRemembered = view?.timeline.some(({ what }) => what === `person.${UPDATES[verb]}`) === true;
  if (!isRemembered) return false;
  if (verb === 'cancel') return done.has(`${orderId} orderCancelled`);
  return verb !== 'packed' || done.has(`${orderId} trackingUploaded`) || done.has(`${orderId} labelBought`);
}

type Timer = { orderId: string; dueAt: number; actedAt: number };

async function timersOf({ temporalAddress, shopId }: Laboratory, lives: readonly Life[]): Promise<Timer[]> {
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection, namespace: defaultNamespace });
  try {
    const timers: Timer[] = [];
    for (const { dueAt, order } of lives) {
      if (dueAt === undefined) continue;
      const actedAt = await firstTurnAfter(client, orderWorkflowId(shopId, order.id), dueAt);
      timers.push({ orderId: order.id, dueAt, actedAt });
    }
    return timers;
  } finally {
    await connection.close();
  }
}

/** Every turn of an order acts on what is due: the first that began after an instant is when that was acted on. */
async function firstTurnAfter(client: Client, workflowId: string, dueAt: number): Promise<number> {
  const { events = [] } = await client.workflow.getHandle(workflowId).fetchHistory();
  let hasBegun = false;
  for (const event of events ?? []) {
    const at = instantOf(event.eventTime);
    if (event.workflowTaskStartedEventAttributes != null) hasBegun = at >= dueAt;
    else if (event.workflowTaskCompletedEventAttributes != null && hasBegun) return at;
  }
  return Infinity;
}

type Timestamp = { seconds?: unknown; nanos?: number | null };

/** Epoch milliseconds of a protobuf timestamp. */
const instantOf = (time: Timestamp | null | undefined): number =>
  Math.round(Number(time?.seconds ?? 0) * 1_000 + (time?.nanos ?? 0) / 1_000_000);

/** Late by its own delay, and by what has gone by since a part came back last. */
function isLate({ dueAt, actedAt }: Timer, outages: readonly Outage[]): boolean {
  const lastUpAt = Math.max(dueAt, ...outages.map(({ upAt }) => upAt).filter((upAt) => upAt <= actedAt));
  return actedAt - lastUpAt > LATE_MS;
}
