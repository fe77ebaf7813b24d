import type { AppealNews, AppealNotice, AppealStatus } from '../appeal/appeal';
import { dueAt } from './facts';
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
  return isTerminal(state.phase) ? undefined : scannedAt + (state.plan?.stallMs ?? STALL_MS);
}

/** Silence for so long after the scan opens a case. Whether it is filed is for a broken limit to say. */
export function noteStall(state: OrderState, key: string, at: number): void {
  const parcel = state.packages[key];
  if (parcel === undefined || parcel.appeal !== undefined) return;
  parcel.appeal = { status: 'opening', openedAt: at, told: [] };
  raise(state, { kind: 'stalled', at, about: parcel.label.trackingNumber ?? key });
  remember(state, { at, what: 'stalled', about: parcel.label.trackingNumber ?? key });
}

/** What the case of a parcel has not been told yet. */
export function caseNews(state: OrderState, key: string, parcel: Package): AppealNews[] {
  const { appeal } = parcel;
  if (appeal === undefined || isClosed(appeal.status)) return [];
  const opened = openedNews(state, key, parcel);
  const news = [
    ...(opened === undefined ? [] : [opened]),
    ...brokenNews(state, parcel, appeal.openedAt),
    ...movedNews(state, parcel, appeal.openedAt),
  ];
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
    },
  };
}

/** A limit that passed while the carrier was silent, or the platform's own cancel for it. A target alone files nothing. */
function brokenNews(state: OrderState, parcel: Package, openedAt: number): AppealNews[] {
  const broken = state.plan?.deadlines.find(
    ({ name, severity, metBy }) =>
      severity === 'limit' &&
      metBy === 'acceptanceScan' &&
      state.fired.includes(name) &&
      (state.met[name] === undefined || isMetLate(state, name)),
  );
  if (broken !== undefined)
    return [{ kind: 'limitBroken', at: Math.max(openedAt, dueAt(broken)), deadline: broken.name }];
  const { facts } = state;
  if (facts?.status !== 'cancelled' || facts.cancelledBy !== 'platform' || parcel.tracking.acceptedAt !== undefined) {
    return [];
  }
  return [{ kind: 'limitBroken', at: facts.statusAt, deadline: 'platformCancel' }];
}

const isMetLate = (state: OrderState, name: string): boolean => {
  const deadline = state.plan?.deadlines.find((one) => one.name === name);
  return deadline !== undefined && (state.met[deadline.name] ?? Infinity) >= dueAt(deadline);
};

/** It moves after all; or the order is over for another reason, and there is nothing to recover. */
function movedNews(state: OrderState, parcel: Package, openedAt: number): AppealNews[] {
  const at = Math.max(openedAt, parcel.tracking.acceptedAt ?? state.facts?.statusAt ?? openedAt);
  if (isMoving(state, parcel)) return [{ kind: 'moved', at }];
  return isTerminal(state.phase) && state.facts?.cancelledBy !== 'platform' ? [{ kind: 'over', at }] : [];
}

/** Folds in what the case says of itself. */
export function foldAppeal(state: OrderState, notice: AppealNotice): void {
  const parcel = Object.entries(state.packages).find(([key]) => notice.caseKey === `${state.orderId}-${key}`)?.[1];
  if (parcel?.appeal === undefined) return;
  parcel.appeal.status = notice.status;
  if (notice.caseNumber !== undefined) parcel.appeal.caseNumber = notice.caseNumber;
  remember(state, { at: notice.at, what: `appeal.${notice.status}`, about: notice.caseNumber ?? '' });
  if (isClosed(notice.status)) settle(state, 'stalled');
}
