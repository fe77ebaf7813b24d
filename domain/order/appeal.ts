import type { AppealNews, AppealNotice, AppealStatus } from '../appeal/appeal';
import { dueAt } from './facts';
import { isMoving } from './possession';
import { remember, settle } from './record';
import { isBroken, isOverOtherwise, scanOf, uncollectedLimit } from './stall';
import type { OrderState, Package } from './state';

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

/** A case of its own, or that of all parcels which stalled on its form. */
export function formOfCase({ edition }: OrderState, { appeal, manifest }: Package): FormOfCase | undefined {
  const { id, form } = manifest;
  const isOfForm = edition >= 5 && appeal?.cause === undefined;
  return isOfForm && id !== undefined && form !== undefined ? { manifest: id, formId: form } : undefined;
}

export type FormOfCase = { manifest: string; formId: string };

function openedNews(state: OrderState, key: string, parcel: Package): AppealNews | undefined {
  const { appeal, manifest } = parcel;
  const scan = scanOf(state, parcel);
  if (appeal === undefined || !isShown(appeal.cause, manifest.id, scan)) return undefined;
  return {
    kind: 'opened',
    at: appeal.openedAt,
    opening: {
      shopId: state.shopId,
      orderId: state.orderId,
      package: key,
      ...namesOf(parcel),
      policySet: state.plan?.policySet ?? '',
      ...(scan === undefined ? {} : { scannedAt: scan.at }),
      ...(scan?.by === undefined ? {} : { scanBy: scan.by }),
      stalledAt: appeal.openedAt,
      ...(appeal.cause === undefined ? {} : { cause: appeal.cause }),
    },
  };
}

/** What an order may not know is empty: a case without it is weak, and is a case all the same. */
const namesOf = ({ label, manifest }: Package) => ({
  trackingNumber: label.trackingNumber ?? '',
  carrier: label.carrier ?? '',
  manifest: manifest.id ?? '',
  formId: manifest.form ?? '',
});

type Cause = NonNullable<Package['appeal']>['cause'];

/** What was never collected was never scanned, and what was lost on its way may have been scanned piece by piece. */
const isShown = (cause: Cause, manifest: string | undefined, scan: object | undefined): boolean =>
  cause === 'lost' || cause === 'notCollected' || (manifest !== undefined && scan !== undefined);

/**
 * A limit that passed while the carrier was silent, or the platform's own cancel for it: where the form was scanned before. A
 * target alone files nothing, and what was scanned too late was the seller's own fault.
 */
function brokenNews(state: OrderState, parcel: Package): AppealNews[] {
  const { appeal } = parcel;
  if (appeal?.cause === 'lost') return [{ kind: 'limitBroken', at: appeal.openedAt, deadline: 'trackingLost' }];
  if (appeal?.cause === 'notCollected') {
    const limit = uncollectedLimit(state, parcel);
    return limit === undefined ? [] : [{ kind: 'limitBroken', at: limit.at, deadline: limit.name }];
  }
  const scannedAt = scanOf(state, parcel)?.at ?? Infinity;
  const broken = brokenAfter(state, scannedAt);
  return broken === undefined ? cancelledNews(state, parcel, scannedAt) : [broken];
}

function brokenAfter(state: OrderState, at: number): AppealNews | undefined {
  const broken = state.plan?.deadlines.find((deadline) => isBroken(state, deadline) && at < dueAt(deadline));
  return broken && { kind: 'limitBroken', at: dueAt(broken), deadline: broken.name };
}

function cancelledNews({ facts }: OrderState, { tracking, appeal }: Package, scannedAt: number): AppealNews[] {
  const isCancelled = facts?.status === 'cancelled' && facts.cancelledBy === 'platform' && scannedAt < facts.statusAt;
  if (!isCancelled) return [];
  if (appeal?.cause === 'cancelled')
    return [{ kind: 'limitBroken', at: facts.statusAt, deadline: 'platformCancelAfterScan' }];
  return tracking.acceptedAt === undefined
    ? [{ kind: 'limitBroken', at: facts.statusAt, deadline: 'platformCancel' }]
    : [];
}

/** It moves after all; or the order is over for another reason, and there is nothing to recover. */
function movedNews(state: OrderState, parcel: Package): AppealNews[] {
  const { tracking, appeal } = parcel;
  if (appeal?.cause === 'lost') return tracking.at > appeal.openedAt ? [{ kind: 'moved', at: tracking.at }] : [];
  const at = tracking.acceptedAt ?? state.facts?.statusAt ?? 0;
  if (isMoving(state, parcel)) return [{ kind: 'moved', at }];
  return isOverOtherwise(state) ? [{ kind: 'over', at }] : [];
}

/** Folds in what the case says of itself. */
export function foldAppeal(state: OrderState, notice: AppealNotice): void {
  const parcel = parcelOf(state, notice);
  if (parcel?.appeal === undefined || parcel.appeal.former?.includes(notice.caseKey) === true) return;
  if (notice.status === 'nextCase') return goToNextCase(parcel.appeal, notice);
  parcel.appeal.status = notice.status;
  if (notice.caseNumber !== undefined) parcel.appeal.caseNumber = notice.caseNumber;
  remember(state, { at: notice.at, what: `appeal.${notice.status}`, about: notice.caseNumber ?? '' });
  // From here on the case has tasks of its own.
  if (notice.status !== 'gathering' && notice.status !== 'ready')
    settle(state, 'stalled', 'trackingLost', 'notCollected');
}

/** The name comes from a message: `__proto__` is no parcel. */
function parcelOf({ orderId, packages }: OrderState, { caseKey, package: key }: AppealNotice): Package | undefined {
  if (key !== undefined) return Object.hasOwn(packages, key) ? packages[key] : undefined;
  return Object.entries(packages).find(([name]) => caseKey === `${orderId}-${name}`)?.[1];
}

/** The case was filed without it, and says nothing of it any more: another is told all of it. */
function goToNextCase(appeal: NonNullable<Package['appeal']>, { caseKey }: AppealNotice): void {
  appeal.former = [...(appeal.former ?? []), caseKey];
  appeal.status = 'opening';
  appeal.told = [];
  delete appeal.caseKey;
}
