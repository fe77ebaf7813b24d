import type { Confirmed, PickupOrderWish } from './state';

/** What a person orders of a pickup. */
export type PickupOrder = { actor: string } & (
  { verb: 'bookPickup' | 'changePickup'; wish: PickupOrderWish } | { verb: 'cancelPickup' }
);

/** What an activity found or did. */
export type PickupAnswer =
  | ({ kind: 'booked' } & Confirmed)
  | { kind: 'cancelled' }
  /** `isCancelled`: what was booked before is not any more. */
  | { kind: 'refused'; reason: string; isCancelled?: true }
  /** It was tried, and what came of it nobody can read back. */
  | { kind: 'unclear'; reference: string }
  | { kind: 'failed'; type: string };

/** Everything that can happen to a pickup. `at` is its own time, epoch milliseconds. */
export type PickupEvent =
  | { kind: 'opened'; at: number }
  | { kind: 'woke'; at: number }
  | { kind: 'ordered'; at: number; order: PickupOrder }
  | { kind: 'answered'; at: number; answer: PickupAnswer }
  | { kind: 'deskTold'; at: number }
  | { kind: 'badMessage'; at: number }
  /** Somebody asked Temporal, and not us, to cancel. */
  | { kind: 'workflowCancelled'; at: number };

/** What is to be done outside. One booking, change or cancellation at a time. */
export type PickupCommand =
  | { kind: 'book' | 'change'; attempt: number; wish: PickupOrderWish }
  /** `isGone`: a person says that nobody comes, and the carrier is not asked. */
  | { kind: 'cancel'; isGone?: true }
  | { kind: 'tellDesk'; raise?: { about: 'pickupRefused' | 'pickupUnclear'; detail: string; attempt: number } };
