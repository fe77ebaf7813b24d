/** The code of an adapter's `stale` where a booking that is to be changed or cancelled does not stand at the carrier any more. */
export const ALREADY_CANCELLED = 'already cancelled';
