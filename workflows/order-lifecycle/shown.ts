import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { nextDeadline } from '../../domain/order/agenda';
import { dueAt } from '../../domain/order/facts';
import { holdEndsAt } from '../../domain/order/look';
import type { Edition, OrderState } from '../../domain/order/state';
import { pageOf } from '../../domain/order/view';
import { searchAttributes } from '../messages';
import type { Order } from './order';

/** What lists are filtered by. A change of these, and of nothing else, is worth a write to the visibility store. */
export type ShownAttributes = {
  phase: string;
  attention: string;
  nextKind: string | null;
  nextAt: number | null;
  /** These ride along with a change of the others. */
  policySet: string | null;
  shipFrom: string | null;
  carrier: string | null;
  trackingNumbers: string[];
};

/** `handedOver` changes no list: the same deadline runs until the carrier's first scan. It is shown with the next change. */
const shownPhase = (phase: string): string => (phase === 'handedOver' ? 'awaitingHandover' : phase);

function toShow(state: OrderState): ShownAttributes {
  const attention = mostPressing(state)?.kind ?? (state.heldBy === undefined ? 'none' : 'held');
  const labels = Object.values(state.packages).map(({ label }) => label);
  return {
    phase: shownPhase(state.phase),
    attention,
    ...nextToShow(state),
    policySet: state.plan?.policySet ?? null,
    shipFrom: state.plan?.shipFrom ?? null,
    carrier: labels[0]?.carrier ?? null,
    trackingNumbers: labels.flatMap(({ trackingNumber }) => trackingNumber ?? []),
  };
}

/** The newest line, but what is late comes before what is near. */
const mostPressing = ({ attention, edition }: OrderState): OrderState['attention'][number] | undefined =>
  (edition >= 2 ? attention.findLast(({ kind }) => kind === 'deadlinePassed') : undefined) ?? attention.at(-1);

/** On the buyer's hold the end of the hold is what comes next; after that, the earliest open deadline. */
function nextToShow(state: OrderState): Pick<ShownAttributes, 'nextKind' | 'nextAt'> {
  if (state.phase === 'onHold' && state.plan !== undefined) {
    return { nextKind: 'holdEnds', nextAt: holdEndsAt(state) };
  }
  const next = nextDeadline(state);
  return next === undefined ? { nextKind: null, nextAt: null } : { nextKind: next.name, nextAt: dueAt(next) };
}

/** Shows the order to people: the page of the Temporal UI at every turn, the list columns when they change. */
export function show(order: Order): void {
  setCurrentDetails(pageOf(order.state));
  if (order.state.plan === undefined && order.state.attention.length === 0) return;
  const now = toShow(order.state);
  order.shown ??= shownAtStart();
  if (isSame(order.shown, now, order.state.edition)) return;
  upsertSearchAttributes(changedAttributes(order.shown, now));
  order.shown = now;
}

/** What the order was started with, or its last run left: a hold that was announced needs no second write. */
function shownAtStart(): ShownAttributes {
  const known = workflowInfo().typedSearchAttributes;
  return {
    phase: known.get(searchAttributes.phase) ?? '',
    attention: known.get(searchAttributes.attention) ?? 'none',
    nextKind: known.get(searchAttributes.nextDeadlineKind) ?? null,
    nextAt: known.get(searchAttributes.nextDeadlineAt)?.getTime() ?? null,
    policySet: known.get(searchAttributes.policySet) ?? null,
    shipFrom: known.get(searchAttributes.shipFrom) ?? null,
    carrier: known.get(searchAttributes.carrier) ?? null,
    trackingNumbers: known.get(searchAttributes.trackingNumbers) ?? [],
  };
}

/** An order that closes after its delivery leaves the lists of open orders by itself: that needs no write of its own. */
const isSamePhase = (before: string, now: string): boolean =>
  before === now || (before === 'delivered' && now === 'closed');

const isSame = (before: ShownAttributes, now: ShownAttributes, edition: Edition): boolean =>
  isSamePhase(before.phase, now.phase) &&
  before.attention === now.attention &&
  before.nextKind === now.nextKind &&
  (before.nextAt === now.nextAt || isSameHold(before, now, edition));

/** A hold is announced before the order is read, and then differs by seconds; that of a pre-order by weeks. */
const isSameHold = (before: ShownAttributes, now: ShownAttributes, edition: Edition): boolean =>
  now.nextKind === 'holdEnds' && (edition < 2 || Math.abs((now.nextAt ?? 0) - (before.nextAt ?? 0)) < HOLD_ROUNDING_MS);

const HOLD_ROUNDING_MS = 10 * 60_000;

type Pairs = SearchAttributeUpdatePair[];

/** Only what changed: each attribute that is written again stands in history again. */
function changedAttributes(before: ShownAttributes, now: ShownAttributes): Pairs {
  const pairs: [keyof ShownAttributes, Pairs[number]][] = [
    ['phase', { key: searchAttributes.phase, value: now.phase }],
    ['attention', { key: searchAttributes.attention, value: now.attention }],
    ['nextKind', { key: searchAttributes.nextDeadlineKind, value: now.nextKind }],
    ['nextAt', { key: searchAttributes.nextDeadlineAt, value: now.nextAt === null ? null : new Date(now.nextAt) }],
    ['policySet', { key: searchAttributes.policySet, value: now.policySet }],
    ['shipFrom', { key: searchAttributes.shipFrom, value: now.shipFrom }],
    ['carrier', { key: searchAttributes.carrier, value: now.carrier }],
    ['trackingNumbers', { key: searchAttributes.trackingNumbers, value: now.trackingNumbers }],
  ];
  const changed = pairs.filter(([name]) => String(before[name]) !== String(now[name])).map(([, pair]) => pair);
  return [...changed, { key: searchAttributes.changedAt, value: new Date(Date.now()) }];
}
