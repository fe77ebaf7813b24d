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
  /** When the form was scanned, on the evidence: the stall counts from here. */
  scannedAt: number;
  /** 48 h of silence later; or when the platform cancelled. */
  stalledAt: number;
  /** The platform cancelled what the carrier had; absent: tracking stood still. */
  cause?: 'cancelled';
};

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
  | 'expired';

/** What an appeal tells its order. */
export type AppealNotice = { caseKey: string; status: AppealStatus; at: number; caseNumber?: string };
