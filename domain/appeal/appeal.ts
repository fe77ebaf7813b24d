/** What may be said between an order and its appeal. Instants are epoch milliseconds. */

/** Which parcel an appeal is about, and what stood when it was opened. */
export type AppealOpening = {
  shopId: string;
  orderId: string;
  package: string;
  trackingNumber: string;
  carrier: string;
  policySet: string;
  /** The document key of the manifest that the parcel went with. */
  manifest: string;
  formId: string;
  /** When the form was scanned, on the evidence: the stall counts from here. Absent: nobody showed a scan. */
  scannedAt?: number;
  /** Whose word that is: a person's report, which is the usual one, or the carrier's first acceptance of the form. */
  scanBy?: 'carrier';
  /** When the loss was seen: 48 h of silence later, when the platform cancelled, when the carrier did not come. */
  stalledAt: number;
  /** Absent: tracking stood still after the form was scanned. */
  cause?: AppealCause;
};

/**
 * `cancelled`: the platform cancelled what the carrier had. `lost`: tracking stood still on its way for so long that the platform
 * counts it as lost. `notCollected`: it was ready, and the carrier did not come for it.
 */
export type AppealCause = 'cancelled' | 'lost' | 'notCollected';

/**
 * What an order tells its appeal, each with its true instant, which may lie before the opening: `limitBroken`, when a limit was
 * due that passed unmet, or when the platform cancelled for it; `moved`, the carrier's own time.
 */
export type AppealNews =
  | { kind: 'opened'; at: number; opening: AppealOpening }
  | { kind: 'limitBroken'; at: number; deadline: string }
  | { kind: 'moved'; at: number }
  /** The order is over for another reason: nothing was lost by the carrier's silence. */
  | { kind: 'over'; at: number };

export type AppealStatus =
  /** The evidence is being gathered. */
  | 'gathering'
  /** Nothing is broken yet. */
  | 'ready'
  | 'filing'
  | 'filed'
  | 'won'
  /** A second appeal is possible until `appealBy`. */
  | 'lost'
  /** The parcel moved before a limit broke, or the order was over before. */
  | 'unfiled'
  /** The window ended. */
  | 'expired'
  /** Said to a single parcel: the case goes on without it, and it belongs in the next one. */
  | 'nextCase';

/** What an appeal tells its order. */
export type AppealNotice = {
  caseKey: string;
  status: AppealStatus;
  at: number;
  caseNumber?: string;
  /** Which parcel, where a case has many. */
  package?: string;
};

/** What came back: money in integer cents, violation points, and orders whose cancellation was taken back. */
export type Recovered = { cents?: number; points?: number; orders?: number };

/** One parcel of a case. */
export type CaseMember = { orderId: string; package: string };
