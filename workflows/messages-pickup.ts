import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { PickupAbout, PickupOrderWish, PickupVerdict } from '../domain/pickup/state';
import type { PickupView } from '../domain/pickup/view';

export type { PickupVerdict, PickupView };

/** The carrier is called for one account, ship-from and day by this alone. */
export const CARRIER_PICKUP = 'carrierPickup';
export const pickupWorkflowId = ({ shopId, account, shipFrom, date }: Omit<PickupAbout, 'endsAt'>): string =>
  `pickup:${shopId}:${account}:${shipFrom}:${date}`;

export type PickupInput = PickupAbout;

/** What stays in history when the day is over; the rest is in its document. */
export type PickupResult = { status: string; confirmation: string | null };

/** What comes with a person's order that is sent under a key: the verdict is remembered under it. */
type Keyed = { actor: string; bodyHash?: string; key?: string };

export type BookPickupInput = Keyed & PickupOrderWish;
export type CancelPickupInput = Keyed;

export const bookPickup = defineUpdate<PickupVerdict, [BookPickupInput]>('bookPickup');
export const changePickup = defineUpdate<PickupVerdict, [BookPickupInput]>('changePickup');
export const cancelPickup = defineUpdate<PickupVerdict, [CancelPickupInput]>('cancelPickup');

export const carrierPickupState = defineQuery<PickupView>('carrierPickupState');
