import type { AppealNews, AppealNotice, AppealStatus } from '../appeal/appeal';
import { dueAt, type Deadline } from './facts';
import { isMoving } from './possession';
import { raise, remember, settle } from './record';
import { isTerminal } from './phase';
import type { OrderState, Package } from './state';

const HOUR_MS = 3_600_000;
/** How long tracking may stand still after the form was scanned, where the plan does not say. */
const STALL_MS = 48 * HOUR_MS;

/** When a parcel counts as stalled: so long after the scan that a person showed, never after the form's making. */
export function stallsAt(state: OrderState, parcel: Package): number | undefined {
  const { scannedAt } = parcel.manifest;
  if (scannedAt === undefined || parcel.appeal !== undefined || isMoving(state, parcel)) return undefined;
  // A cancel by the platform is what an appeal is for: the silence is counted to its end all the same.
  return isOverOtherwise(state) ? undefined : scannedAt + (state.plan?.stallMs ?? STALL_MS);
}

/** Over, and not by the platform's own cancel. Who cancelled stands in the order itself: until it is read nobody has. */
const isOverOtherwise = ({ phase, facts }: OrderState): boolean =>
  isTerminal(phase) && !(facts?.status === 'cancelled' && (facts.cancelledBy ?? 'platform') === 'platform');

/** Silence for so long after the scan opens a case. Whether it is filed is for a broken limit to say. */
export function noteStall(state: OrderState, key: string, at: number): void {
  const parcel = state.packages[key];
  if (parcel === undefined || parcel.appeal !== undefined) return;
  parcel.appeal = { status: 'opening', openedAt: at, told: [] };
  raise(state, { kind: 'stalled', at, about: parcel.label.trackingNumber ?? key });
  remember(state, { at, what: 'stalled', about: parcel.label.trackingNumber ?? key });
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
function wasCancelledWithCarrier(state: OrderState, { manifest, tracking }: Package): boolean {
  const cancelledAt = platformCancelledAt(state);
  return (
    cancelledAt !== undefined && (manifest.scannedAt ?? Infinity) < cancelledAt && tracking.acceptedAt !== undefined
  );
}

const platformCancelledAt = ({ facts }: OrderState): number | undefined =>
  facts?.status === 'cancelled' && facts.cancelledBy === 'platform' && facts.cancelledFor === undefined
    ? facts.statusAt
    : undefined;

/** What the case of a parcel has not been told yet. */
export function caseNews(state: OrderState, key: string, parcel: Package): AppealNews[] {
  const { appeal } = parcel;
  if (appeal === undefined || isClosed(appeal.status)) return [];
  const opened = openedNews(state, key, parcel);
  const news = [...(opened === undefined ? [] : [opened]), ...brokenNews(state, parcel), ...movedNews(state, parcel)];
  return news.filter(({ kind }) => !appeal.told.includes(kind));
}

const CLOSED: readonly (AppealStatus | 'opening')[] = ['won', 'unfiled', 'expired'];
const isClosed = (status: AppealStatus | 'opening'): boolean => CLOSED.includes(status);

function openedNews(state: OrderState, key: string, { appeal, label, manifest }: Package): AppealNews | undefined {
  const { id, form, scannedAt } = manifest;
  if (appeal === undefined || id === undefined || scannedAt === undefined) return undefined;
  return {
    kind: 'opened',
    at: appeal.openedAt,
    opening: {
      shopId: state.shopId,
      orderId: state.orderId,
      package: key,
      trackingNumber: label.trackingNumber ?? '',
      carrier: label.carrier ?? '',
      policySet: state.plan?.policySet ?? '',
      manifest: id,
      formId: form ?? '',
      scannedAt,
      stalledAt: appeal.openedAt,
      ...(appeal.cause === undefined ? {} : { cause: appeal.cause }),
    },
  };
}

/**
 * A limit that passed while the carrier was silent, or the platform's own cancel for it: where the form was scanned before. A
 * target alone files nothing, and what was scanned too late was the seller's own fault.
 */
function brokenNews(state: OrderState, parcel: Package): AppealNews[] {
  const { scannedAt = Infinity } = parcel.manifest;
  const broken = state.plan?.deadlines.find((deadline) => isBroken(state, deadline) && scannedAt < dueAt(deadline));
  if (broken !== undefined) return [{ kind: 'limitBroken', at: dueAt(broken), deadline: broken.name }];
  return cancelledNews(state, parcel);
}

function cancelledNews({ facts }: OrderState, { tracking, manifest, appeal }: Package): AppealNews[] {
  const { scannedAt = Infinity } = manifest;
  const isCancelled = facts?.status === 'cancelled' && facts.cancelledBy === 'platform' && scannedAt < facts.statusAt;
  if (!isCancelled) return [];
  if (appeal?.cause === 'cancelled')
    return [{ kind: 'limitBroken', at: facts.statusAt, deadline: 'platformCancelAfterScan' }];
  return tracking.acceptedAt === undefined
    ? [{ kind: 'limitBroken', at: facts.statusAt, deadline: 'platformCancel' }]
    : [];
}

const isBroken = (state: OrderState, deadline: Deadline): boolean =>
  deadline.severity === 'limit' &&
  deadline.metBy === 'acceptanceScan' &&
  state.fired.includes(deadline.name) &&
  (state.met[deadline.name] ?? Infinity) >= dueAt(deadline);

/** It moves after all; or the order is over for another reason, and there is nothing to recover. */
function movedNews(state: OrderState, parcel: Package): AppealNews[] {
  const at = parcel.tracking.acceptedAt ?? state.facts?.statusAt ?? 0;
  if (isMoving(state, parcel)) return [{ kind: 'moved', at }];
  return isOverOtherwise(state) ? [{ kind: 'over', at }] : [];
}

/** Folds in what the case says of itself. */
export function foldAppeal(state: OrderState, notice: AppealNotice): void {
  const parcel = Object.entries(state.packages).find(([key]) => notice.caseKey === `${state.orderId}-${key}`)?.[1];
  if (parcel?.appeal === undefined) return;
  parcel.appeal.status = notice.status;
  if (notice.caseNumber !== undefined) parcel.appeal.caseNumber = notice.caseNumber;
  remember(state, { at: notice.at, what: `appeal.${notice.status}`, about: notice.caseNumber ?? '' });
  // From here on the case has tasks of its own.
  if (notice.status !== 'gathering' && notice.status !== 'ready') settle(state, 'stalled');
}
