import type { PickupEvent } from '../../domain/pickup/event';
import { newPickup, type PickupState, type PickupVerdict } from '../../domain/pickup/state';
import type { PickupInput } from '../messages-pickup';

/** One pickup while it runs: its state, and what is waiting to be folded in. */
export type Pickup = {
  state: PickupState;
  inbox: PickupEvent[];
  /** Callers who wait for the verdict on what they put into the inbox, in the same order. */
  waiting: ((verdict: PickupVerdict) => void)[];
};

export const openPickup = (input: PickupInput): Pickup => ({
  state: newPickup(input),
  inbox: [{ kind: 'opened', at: Date.now() }],
  waiting: [],
});

export const tell = (pickup: Pickup, event: PickupEvent): void => {
  pickup.inbox.push(event);
};
