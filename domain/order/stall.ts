import { dueAt, type Deadline } from './facts';
import { hasReached } from './milestones';
import { isTerminal } from './phase';
import { isMoving } from './possession';
import { raise, remember } from './record';
import type { OrderState, Package } from './state';

/** When the carrier's silence, or its absence, is a loss: what opens a case. */

const HOUR_MS = 3_600_000;
/** How long tracking may stand still after the form was scanned, where the plan does not say. */
const STALL_MS = 48 * HOUR_MS;

/** When the form of a parcel was scanned, and whose word that is: a person's report, or else the carrier's own. */
export type Scan = { at: number; by?: 'carrier' };

/**
 * The scan that the silence is counted from. Where nobody reported one it is the carrier's first acceptance of a piece on the
 * form: that is what a form's scan leaves. Making the form never is.
 */
export function scanOf({ edition }: OrderState, { manifest, tracking }: Package): Scan | undefined {
  if (manifest.scannedAt !== undefined) return { at: manifest.scannedAt };
  if (edition < 5 || manifest.status !== 'formed' || tracking.originAt === undefined) return undefined;
  return { at: tracking.originAt, by: 'carrier' };
}

/** When a parcel counts as stalled: so long after the scan, never after the form's making. */
export function stallsAt(state: OrderState, parcel: Package): number | undefined {
  const scan = scanOf(state, parcel);
  if (scan === undefined || parcel.appeal !== undefined || isMoving(state, parcel)) return undefined;
  // A cancel by the platform is what an appeal is for: the silence is counted to its end all the same.
  return isOverOtherwise(state) ? undefined : scan.at + (state.plan?.stallMs ?? STALL_MS);
}

/** Over, and not by the platform's own cancel. Who cancelled stands in the order itself: until it is read nobody has. */
export const isOverOtherwise = ({ phase, facts }: OrderState): boolean =>
  isTerminal(phase) && !(facts?.status === 'cancelled' && (facts.cancelledBy ?? 'platform') === 'platform');

/** Silence for so long after the scan opens a case. Whether it is filed is for a broken limit to say. */
export function noteStall(state: OrderState, key: string, at: number): void {
  const parcel = state.packages[key];
  if (parcel === undefined || parcel.appeal !== undefined) return;
  parcel.appeal = { status: 'opening', openedAt: at, told: [] };
  noteLoss(state, 'stalled', { at, about: parcel.label.trackingNumber ?? key });
}

function noteLoss(
  state: OrderState,
  kind: 'stalled' | 'trackingLost' | 'notCollected',
  { at, about }: { at: number; about: string },
): void {
  raise(state, { kind, at, about });
  remember(state, { at, what: kind, about });
}

/**
 * The platform cancels a parcel that was scanned and that the carrier has: for lack of tracking, or because it came too late.
 * That is the carrier's fault, and the scans that were kept show it.
 */
export function noteCancelledAfterHandover(state: OrderState, at: number): void {
  if (state.edition < 3) return;
  for (const parcel of Object.values(state.packages)) {
    if (parcel.appeal !== undefined || !wasCancelledWithCarrier(state, parcel)) continue;
    parcel.appeal = { status: 'opening', openedAt: at, cause: 'cancelled', told: [] };
    remember(state, { at, what: 'cancelledAfterHandover', about: parcel.label.trackingNumber ?? '' });
  }
}

/** Silence opens its own case, when it has lasted: here the carrier had it. */
function wasCancelledWithCarrier(state: OrderState, parcel: Package): boolean {
  const cancelledAt = platformCancelledAt(state);
  const scannedAt = scanOf(state, parcel)?.at ?? Infinity;
  return cancelledAt !== undefined && scannedAt < cancelledAt && parcel.tracking.acceptedAt !== undefined;
}

const platformCancelledAt = ({ facts }: OrderState): number | undefined =>
  facts?.status === 'cancelled' && facts.cancelledBy === 'platform' && facts.cancelledFor === undefined
    ? facts.statusAt
    : undefined;

/** What the carrier has no more to say of. */
const SETTLED: readonly Package['tracking']['meaning'][] = ['delivered', 'returned', 'lost'];

