import type { LabelHandle } from './state';

/**
 * What the platform says of an order, in our words. Only what a decision needs: no recipient field ever enters this type,
 * because everything here stands in workflow history. Instants are epoch milliseconds.
 */
export type OrderFacts = {
  createdAt: number;
  status: PlatformStatus;
  /** The platform's own time of its last change: facts are folded in by it, not by arrival. */
  statusAt: number;
  orderType: OrderType;
  shippingType: 'seller' | 'platform';
  /** `platform`: stored and sent by the platform itself; we only watch. */
  fulfilledBy: 'seller' | 'platform';
  /** The buyer asked to cancel and nobody has answered: nothing is bought or written until then. */
  cancelRequested: boolean;
  cancelledBy?: 'buyer' | 'seller' | 'platform';
  /** Why the platform cancelled, where the parcel never reached the buyer. */
  cancelledFor?: 'returned' | 'lost';
  /** A full refund closed it before it was delivered. */
  refunded?: true;
  /** What it was made for, where it is no purchase. */
  madeFor?: 'sample' | 'replacement' | 'exchange';
  /** Orders of one group are recommended by the platform to go in one parcel. */
  combineGroup?: string;
  /** Which address it goes to, as a keyed hash: another mark is another address. Where the seller ships. */
  addressMark?: string;
  /** What the buyer asks for and nobody has answered: nothing is bought while it is open. */
  afterSale?: AfterSale;
  /** How the platform has its items in parcels, where it is not one parcel with all of them. */
  parcels?: PlatformParcel[];
  /** One line item is one unit. */
  itemIds: string[];
  /** A tracking number that stands on the order at the platform, whoever put it there. */
  tracking?: {
    number: string;
    carrier: string;
    /** Our own purchase, found in what we wrote down: an order that begins anew does not take it for another tool's. */
    own?: OwnLabel;
  };
  /** When a pre-order is released for handling: its day is the expected ship date. */
  releaseAt?: number;
  /** The handling time that the seller promised on the product. */
  handling?: Handling;
  /** Deadlines that the platform itself names; an absent one is no deadline. */
  platformTimes: Partial<Record<DeadlineName, number>>;
};

/** A request of the buyer's. `answerBy` is when the platform decides without us, epoch milliseconds. */
export type AfterSale = { kind: 'cancel' | 'return' | 'refund'; id: string; answerBy?: number };

/** Some items of an order in one parcel; without `tracking` it is not shipped yet. */
export type PlatformParcel = { itemIds: string[]; tracking?: NonNullable<OrderFacts['tracking']> };

/** A purchase of ours, as it was written down. `isVoided`: its money was asked back since. */
export type OwnLabel = { attempt: number; handle: LabelHandle; isVoided?: true };

export type Handling = { days: number; counts: 'businessDays' | 'calendarDays' };

export type HandoverMethod = 'pickup' | 'dropOff';

export type OrderType = 'standard' | 'pre-sale' | 'made-to-order' | 'back-order';

export type PlatformStatus =
  | 'unpaid'
  | 'onHold'
  | 'awaitingShipment'
  | 'awaitingCollection'
  | 'inTransit'
  | 'delivered'
  | 'completed'
  | 'cancelled';

export type DeadlineName =
  | 'packBy'
  | 'shipBy'
  | 'collectBy'
  | 'autoCancelUnpacked'
  | 'autoCancelUncollected'
  | 'autoCancelUndelivered'
  | 'deliverBy'
  /** When the platform answers the buyer's request to cancel without us. */
  | 'answerCancelBy';

/** What can meet a deadline. */
export type Milestone =
  'packed' | 'handedOver' | 'trackingUploaded' | 'readyAtPlatform' | 'acceptanceScan' | 'delivered' | 'cancelAnswered';

/** One entry of the agenda, as the calendar worked it out outside the workflow. */
export type Deadline = {
  name: DeadlineName;
  at: number;
  /** The instant as people of the rule's zone say it, so that no time-zone data is needed to show it. */
  local: string;
  rule: string;
  source: string;
  /** Nothing follows from a missed target alone; a missed limit costs the order. */
  severity: 'target' | 'limit';
  provisional: boolean;
  /** The event that meets it: part of the dated rule, because the platform has changed it more than once. */
  metBy: Milestone;
  /** The last working moment of the ship-from before the instant. */
  workBy: number;
  /** What the platform itself calls due. Where it is there, it decides what is overdue. */
  platformAt?: number;
};

/** The rules in force for one order, pinned when it was first planned. */
export type Plan = {
  policySet: string;
  policyVersion: string;
  tzdata: string;
  shipFrom: string;
  /** It leaves from another of the shop's places than the first: each step is told from which. */
  isFromFurther?: true;
  deadlines: Deadline[];
  /** How long before a deadline people are warned, longest first. */
  warnBeforeMs: number[];
  /** When the buyer's hold ends if nothing is heard of it. */
  holdEndsAt: number;
  /** The day on which it should leave, by the ship-from's cut-off, as YYYY-MM-DD there. */
  shipOn?: string;
  /** How long tracking may stand still after the form was scanned. */
  stallMs?: number;
  /** How long a parcel on its way may stand still before the platform counts it as lost, where the rule set says so. */
  lostMs?: number;
  /** Carriers whose own labels the rule set does not let a seller use. */
  forbiddenCarriers?: string[];
  /** The number is uploaded as soon as there is one; absent: once the parcel is packed. */
  uploadOn?: 'bought';
  /** What is odd about the order under these rules: nothing is refused for it. */
  flags?: PlanFlag[];
  /** What the deadlines were worked out from beyond the order's creation; a change of any of these plans again. */
  basis?: PlanBasis;
};

export type PlanFlag =
  | 'expectedShipDateOutOfRange'
  | 'expectedShipDateMissing'
  | 'handlingOutOfRange'
  | 'handlingMissing'
  /** A live shop is under a rule set that is more lenient than what holds today. */
  | 'lenientRules';

/** Only what the rules of this kind of order depend on; `dependsOn` names the rest that would matter once it is known. */
export type PlanBasis = {
  orderType: OrderType;
  shippingType: OrderFacts['shippingType'];
  releaseAt?: number;
  handling?: Handling;
  handoverMethod?: HandoverMethod;
  packedAt?: number;
  readyAt?: number;
  /** What the platform itself calls due, where it names something. */
  platformTimes?: Partial<Record<DeadlineName, number>>;
  dependsOn: ('packedAt' | 'readyAt' | 'handoverMethod')[];
};

/** The instant that warnings count from: the earlier of the platform's and ours. */
export const earliestOf = (deadline: Deadline): number => Math.min(deadline.at, deadline.platformAt ?? Infinity);

/** The instant that decides what is overdue: the platform's where it gives one. */
export const dueAt = (deadline: Deadline): number => deadline.platformAt ?? deadline.at;

/** The number that stands at the platform on the parcel which has these items. */
export const trackingOf = ({ parcels, tracking }: OrderFacts, itemIds: readonly string[]): OrderFacts['tracking'] =>
  parcels === undefined
    ? tracking
    : parcels.find((parcel) => parcel.itemIds.some((id) => itemIds.includes(id)))?.tracking;
