import type { AppealNotice } from '../appeal/appeal';
import type { ManifestNotice } from '../manifest/manifest';
import type { HandoverMethod, OrderFacts, Plan, PlatformStatus } from './facts';
import type { Handover, LabelChoice, LabelHandle, LabelObjection, TrackingMeaning } from './state';

/** Everything that can happen to an order. `at` is the order's own time, epoch milliseconds. */
export type OrderEvent =
  | { kind: 'opened'; at: number }
  | { kind: 'woke'; at: number }
  | { kind: 'noticed'; at: number; notice: OrderNotice }
  | { kind: 'tracked'; at: number; notice: TrackingNotice }
  | { kind: 'manifested'; at: number; notice: ManifestNotice }
  | { kind: 'appealed'; at: number; notice: AppealNotice }
  | { kind: 'shared'; at: number; notice: ParcelNotice }
  | { kind: 'asked'; at: number; member: string }
  | { kind: 'ordered'; at: number; order: PersonsOrder }
  | { kind: 'badMessage'; at: number; handler: string }
  /** Somebody asked Temporal, and not us, to cancel. */
  | { kind: 'workflowCancelled'; at: number }
  | { kind: 'answered'; at: number; command: string; answer: Answer };

/** The platform's word about an order: dated, signed, possibly late or repeated. */
export type OrderNotice = {
  /** The platform's time of the change, epoch milliseconds. */
  at: number;
  /** Absent where the topic names no status: the order is read again. */
  status?: PlatformStatus;
  /** What the order's own reading does not tell, and has to be asked for. */
  about?: 'afterSale' | 'address' | 'parcels';
  via: 'webhook' | 'api' | 'sweep';
};

/** The carrier's word about a parcel, already in our meanings. */
export type TrackingNotice = { at: number; trackingNumber: string; meaning: TrackingMeaning };

/** What the order that owns a common parcel says to one that goes in it: its number, or that it must go alone. */
export type ParcelNotice = { at: number; owner: string; trackingNumber?: string; carrier?: string };

export type PersonsVerb =
  | 'approveOrder'
  | 'markPacked'
  | 'undoPacked'
  | 'markHandedOver'
  | 'rescheduleHandover'
  | 'splitOrder'
  | 'chooseLabel'
  | 'holdOrder'
  | 'releaseOrder'
  | 'cancelOrder'
  | 'approveCancel'
  | 'rejectCancel';

/** What a person orders, through the API, the command line or the Temporal UI. */
export type PersonsOrder = {
  verb: PersonsVerb;
  actor: string;
  /** SHA-256 of the request's body: comes back, so that a second request under one key can be told apart. */
  bodyHash: string;
  /** Given when a refusal must be remembered under the caller's key. */
  key?: string;
  /** Which parcel it is about; all of them where none is named. */
  package?: string;
  /** The items of each parcel that an order is split into. */
  parcels?: string[][];
  /** Which label is to be bought; empty: what the shop's rule chooses. */
  choice?: LabelChoice;
  /** How a parcel was handed over, or is to be. */
  method?: HandoverMethod;
  /** When it was handed over, or is to be. */
  handoverAt?: number;
};

/** What came of joining the day's form. */
export type JoinAnswer =
  /** `form`, `formedAt`: the form that it is on already. `untold`: it is on the list, and nobody could be told so. */
  | {
      kind: 'joined';
      manifest: string;
      date: string;
      closesAt: number;
      form?: string;
      formedAt?: number;
      untold?: true;
    }
  /** Its carrier has no such form. */
  | { kind: 'noForm' };

/** What came back from a command. */
export type Answer =
  /**
   * `mode`: what may be done in its shop, where that is not everything. `hasAskedAfterSale`: the reading looked for the buyer's
   * requests too, so that none is there where none is named.
   */
  | {
      kind: 'loaded';
      facts: OrderFacts;
      plan?: Plan;
      mode?: 'watch' | 'assist';
      hasAskedAfterSale?: true;
      /** When the parcels that were asked after were last heard of, by tracking number. */
      heardAt?: Record<string, number>;
    }
  | { kind: 'alreadyClosed' }
  | { kind: 'unknownOrder' }
  | { kind: 'unknownPolicy'; facts: OrderFacts; policySet: string }
  /** `platformTimes`: the platform names its deadlines after the hold, and rates are asked for right then. */
  | {
      kind: 'prepared';
      handle: LabelHandle;
      platformTimes?: OrderFacts['platformTimes'];
      /** Further orders that go in the parcel. */
      members?: string[];
    }
  /** It goes in another order's parcel, which buys the label. */
  | { kind: 'shared'; owner: string }
  /** `fileMissing`: it is paid for, and its file is still to be fetched. */
  | {
      kind: 'bought';
      trackingNumber: string;
      carrier: string;
      priceCents: number;
      fileMissing?: true;
      /** It cost more than it was offered for, by more than the shop allows. */
      isDearer?: true;
      /** How the platform has it collected, of a label that it sold. */
      handover?: Handover;
    }
  | { kind: 'voided' }
  | { kind: 'nothingToVoid' }
  /** `at`: the platform's own time, where the number was found there already. `form`: what came of joining in the same step. */
  | { kind: 'uploaded'; at?: number; hasWarning?: boolean; form?: JoinAnswer }
  | { kind: 'cancelled' }
  /** The buyer's request is answered. */
  | { kind: 'answered' }
  | { kind: 'saved' }
  /** Worked out anew because what the rules depend on has changed. */
  | { kind: 'planned'; plan: Plan }
  | JoinAnswer
  | { kind: 'left' }
  /** It looked, and had not joined; nor will it, in this turn. */
  | { kind: 'notThere' }
  /** Too late: the form is being made with it, or is made. */
  | { kind: 'stays' }
  /** `isOver`: there is nobody any more who could hear it. `caseKey`: which case heard it. */
  | { kind: 'told'; isOver?: true; caseKey?: string }
  /** The order changed under us: read it again before anything else. */
  | {
      kind: 'orderChanged';
      /** An earlier attempt of the purchase may have been made. */
      mayBeBought?: true;
    }
  | { kind: 'reRate' }
  /** `objection`: what a person may accept, so that it is done all the same. */
  | { kind: 'refused'; reason: string; objection?: LabelObjection; priceCents?: number }
  /** The attempt was given up on our own wish or died; what it did outside is not known. */
  | { kind: 'abandoned' }
  | { kind: 'failed'; type: string; message: string };
