import type { TrackingMeaning } from '../order/state';

/** One event of a parcel as its carrier told it, in our meanings. `at` is the event's own time, epoch milliseconds. */
export type TrackingEvent = {
  at: number;
  meaning: TrackingMeaning;
  /** The carrier's own code or words, shortened; no place and no name. */
  code?: string;
};
