import type { Label } from '../order/state';
import type { OrderView } from '../order/view';

/** What a batch needs to know of an order. */
export type JudgedOrder = Pick<
  OrderView,
  'phase' | 'outcome' | 'platformStatus' | 'heldBy' | 'packages' | 'underWay' | 'toDo'
> & { attention: readonly { kind: string }[] };

/** Why a member of a batch has no page; sentences are in the catalogue. */
export type BatchReason =
  | 'notFound'
  | 'cancelled'
  | 'ended'
  | 'cancelAsked'
  | 'held'
  | 'buyersHold'
  | 'refused'
  | 'adopted'
  | 'shared'
  | 'watched'
  | 'notApproved'
  | 'notPacked'
  | 'idle'
  | 'timeout'
  | 'unclear'
  | 'noFile'
  | 'otherFormat';

export type Judgement =
  { kind: 'open' } | { kind: 'ready'; labels: ReadyLabel[] } | { kind: 'failed'; reason: BatchReason; about?: string };

/** One parcel whose label is bought. `itemIds`: where the order goes in more than one. */
export type ReadyLabel = { package: string; attempt: number; itemIds?: string[] };

const OPEN: Judgement = { kind: 'open' };

const failed = (reason: BatchReason, about?: string): Judgement => ({
  kind: 'failed',
  reason,
  ...(about === undefined ? {} : { about }),
});

const hasAttention = (attention: JudgedOrder['attention'], kind: string): boolean =>
  attention.some((one) => one.kind === kind);

/** Whether it waits for a person's word before anything is bought. */
export const awaitsApproval = ({ attention }: JudgedOrder): boolean => hasAttention(attention, 'awaitsApproval');

/** Whether an order's labels can be printed, can never be, or are still to come. */
export function judge(order: JudgedOrder | undefined): Judgement {
  if (order === undefined || order.outcome === 'unknownOrder') return failed('notFound');
  return overOf(order) ?? labelled(order) ?? heldBack(order) ?? objected(order) ?? OPEN;
}

/** A parcel that is not to be sent must not get a label on it, nor one that the buyer may not want any more. */
function overOf({ phase, outcome, attention }: JudgedOrder): Judgement | undefined {
  if (phase === 'cancelled') return failed('cancelled');
  if (outcome !== null) return failed('ended');
  return hasAttention(attention, 'cancelRequested') ? failed('cancelAsked') : undefined;
}

/** Every parcel of ours has its label and none is about to be replaced. One that goes in another order's parcel needs none. */
function labelled({ packages, heldBy }: JudgedOrder): Judgement | undefined {
  const own = Object.entries(packages).filter(([, { label }]) => label.status !== 'shared');
  if (own.length === 0 || heldBy !== null || !own.every(([, { label }]) => isPrintable(label))) return undefined;
  const labels = own.map(([parcel, { label, itemIds }]) => ({
    package: parcel,
    attempt: label.attempt,
    ...(own.length > 1 ? { itemIds } : {}),
  }));
  return { kind: 'ready', labels };
}

const isPrintable = ({ status, replace }: Label): boolean => status === 'bought' && replace === undefined;

function heldBack({ heldBy, platformStatus }: JudgedOrder): Judgement | undefined {
  if (heldBy !== null) return failed('held', heldBy);
  return platformStatus === 'onHold' ? failed('buyersHold') : undefined;
}

function objected({ packages }: JudgedOrder): Judgement | undefined {
  const labels = Object.values(packages).map(({ label }) => label);
  const refused = labels.find(({ status }) => status === 'refused');
  if (refused !== undefined) return failed('refused', refused.reason);
  if (labels.some(({ status }) => status === 'adopted')) return failed('adopted');
  const shared = labels.find(({ status }) => status === 'shared');
  const others = labels.filter(({ status }) => status !== 'shared');
  if (shared === undefined || others.length > 0) return undefined;
  return failed('shared', shared.owner);
}

/**
 * Why an open order gets no label as things stand: nothing is under way that could bring one. Undefined where something is, where its
 * label is to be replaced, or where a purchase may still come to light.
 */
export function standstill({ underWay, packages, toDo }: JudgedOrder): Judgement | undefined {
  const parcels = Object.values(packages);
  const isMoving = parcels.some(({ label }) => label.replace !== undefined || label.status === 'unknown');
  if (underWay.length > 0 || isMoving) return undefined;
  // The platform counts an order whose label it sold as ready: it sells it once the parcel is packed.
  const isUnpacked = parcels.some(
    ({ label, packedAt }) => label.status === 'prepared' && label.handle?.from === 'platform' && packedAt === undefined,
  );
  return isUnpacked ? failed('notPacked') : failed('idle', toDo.at(-1));
}

/** Why it waited in vain. */
export const vainReason = (order: JudgedOrder | undefined): BatchReason =>
  order !== undefined && Object.values(order.packages).some(({ label }) => label.status === 'unknown')
    ? 'unclear'
    : 'timeout';
