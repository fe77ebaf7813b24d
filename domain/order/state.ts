import type { AppealCause, AppealNews, AppealStatus } from '../appeal/appeal';
import type { OrderFacts, Plan, DeadlineName, HandoverMethod } from './facts';
import type { Phase } from './phase';
import type { Command } from './command';
import type { OrderNotice } from './event';

/** All that one order's workflow knows. Plain values only: it crosses a continue-as-new. Instants are epoch milliseconds. */
export type OrderState = {
  shopId: string;
  orderId: string;
  /** What the order was begun with: one that was begun before its shop had neighbours goes on without them. */
  edition: Edition;
  phase: Phase;
  /** Absent until the order has been read for the first time. */
  facts?: OrderFacts;
  plan?: Plan;
  /** When each deadline was met, by the time of the fact that met it. */
  met: Partial<Record<DeadlineName, number>>;
  /** Deadlines whose instant passed unmet, and warnings given, as `name` or `name:warnBeforeMs`. */
  fired: string[];
  packages: Record<string, Package>;
  /** When the platform first counted it as ready for the carrier. */
  readyAt?: number;
  /** How it is to be handed over, as a person planned it. */
  handover?: Handover;
  /** What the alert desk was told and has not been told to settle, by key. */
  alerted: string[];
  /** How often each alert was settled, by its key without that number. */
  settled?: Record<string, number>;
  /** How often the alert desk was told: each telling is a command of its own. */
  tellings: number;
  /** Deadlines of which the platform says another instant than our rules, told once each. */
  drifted: DeadlineName[];
  /** Until when something is not told: the last telling failed. By the kind of command. */
  tellAgain: Partial<Record<Command['kind'], number>>;
  /** What may be done in its shop; absent: everything. */
  mode?: 'watch' | 'assist';
  /** Who let the order go on where each waits for a person's word. */
  approvedBy?: string;
  /** The buyer may have asked for something: the next reading looks for it. */
  askAfterSale?: true;
  /** Orders that go in a parcel of ours, or asked to, and what each was told last; empty: nothing yet. */
  sharers?: Record<string, string>;
  /** The buyer's request to cancel that was heard of last. */
  cancelRequest?: string;
  /** How the buyer's request to cancel is to be answered, and by whose word. */
  cancelAnswer?: CancelAnswer;
  /** A person's hold. */
  heldBy?: string;
  cancelAskedBy?: string;
  /** When the platform took our cancellation; only its own word ends the order. */
  cancelSentAt?: number;
  /** What the platform said while the order was being read for the first time; it may be newer than that reading. */
  early: OrderNotice[];
  /** How often in a row the platform said that it knows no such order. */
  unknownReadings: number;
  /** Something was said that only the platform can explain: the order is read again. */
  mustReread: boolean;
  /** A step brought nothing, or found the order changed: nothing is written until there is news, or the next look. */
  isPaused: boolean;
  /** When the platform is looked at again without being told, and how many looks brought nothing. */
  look: { at?: number; fruitless: number };
  /** How many notices of the platform and the carrier were taken in. */
  heard: number;
  deliveredAt?: number;
  attention: AttentionLine[];
  timeline: TimelineLine[];
  /** When each phase was entered. */
  phases: { phase: Phase; at: number }[];
  /** Commands under way, by id. */
  outstanding: Record<string, Command>;
  /** People's orders that were answered, newest last, for a repeat after continue-as-new. */
  answered: { id: string; verdict: Verdict }[];
  ended?: Ending;
};

/** `sent`: the platform took it, and shows the request for a while. `refused`: it did not, and is not asked again by itself. */
export type CancelAnswer = {
  requestId: string;
  decision: 'approve' | 'reject';
  by: string;
  outcome?: 'sent' | 'refused';
};

/** One parcel. An order starts with one that holds all its items. */
export type Package = {
  itemIds: string[];
  packedAt?: number;
  handedOverAt?: number;
  label: Label;
  upload: Upload;
  manifest: Manifest;
  /** Numbers of former labels that stand on a form, where they are to be struck off. */
  struck?: string[];
  tracking: Tracking;
  /** There once tracking stood still for too long after the form was scanned. */
  appeal?: Appeal;
  /** Labels that others took the place of, and whose money did not come back. `again`: it is asked for once more. */
  unrefunded?: { shipmentId: string; attempt: number; about: string; again?: true }[];
  /** Hashes of what was kept as proof. */
  evidence: string[];
};

