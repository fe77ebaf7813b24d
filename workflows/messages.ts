import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { AppealNotice } from '../domain/appeal/appeal';
import type { ManifestNotice } from '../domain/manifest/manifest';
import type { OrderNotice, ParcelNotice, PersonsOrder, PersonsVerb, TrackingNotice } from '../domain/order/event';
import type { Edition, OrderState, Outcome, Verdict } from '../domain/order/state';
import type { DeadlineView, OrderView } from '../domain/order/view';

/** Names, ids and shapes of all that passes between the rooms and a workflow. Each is defined once, here. */

/** One order, one workflow, for ever: the id is never used again while its history is kept. */
export const orderWorkflowId = (shopId: string, orderId: string): string => `order:${shopId}:${orderId}`;

export const ORDER_LIFECYCLE = 'orderLifecycle';
export const ORDER_LOOKUP = 'orderLookup';

export type OrderInput = {
  shopId: string;
  orderId: string;
  /** Absent in orders that were begun before there was one. See decision 6. */
  edition?: Edition;
  /** What a run that became too long hands to the next. */
  carried?: OrderState;
};

/** What stays in history when an order is over; the rest is in its dossier. */
export type OrderResult = {
  outcome: Outcome;
  endedAt: string;
  deadlines: Pick<DeadlineView, 'name' | 'met'>[];
  dossier: string | null;
};

/** Says whether the platform knows an order, for a caller that may not read the platform itself. */
export type LookupInput = { shopId: string; orderId: string };

export const orderChanged = defineSignal<[OrderNotice]>('orderChanged');
export const trackingChanged = defineSignal<[TrackingNotice]>('trackingChanged');

/** What the manifest of its day says of one of its parcels. */
export const manifestChanged = defineSignal<[ManifestNotice]>('manifestChanged');
/** What its appeal says. */
export const appealChanged = defineSignal<[AppealNotice]>('appealChanged');

/** What the order that owns a common parcel says. */
export const parcelShared = defineSignal<[ParcelNotice]>('parcelShared');
/** An order that is to go in a parcel of this one asks what becomes of it. */
export const parcelAsked = defineSignal<[{ at: number; member: string }]>('parcelAsked');

export const orderState = defineQuery<OrderView>('orderState');

/** People's orders, by name: each is an update that answers with a verdict. */
export const personsUpdates: Record<PersonsVerb, ReturnType<typeof definePersonsUpdate>> = {
  approveOrder: definePersonsUpdate('approveOrder'),
  markPacked: definePersonsUpdate('markPacked'),
  undoPacked: definePersonsUpdate('undoPacked'),
  markHandedOver: definePersonsUpdate('markHandedOver'),
  rescheduleHandover: definePersonsUpdate('rescheduleHandover'),
  splitOrder: definePersonsUpdate('splitOrder'),
  chooseLabel: definePersonsUpdate('chooseLabel'),
  holdOrder: definePersonsUpdate('holdOrder'),
  releaseOrder: definePersonsUpdate('releaseOrder'),
  cancelOrder: definePersonsUpdate('cancelOrder'),
  approveCancel: definePersonsUpdate('approveCancel'),
  rejectCancel: definePersonsUpdate('rejectCancel'),
};

/** What an update is called with; the verb is its name. */
export type PersonsOrderInput = Omit<PersonsOrder, 'verb'>;

function definePersonsUpdate(verb: PersonsVerb) {
  return defineUpdate<Verdict, [PersonsOrderInput]>(verb);
}

/** A refusal that is thrown, not returned: the caller gave no key under which to remember it. */
export const REFUSED = 'Refused';

export const searchAttributes = {
  shopId: defineSearchAttributeKey('ShopId', 'KEYWORD'),
  phase: defineSearchAttributeKey('Phase', 'KEYWORD'),
  attention: defineSearchAttributeKey('Attention', 'KEYWORD'),
  nextDeadlineKind: defineSearchAttributeKey('NextDeadlineKind', 'KEYWORD'),
  policySet: defineSearchAttributeKey('PolicySet', 'KEYWORD'),
  carrier: defineSearchAttributeKey('Carrier', 'KEYWORD'),
  shipFrom: defineSearchAttributeKey('ShipFrom', 'KEYWORD'),
  trackingNumbers: defineSearchAttributeKey('TrackingNumbers', 'KEYWORD_LIST'),
  nextDeadlineAt: defineSearchAttributeKey('NextDeadlineAt', 'DATETIME'),
  changedAt: defineSearchAttributeKey('ChangedAt', 'DATETIME'),
};