/** A parcel on its way of which nothing is heard for so long that the platform counts it as lost. */
export function lostAt(state: OrderState, { tracking, appeal }: Package): number | undefined {
  const lostMs = state.plan?.lostMs;
  const { acceptedAt, silentFrom = acceptedAt } = tracking;
  if (state.edition < 5 || lostMs === undefined || silentFrom === undefined) return undefined;
  // What stalled and moved after all may still be lost.
  const hasCase = appeal !== undefined && appeal.status !== 'unfiled';
  return hasCase || !isUnderWay(state, tracking) ? undefined : silentFrom + lostMs;
}

const isUnderWay = (state: OrderState, { meaning, isDoubted }: Package['tracking']): boolean =>
  isDoubted !== true && !SETTLED.includes(meaning) && !isTerminal(state.phase) && !hasReached(state, 'delivered');

/** An order is not told of every scan, only of those that mean something new: the last that was heard is looked up first. */
export function doubt(state: OrderState, key: string): void {
  const parcel = state.packages[key];
  if (parcel === undefined) return;
  parcel.tracking.isDoubted = true;
  state.mustReread = true;
}

/** The numbers of the parcels whose silence is looked up. */
export const doubtedIn = ({ packages }: OrderState): string[] =>
  Object.values(packages).flatMap(({ tracking, label }) =>
    tracking.isDoubted === true && label.trackingNumber !== undefined ? [label.trackingNumber] : [],
  );

/** Takes in when each was last heard of. The look is put off until so long after that, or the parcel is lost. */
export function foldHeard(state: OrderState, heardAt: Record<string, number>, at: number): void {
  const lostMs = state.plan?.lostMs ?? Infinity;
  for (const [key, parcel] of Object.entries(state.packages)) {
    const { tracking, label } = parcel;
    if (tracking.isDoubted !== true) continue;
    delete tracking.isDoubted;
    tracking.silentFrom = Math.max(tracking.at, heardAt[label.trackingNumber ?? ''] ?? 0);
    if (tracking.silentFrom + lostMs > at || SETTLED.includes(tracking.meaning)) continue;
    parcel.appeal = { status: 'opening', openedAt: at, cause: 'lost', told: [] };
    noteLoss(state, 'trackingLost', { at, about: label.trackingNumber ?? key });
  }
}

/**
 * It was packed and the carrier was to come for it, and a limit has passed without: the booking is kept, and whose fault it is
 * is for a person to argue. What is on a form may be with the carrier: of that the report of the form's scan is asked.
 */
export function noteNotCollected(state: OrderState, at: number): void {
  if (state.edition < 5 || state.handover?.method !== 'pickup') return;
  for (const [key, parcel] of Object.entries(state.packages)) {
    if (!isWaitingForCarrier(state, parcel) || uncollectedLimit(state, parcel) === undefined) continue;
    parcel.appeal = { status: 'opening', openedAt: at, cause: 'notCollected', told: [] };
    noteLoss(state, 'notCollected', { at, about: parcel.label.trackingNumber ?? key });
  }
}

const ON_A_LIST: readonly Package['manifest']['status'][] = ['joined', 'stays', 'formed', 'scanned'];

const isWaitingForCarrier = (state: OrderState, parcel: Package): boolean =>
  parcel.appeal === undefined &&
  parcel.handedOverAt === undefined &&
  !ON_A_LIST.includes(parcel.manifest.status) &&
  scanOf(state, parcel) === undefined &&
  !isMoving(state, parcel);

/** The limit that broke for want of a scan though it was packed before, or the platform's own cancel for it. */
export function uncollectedLimit(
  state: OrderState,
  { packedAt = Infinity }: Package,
): { name: string; at: number } | undefined {
  const broken = state.plan?.deadlines.find((deadline) => isBroken(state, deadline) && packedAt < dueAt(deadline));
  if (broken !== undefined) return { name: broken.name, at: dueAt(broken) };
  const cancelledAt = platformCancelledAt(state);
  return cancelledAt !== undefined && packedAt < cancelledAt ? { name: 'platformCancel', at: cancelledAt } : undefined;
}

/** A limit that passed without a scan of the piece. */
export const isBroken = (state: OrderState, deadline: Deadline): boolean =>
  deadline.severity === 'limit' &&
  deadline.metBy === 'acceptanceScan' &&
  state.fired.includes(deadline.name) &&
  (state.met[deadline.name] ?? Infinity) >= dueAt(deadline);