/**
 * A label's life. `unknown`: a purchase was begun and its outcome was never learned, so money may be spent.
 * `adopted`: made by another tool; ours is never bought. `shared`: the parcel is another order's, which buys the label.
 */
export type Label = {
  status: 'none' | 'prepared' | 'unknown' | 'bought' | 'adopted' | 'shared' | 'refused' | 'voided' | 'voidRefused';
  /** Counts purchases of this parcel: part of the reference under which each is found again. */
  attempt: number;
  handle?: LabelHandle;
  trackingNumber?: string;
  carrier?: string;
  /** When a purchase was given up or lost sight of: until some time after it, it may still be made. */
  unknownAt?: number;
  /** The label itself, as a file, is still to be fetched. */
  fileMissing?: true;
  /** Why it waits for a person. */
  reason?: string;
  /** It is to be voided and another bought: it shows an old address, or items that go in another parcel. */
  replace?: 'address' | 'items';
  /** The numbers of the labels that it took the place of. */
  former?: string[];
  /** Further orders in the parcel. */
  members?: string[];
  /** The order whose parcel it goes in, and whether that was asked about it. */
  owner?: string;
  hasAsked?: true;
  /** Which address the others in the parcel go to. */
  sharedMark?: string;
  /** The parcel it was to share is not sent: it goes alone. */
  alone?: true;
  /** What a person wants to be bought, instead of what the shop's rule would choose. */
  choice?: LabelChoice;
  /** Why nothing was bought by itself, and what of that a person has accepted. */
  objection?: LabelObjection;
  accepted?: LabelObjection[];
  /** What it cost when it was refused for its price, and up to what price a person has accepted. Integer cents. */
  quotedCents?: number;
  acceptedCents?: number;
};

/** A person's choice; what is left out is for the shop's rule. */
export type LabelChoice = { account?: string; carrier?: string; service?: string };

/**
 * What a label is not bought over by itself. `price`: above the shop's cap. `drift`: dearer than when it was asked for before.
 * `weight`: an item has none in the catalogue. `address`: the carrier does not know it, or knows it otherwise. `hazmat`: an item
 * needs a label of another kind. `unclear`: a purchase whose outcome nobody can read back.
 */
export type LabelObjection = 'price' | 'drift' | 'weight' | 'address' | 'hazmat' | 'unclear';

/** What `prepare` left behind: buying the same handle twice cannot charge twice. */
export type LabelHandle = {
  shipmentId: string;
  rateId: string;
  carrier: string;
  service: string;
  priceCents: number;
  /** Bought from the platform itself, for an order that it ships. Absent: a carrier account of the seller's own. */
  from?: 'platform';
  /** Which of the seller's accounts, by its name in the shop; absent: the first, which had none. */
  account?: string;
  /** Which address it was made for. */
  addressMark?: string;
};

/**
 * Where a parcel stands with the day's form. `joined`: it will be on the form. `stays`: it wanted to leave when the form was being
 * made. `leftOff`: the form was made without it.
 * `noForm`: its carrier has none. A form is evidence, never a handover; `scanned` is what a person showed.
 */
export type Manifest = {
  status: 'none' | 'joined' | 'stays' | 'formed' | 'scanned' | 'leftOff' | 'noForm';
  /** Counts joinings: a parcel that left and joins again is another member. */
  turn: number;
  /** The manifest's workflow. */
  id?: string;
  date?: string;
  form?: string;
  /** A mailing date whose form was closed without it. */
  after?: string;
  /** A joining was begun whose answer is not known: it may be on a list. */
  isUnsure?: true;
  /** It joined when it was not to be on a form any more: it leaves. */
  isUnwanted?: true;
  /** A leaving was begun whose answer is not known: whatever has become of its reason, it is gone through with. */
  isLeaving?: true;
  /** When the manifest is asked again if it says nothing. */
  askAt?: number;
  scannedAt?: number;
};

type Appeal = {
  status: AppealStatus | 'opening';
  openedAt: number;
  /** Absent: tracking stood still after the form was scanned. */
  cause?: AppealCause;
  /** What the case was told. */
  told: AppealNews['kind'][];
  /** Which case, once it was told; and those that went on without the parcel. */
  caseKey?: string;
  former?: string[];
  caseNumber?: string;
};

/** When and how a parcel is to be given to the carrier. */
export type Handover = { method?: HandoverMethod; at?: number };

