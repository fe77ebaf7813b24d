import type { Answer, OrderNotice } from './event';
import type { OrderFacts, PlatformStatus } from './facts';
import { rankOf } from './milestones';
import { raise, remember, settle } from './record';
import { firstPackages, type OrderState } from './state';

/** An order that cannot be read hears no more than this; what it missed it will read. */
const MOST_EARLY_NOTICES = 20;
/** A notice takes a while: reading the order at the very instant of a change would ask twice for one answer. */
const NOTICE_GRACE_MS = 5 * 60_000;

/**
 * Folds the platform's dated word in by its own time. Its clock has seconds, so two changes may share an instant: then
 * the further one is the later. A newer word that leads back is not believed unread.
 */
export function foldNotice(state: OrderState, notice: OrderNotice): void {
  if (state.facts === undefined) state.early = [...state.early, notice].slice(-MOST_EARLY_NOTICES);
  else if (notice.status === undefined) state.mustReread = true;
  else foldStatus(state, notice.status, notice.at);
}

function foldStatus(state: OrderState, status: PlatformStatus, at: number): void {
  const facts = state.facts;
  if (facts === undefined || status === facts.status || at < facts.statusAt) return;
  if (rankOf(status) < rankOf(facts.status)) {
    if (at > facts.statusAt) state.mustReread = true;
    return;
  }
  facts.status = status;
  facts.statusAt = at;
  state.isPaused = false;
  state.look = { fruitless: 0 };
  noteStatus(state);
}

function noteStatus(state: OrderState): void {
  const facts = state.facts;
  if (facts === undefined) return;
  remember(state, { at: facts.statusAt, what: `platform.${facts.status}` });
  if (facts.status === 'delivered') state.deliveredAt ??= facts.statusAt;
  // Who cancelled stands only in the order itself.
  if (facts.status === 'cancelled' && facts.cancelledBy === undefined) state.mustReread = true;
}

/** Folds a reading of the order in: the newest word on everything but what is older than a notice we already have. */
export function foldLoaded(state: OrderState, answer: Extract<Answer, { kind: 'loaded' }>, at: number): void {
  const known = state.facts;
  if (known === undefined) state.packages = firstPackages(answer.facts.itemIds);
  const isChanged = takeFacts(state, answer.facts);
  if (answer.plan !== undefined) adoptPlan(state, answer.plan, at);
  if (isChanged) noteStatus(state);
  followPlatformTimes(state, answer.facts.platformTimes);
  noteCancelRequest(state, at);
  adoptTracking(state, answer.facts);
  // What was said before the first reading counts as far as it is newer.
  for (const notice of state.early.splice(0)) foldNotice(state, notice);
}

/** Whether the reading brought a new status. One that is older than a notice tells all but that. */
function takeFacts(state: OrderState, read: OrderFacts): boolean {
  const known = state.facts;
  if (known !== undefined && read.statusAt < known.statusAt) {
    state.facts = { ...read, status: known.status, statusAt: known.statusAt };
    return false;
  }
  state.facts = read;
  if (known?.status === read.status) return false;
  state.isPaused = false;
  state.look = { fruitless: 0 };
  return true;
}

/** The platform names some of its deadlines only after the hold, and moves them: its newest word is what is due. */
export function followPlatformTimes(state: OrderState, times: OrderFacts['platformTimes']): void {
  if (state.facts !== undefined) state.facts.platformTimes = times;
  for (const deadline of state.plan?.deadlines ?? []) {
    const platformAt = times[deadline.name];
    if (platformAt === deadline.platformAt) continue;
    if (platformAt === undefined) delete deadline.platformAt;
    else deadline.platformAt = platformAt;
    // Warnings and lateness count anew from the new instant.
    state.fired = state.fired.filter((mark) => mark !== deadline.name && !mark.startsWith(`${deadline.name}:`));
    state.attention = state.attention.filter(({ about }) => about !== deadline.name);
  }
}

function adoptPlan(
  state: OrderState,
  plan: NonNullable<Extract<Answer, { kind: 'loaded' }>['plan']>,
  at: number,
): void {
  state.plan = plan;
  remember(state, { at, what: 'planned', about: `${plan.policySet} ${plan.policyVersion}` });
  const isOnHold = state.facts !== undefined && rankOf(state.facts.status) <= rankOf('onHold');
  if (isOnHold) state.look = { at: plan.holdEndsAt + NOTICE_GRACE_MS, fruitless: 0 };
  settle(state, 'unknownPolicy');
  // Nobody would be warned of anything.
  if (plan.deadlines.length === 0) raise(state, { kind: 'noRules', at, about: plan.policySet });
}

function noteCancelRequest(state: OrderState, at: number): void {
  if (state.facts?.cancelRequested !== true) return settle(state, 'cancelRequested');
  raise(state, { kind: 'cancelRequested', at, about: state.orderId });
}

/** Numbers are written with and without blanks, and USPS's with the ZIP code that its barcode begins with. */
const sameNumber = (a: string, b: string): boolean => {
  const plain = (number: string): string => number.replace(/[^0-9A-Za-z]/g, '').replace(/^420\d{5}(?=9\d{21}$)/, '');
  return plain(a) === plain(b);
};

/** A tracking number that another tool put there is taken as ours, and our own label is never bought (safety rule 3). */
function adoptTracking(state: OrderState, facts: OrderFacts): void {
  const { tracking } = facts;
  if (tracking === undefined) return;
  for (const parcel of Object.values(state.packages)) {
    const { label, upload } = parcel;
    const isOurs = label.trackingNumber !== undefined && sameNumber(label.trackingNumber, tracking.number);
    if (upload.status === 'done') {
      if (!isOurs) raise(state, { kind: 'otherTracking', at: facts.statusAt, about: tracking.number });
    } else if (isOurs) {
      parcel.upload = { status: 'done', at: facts.statusAt };
    } else if (tracking.own !== undefined) {
      parcel.label = { ...tracking.own, status: 'bought', trackingNumber: tracking.number, carrier: tracking.carrier };
      parcel.upload = { status: 'done', at: facts.statusAt };
    } else if (label.status !== 'bought' && label.status !== 'unknown') {
      const { number: trackingNumber, carrier } = tracking;
      parcel.label = { ...label, status: 'adopted', trackingNumber, carrier };
      parcel.upload = { status: 'done', at: facts.statusAt };
      remember(state, { at: facts.statusAt, what: 'labelAdopted', about: trackingNumber });
    }
  }
}
