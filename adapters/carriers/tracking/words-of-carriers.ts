import type { TrackingMeaning } from '../../../domain/order/state';

/** Only a label, or a form, was read. USPS and those who resell its events file these under "in transit". */
const AWAITS_THE_PIECE =
  /acceptance pending|awaiting (the )?item|label (was )?created|pre-?shipment|not (yet )?received/i;
/** A scan of the piece by its carrier. Source: USPS event 03; UPS pickup and origin scans, which no form can leave. */
const HAS_THE_PIECE = /in possession of (the )?item|\bpicked up\b|pick-?up scan|\borigin scan\b/i;
/** USPS events OA and UA: of the piece, or of a form that it is on. */
const ACCEPTED = /\baccept(ed|ance)\b/i;
const MOVES = /\b(arrived|departed|in transit|processed|processing (at|through)|en route)\b/i;

/**
 * What a carrier's own words say of a parcel that is said to be in transit; undefined where they are none that we know. Falling
 * forward would call a parcel moving that nobody has seen: "Label Created, USPS Awaiting Item" stands under "in transit" too.
 */
export function meaningOfWords(text: string): TrackingMeaning | undefined {
  if (AWAITS_THE_PIECE.test(text)) return 'labelCreated';
  if (HAS_THE_PIECE.test(text)) return 'accepted';
  if (ACCEPTED.test(text)) return 'originAccepted';
  return MOVES.test(text) ? 'inTransit' : undefined;
}