/**
 * 1: an order alone. 2: it joins the day's form, tells the alert desk and opens appeals. 3: it appeals too where the platform
 * cancels what was given away. 4: its tracking ends the same in whatever order the scans are told. 5: the platform's own labels
 * go on a form, parcels that stalled on one form have one case, and what is lost or not collected has one too. 6: it tells its
 * neighbours in activities, joins a form with its upload, and knows while it does not know whether it is on one.
 */
export type Edition = 1 | 2 | 3 | 4 | 5 | 6;
export const NEWEST_EDITION: Edition = 6;

/** `number`: the one that was uploaded. `isUncorrected`: the platform does not take another in its place. */
type Upload = {
  status: 'none' | 'done' | 'refused';
  at?: number;
  reason?: string;
  number?: string;
  isUncorrected?: true;
};

/** What the carrier said last. `accepted` and later prove that the carrier has the piece. */
type Tracking = {
  meaning: TrackingMeaning;
  at: number;
  acceptedAt?: number;
  /** Taken in at the origin, by a scan of the piece or of the form that it is on. */
  originAt?: number;
  /** The scan from which its silence is counted, where that is not the first; and whether it is being looked up. */
  silentFrom?: number;
  isDoubted?: true;
};

export type TrackingMeaning =
  | 'none'
  | 'labelCreated'
  /** Accepted at the origin: by a scan of the piece, or of a form that it is on. */
  | 'originAccepted'
  /** A scan of the piece itself. */
  | 'accepted'
  | 'inTransit'
  | 'outForDelivery'
  | 'delivered'
  | 'returned'
  | 'lost'
  | 'exception';

type AttentionKind =
  | 'badMessage'
  | 'workflowCancelled'
  | 'unknownAtPlatform'
  | 'noRules'
  | 'otherTracking'
  | 'deadlineNear'
  | 'deadlinePassed'
  | 'labelRefused'
  | 'purchaseUnclear'
  | 'labelDearer'
  | 'uploadRefused'
  | 'voidRefused'
  | 'cancelRefused'
  | 'cancelRequested'
  | 'carrierException'
  | 'uploadWarning'
  | 'commandFailed'
  | 'stalled'
  | 'trackingLost'
  | 'notCollected'
  | 'leftOffForm'
  | 'handoverTooLate'
  | 'scannedWithoutIt'
  | 'labelNotVoided'
  | 'labelFileMissing'
  | 'pullFromForm'
  | 'unknownPolicy'
  | 'awaitsApproval'
  | 'waitsForParcel'
  | 'afterSaleOpen'
  | 'cancelAnswerRefused'
  | 'addressChangedTooLate'
  | 'reprintLabel'
  | 'correctByHand'
  | 'returnedToSender'
  | 'refundedOnTheWay'
  | 'voidedOnTheWay';

export type AttentionLine = { kind: AttentionKind; at: number; about: string };

/** One dated line of the order's story. `what` names a sentence of the catalogue, `about` fills it. */
export type TimelineLine = { at: number; what: string; about?: string };

/** The answer to a person's order. */
export type Verdict = { accepted: boolean; reason?: string; phase: Phase; at: number; bodyHash: string };

type Ending = { outcome: Outcome; at: number; dossierSaved: boolean };

export type Outcome =
  | 'delivered'
  | 'platformCancelled'
  | 'buyerCancelled'
  | 'sellerCancelled'
  | 'returned'
  | 'lost'
  | 'refunded'
  | 'alreadyClosed'
  | 'unknownOrder';

const FIRST_PACKAGE = '1';

export const emptyPackage = (itemIds: string[]): Package => ({
  itemIds,
  label: { status: 'none', attempt: 1 },
  upload: { status: 'none' },
  manifest: { status: 'none', turn: 1 },
  tracking: { meaning: 'none', at: 0 },
  evidence: [],
});

/** An order of which nothing is known yet but its name. */
export function newOrder(shopId: string, orderId: string, edition: Edition = NEWEST_EDITION): OrderState {
  return {
    shopId,
    orderId,
    edition,
    phase: 'onHold',
    met: {},
    fired: [],
    packages: {},
    alerted: [],
    tellings: 0,
    drifted: [],
    tellAgain: {},
    early: [],
    unknownReadings: 0,
    mustReread: true,
    isPaused: false,
    look: { fruitless: 0 },
    heard: 0,
    attention: [],
    timeline: [],
    phases: [],
    outstanding: {},
    answered: [],
  };
}

/** The first reading of an order gives it one package with all its items. */
export const firstPackages = (itemIds: string[]): Record<string, Package> => ({
  [FIRST_PACKAGE]: emptyPackage(itemIds),
});
