import { setTimeout as pause } from 'node:timers/promises';
import type { OrderView } from '../../domain/order/view';
import { sampleOrder, type SampleOrder } from '../../stories/sample-order';
import { platformShipping } from '../../stories/moves';
import type { LedgerLine } from '../../stories/stage';
import { chaosWords } from '../../words/chaos';
import type { Chance } from './chance';
import type { Laboratory } from './laboratory';
import { insist } from './people';

/** What happens to an order. */
export type Kind = 'seller' | 'platform' | 'held' | 'late' | 'buyerCancels' | 'sellerCancels';

type Verb = 'packed' | 'handed-over' | 'hold' | 'release' | 'cancel';

/** What a person ordered and was told yes to. */
export type Accepted = { orderId: string; verb: Verb };

/** One order of the laboratory. `dueAt`: of an order that is packed only after its deadline, epoch milliseconds. */
export type Life = {
  kind: Kind;
  order: SampleOrder;
  accepted: Accepted[];
  dueAt?: number;
  /** Why it did not come to its end. */
  stuck?: string;
};

/** The end that each kind must come to. */
export const ENDS: Record<Kind, string> = {
  seller: 'delivered',
  platform: 'delivered',
  held: 'delivered',
  late: 'delivered',
  buyerCancels: 'buyerCancelled',
  sellerCancels: 'sellerCancelled',
};

const MIX: readonly Kind[] = [
  ...(['seller', 'platform', 'seller', 'late', 'buyerCancels'] as const),
  ...(['seller', 'held', 'platform', 'sellerCancels', 'seller'] as const),
];

/** When a late order is due after it was placed. */
const DUE_MS = { least: 40_000, most: 90_000 } as const;
const LOOK_MS = 1_500;
const PATIENCE_MS = 120_000;
const REFUSED = 409;

type Labor = Pick<Laboratory, 'apiUrl' | 'sandboxUrl' | 'shopId'>;

export const kindOf = (index: number): Kind => MIX[index % MIX.length] as Kind;

/** Places one order and lives its life; what goes wrong stands in it, nothing is thrown. */
export async function live(lab: Labor, life: Life, chance: Chance): Promise<void> {
  try {
    await control(lab, 'PUT', `/orders/${life.order.id}`, life.order);
    await LIVES[life.kind](lab, life, chance);
    const isOver = async (): Promise<boolean> => ((await viewOf(lab, life.order.id))?.outcome ?? null) !== null;
    await until('the order is over', isOver);
  } catch (error) {
    const view = await viewOf(lab, life.order.id).catch(() => undefined);
    life.stuck = `${error instanceof Error ? error.message : String(error)} ${placeOf(view)}`;
  }
}

export function newLife(kind: Kind, order: { id: string }, chance: Chance): Life {
  const createdAt = Date.now();
  const dueAt = createdAt + chance.between(DUE_MS.least, DUE_MS.most);
  const more = {
    ...order,
    status: 'AWAITING_SHIPMENT',
    ...(kind === 'platform' ? platformShipping : {}),
    ...(kind === 'late' ? { rts_sla_time: Math.floor(dueAt / 1_000) } : {}),
  };
  const life: Life = { kind, order: sampleOrder({ createdAt, ...more }), accepted: [] };
  return kind === 'late' ? { ...life, dueAt: Math.floor(dueAt / 1_000) * 1_000 } : life;
}

/** Where an order stands that did not come to its end: everything that it might be waiting for. */
const placeOf = (view: OrderView | undefined): string =>
  JSON.stringify(
    view && {
      phase: view.phase,
      underWay: view.underWay,
      nextWakeAt: view.nextWakeAt,
      toDo: view.toDo,
      parcels: Object.values(view.packages).map(({ label, manifest, tracking }) => [
        ...[label.status, label.reason ?? null, manifest.status, tracking.meaning],
      ]),
    },
  );

type Lived = (lab: Labor, life: Life, chance: Chance) => Promise<void>;

const LIVES: Record<Kind, Lived> = {
  seller: (lab, life) => ships(lab, life),
  platform: (lab, life) => ships(lab, life),
  held: async (lab, life, chance) => {
    await isToPack(lab, life);
    await orders(lab, life, 'hold');
    await pause(chance.below(5_000));
    await orders(lab, life, 'release');
    await ships(lab, life);
  },
  late: async (lab, life) => {
    const hasPassed = ({ timeline }: OrderView): boolean => timeline.some(({ what }) => what === 'deadlinePassed');
    await pause(Math.max(0, (life.dueAt ?? 0) - Date.now()));
    await until('the deadline is acted on', () => isSo(lab, life, hasPassed));
    await ships(lab, life);
  },
  buyerCancels: async (lab, life, chance) => {
    if (chance.below(2) === 0) await until('a label is bought', () => hasDone(lab, life, 'labelBought'));
    else await pause(chance.below(6_000));
    await control(lab, 'POST', `/orders/${life.order.id}/buyer-cancel`, {});
  },
  sellerCancels: async (lab, life, chance) => {
    await isToPack(lab, life);
    await pause(chance.below(4_000));
    await orders(lab, life, 'cancel');
  },
};

