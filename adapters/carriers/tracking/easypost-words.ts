import type { TrackingMeaning } from '../../../domain/order/state';
import { meaningOfUspsCode } from './usps-codes';
import { meaningOfWords } from './words-of-carriers';

/** One line of a tracker: EasyPost's words, and the carrier's own where it has them. */
export type EasyPostLine = {
  status: string;
  statusDetail?: string | null | undefined;
  message?: string | null | undefined;
  /** The carrier whose word it is. */
  source?: string | null | undefined;
  /** The carrier's own code; often none. */
  carrierCode?: string | null | undefined;
};

/** Of all but `in_transit`, which is looked into. A status that is not here means nothing. Source: EasyPost API reference, tracker statuses. */
const STATUSES: Readonly<Record<string, TrackingMeaning>> = {
  pre_transit: 'labelCreated',
  // At a counter, for the buyer to fetch: the carrier has it.
  available_for_pickup: 'inTransit',
  out_for_delivery: 'outForDelivery',
  delivered: 'delivered',
  return_to_sender: 'returned',
  failure: 'exception',
  error: 'exception',
};

/** Details of a parcel that is said to be in transit. The others say nothing of where it is. */
const DETAILS: Readonly<Record<string, TrackingMeaning>> = {
  label_created: 'labelCreated',
  received_at_origin_facility: 'originAccepted',
  arrived_at_destination: 'inTransit',
  arrived_at_facility: 'inTransit',
  arrived_at_pickup_location: 'inTransit',
  delayed: 'inTransit',
  departed_facility: 'inTransit',
  departed_origin_facility: 'inTransit',
  held: 'inTransit',
  in_transit: 'inTransit',
  missorted: 'inTransit',
  received_at_destination_facility: 'inTransit',
  transferred_to_destination_carrier: 'inTransit',
  weather_delay: 'inTransit',
};

const USPS = 'USPS';

/** What one line of an EasyPost tracker says of a parcel. */
export function meaningOfEasyPost(line: EasyPostLine): TrackingMeaning {
  if (line.statusDetail === 'lost') return 'lost';
  if (line.status === 'in_transit') return byCode(line) ?? acceptedBy(line, byText(line));
  return (Object.hasOwn(STATUSES, line.status) ? STATUSES[line.status] : undefined) ?? 'none';
}

/** What "in transit" hides: the carrier's own code says most, where it is there and known. */
function byCode(line: EasyPostLine): TrackingMeaning | undefined {
  const meaning = isOfUsps(line) ? meaningOfUspsCode(line.carrierCode ?? '') : 'none';
  return meaning === 'none' ? undefined : meaning;
}

/** Then its words, then EasyPost's detail. Words that nobody knows are no proof that a parcel moves. */
function byText(line: EasyPostLine): TrackingMeaning {
  const meaning = meaningOfWords(line.message ?? '');
  if (meaning !== undefined && meaning !== 'inTransit') return meaning;
  const byDetail = Object.hasOwn(DETAILS, line.statusDetail ?? '') ? DETAILS[line.statusDetail ?? ''] : undefined;
  return byDetail ?? meaning ?? (isBare(line) ? 'inTransit' : 'none');
}

/** Where there are no words and no detail at all, EasyPost's own status stands. */
const isBare = ({ message, statusDetail }: EasyPostLine): boolean => !message?.trim() && !statusDetail;

/** A carrier that has no form accepts pieces alone. One that is not named may be USPS. */
const acceptedBy = (line: EasyPostLine, meaning: TrackingMeaning): TrackingMeaning =>
  meaning === 'originAccepted' && !isOfUsps(line) ? 'accepted' : meaning;

const isOfUsps = ({ source }: EasyPostLine): boolean => (source ?? USPS).toUpperCase().startsWith(USPS);
