/** When somebody is there, epoch milliseconds. */
type PickupWindow = { from: number; until: number };

/** What a person wants: `parcels` is a count where it is not what the shop's labels say. */
export type PickupOrderWish = PickupWindow & { parcels?: number };

/**
 * Where a booking stands. `refused`: a clear no, and nobody comes. `unclear`: the call was made and nobody can read back what came
 * of it.
 */
export type PickupStatus =
  'none' | 'booking' | 'booked' | 'changing' | 'cancelling' | 'cancelled' | 'refused' | 'unclear';

/** What the carrier confirmed. Money is integer cents. */
export type Confirmed = { confirmation: string; parcels: number; window: PickupWindow; priceCents?: number };

export type PickupVerdict = {
  accepted: boolean;
  /** A sentence for the person, when refused. */
  reason?: string;
  at: number;
  status: PickupStatus;
  bodyHash?: string;
};

/** All that the booking of one account, ship-from and day knows. Plain values only. Instants are epoch milliseconds. */
export type PickupState = {
  shopId: string;
  account: string;
  shipFrom: string;
  /** As YYYY-MM-DD at the ship-from. */
  date: string;
  /** The end of that day: nothing can be booked any more, and this ends. */
  endsAt: number;
  status: PickupStatus;
  /** Each booking has a reference of its own at the carrier. */
  attempt: number;
  confirmed?: Confirmed;
  confirmedAt?: number;
  reason?: string;
  /** A task for a person stands at the shop's desk. */
  isOnDesk: boolean;
  /** What is being told to the desk. */
  telling: number;
  history: { at: number; what: PickupStatus; by?: string; about?: string }[];
  /** Answers by request id, newest last. */
  answered: { id: string; verdict: PickupVerdict }[];
  /** Messages that were not understood. */
  unreadable: number;
  isCancelAsked: boolean;
  endedAt?: number;
};

export type PickupAbout = Pick<PickupState, 'shopId' | 'account' | 'shipFrom' | 'date' | 'endsAt'>;

export const newPickup = (about: PickupAbout): PickupState => ({
  ...about,
  status: 'none',
  attempt: 0,
  isOnDesk: false,
  telling: 0,
  history: [],
  answered: [],
  unreadable: 0,
  isCancelAsked: false,
});