/** Packed, given away, scanned and delivered, each when the one before has had its effect. */
async function ships(lab: Labor, life: Life): Promise<void> {
  const { id } = life.order;
  await isToPack(lab, life);
  await orders(lab, life, 'packed');
  const effect = life.kind === 'platform' ? 'labelBought' : 'trackingUploaded';
  await until(effect, () => hasDone(lab, life, effect));
  await until('it may be given away', () => isSo(lab, life, mayBeGivenAway));
  await orders(lab, life, 'handed-over');
  await control(lab, 'POST', `/orders/${id}/carrier`, { status: 'in_transit' });
  await control(lab, 'POST', `/orders/${id}/carrier`, { status: 'delivered' });
  await control(lab, 'POST', `/orders/${id}/status`, { status: 'COMPLETED' });
}

/** Parcels leave with their form, where their carrier has one. */
const mayBeGivenAway = ({ phase, packages }: OrderView): boolean =>
  phase === 'awaitingHandover' &&
  Object.values(packages).every(
    ({ label: { handle }, manifest }) => handle?.from === 'platform' || AFTER_FORM.includes(manifest.status),
  );

const AFTER_FORM = ['formed', 'leftOff', 'noForm'];

const isToPack = (lab: Labor, life: Life): Promise<void> =>
  until('the order is read and to be packed', () =>
    isSo(lab, life, ({ phase, agenda }) => phase === 'toPack' && agenda.length > 0),
  );

/** One order of a person's, under one key however often it is asked. A refusal may be of the moment: then it is ordered anew. */
async function orders(lab: Labor, { order: { id }, accepted }: Life, verb: Verb): Promise<void> {
  for (let turn = 1; ; turn += 1) {
    const url = `${lab.apiUrl}/v1/orders/${lab.shopId}/${id}/${verb}`;
    const { status, body } = await insist({ method: 'POST', url, key: `${id}-${verb}-${turn}`, body: {} });
    if (status === 200 || status === 202) return void accepted.push({ orderId: id, verb });
    if (status !== REFUSED || turn === 5) throw new Error(chaosWords.refused(verb, status, JSON.stringify(body)));
    await pause(LOOK_MS);
  }
}

async function isSo(lab: Labor, { order }: Life, check: (view: OrderView) => boolean): Promise<boolean> {
  const view = await viewOf(lab, order.id);
  return view !== undefined && check(view);
}

/** Undefined while nobody has heard of it. */
export async function viewOf({ apiUrl, shopId }: Labor, orderId: string): Promise<OrderView | undefined> {
  const { status, body } = await insist({ method: 'GET', url: `${apiUrl}/v1/orders/${shopId}/${orderId}` });
  return status === 200 ? (body as OrderView) : undefined;
}

async function hasDone(lab: Labor, { order }: Life, kind: string): Promise<boolean> {
  const lines = await ledgerOf(lab, `?order=${order.id}`);
  return lines.some((line) => line.kind === kind);
}

export async function ledgerOf(
  lab: Labor,
  query = '',
): Promise<(LedgerLine & { orders?: string[]; shipments?: number })[]> {
  const { data } = (await control(lab, 'GET', `/ledger${query}`)) as { data: LedgerLine[] };
  return data;
}

async function control(
  { sandboxUrl, shopId }: Labor,
  method: 'GET' | 'POST' | 'PUT',
  ...[path, body]: [string, unknown?]
): Promise<unknown> {
  const url = `${sandboxUrl}/control/shops/${shopId}${path}`;
  const answer = await insist({ method, url, body });
  if (answer.status < 300) return answer.body;
  throw new Error(chaosWords.refused(`${method} ${path}`, answer.status, JSON.stringify(answer.body)));
}

async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const begunAt = Date.now();
  while (!(await isTrue())) {
    if (Date.now() - begunAt > PATIENCE_MS) throw new Error(chaosWords.notSo(what, Date.now() - begunAt));
    await pause(LOOK_MS);
  }
}
