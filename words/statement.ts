/** To the minute in UTC: a case has no time-zone data, and the platform reads it from anywhere. */
const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What a broken limit is called to the platform. */
const LIMITS: Record<string, string> = {
  packBy: 'the deadline for packing',
  shipBy: 'the dispatch deadline (latest shipping time)',
  collectBy: 'the deadline for collection',
  autoCancelUnpacked: 'the deadline after which an order that is not ready is cancelled',
  autoCancelUncollected: 'the deadline after which an order without a carrier scan is cancelled',
  autoCancelUndelivered: 'the deadline after which an undelivered order is cancelled',
  deliverBy: 'the delivery deadline',
  platformCancelAfterScan: 'the platform cancelled the order although the carrier had accepted the parcel',
  platformCancel: 'the platform cancelled the order, which was its deadline for a carrier scan',
  trackingLost: 'no tracking for more than 10 days, after which the parcel counts as lost',
};

/** Names come from messages: `toString` is none of ours. */
export const limitWords = (deadline: string): string =>
  Object.hasOwn(LIMITS, deadline) ? (LIMITS[deadline] ?? deadline) : deadline;

/** `silentHours`: since the scan, or, on its way, since the carrier's last sign; absent: there was none to speak of. */
type Parcel = {
  orderId: string;
  trackingNumber?: string;
  limit?: { deadline: string; at: number };
  silentHours?: number;
};

export type CaseFacts = {
  number: 1 | 2;
  cause: 'stalled' | 'cancelled' | 'lost' | 'notCollected';
  carrier: string;
  parcels: readonly Parcel[];
  /** Numbers of the forms that name the parcels. */
  forms: readonly string[];
  /** When the form was scanned, and who says so: the carrier, papers that show it, or the seller alone. */
  scan?: { at: number; by: 'carrier' | 'papers' | 'seller' };
  /** When it moved after all; for a case of one parcel. */
  movedAt?: number;
  note?: string;
};

/** The appeal in plain English, for the platform: what the evidence bears out and no more. Nothing personal. */
export function caseStatement(facts: CaseFacts): string {
  return [
    ...(facts.number === 2 ? ['This is a second appeal; the first was rejected.'] : []),
    subjectSentence(facts),
    ...scanSentences(facts),
    ...silenceSentences(facts),
    ...limitSentences(facts),
    ...causeSentences(facts),
    ...attachedSentences(facts),
    'We ask that the violation be withdrawn and the loss refunded.',
    ...(facts.note === undefined ? [] : [`The seller adds: ${facts.note}`]),
  ].join('\n');
}

const isOne = ({ parcels }: CaseFacts): boolean => parcels.length === 1;

function subjectSentence(facts: CaseFacts): string {
  const [first] = facts.parcels;
  const { carrier } = facts;
  if (!isOne(facts) || first === undefined) {
    const orders = new Set(facts.parcels.map(({ orderId }) => orderId)).size;
    return `${orders === 1 ? '1 order' : `${orders} orders`} in ${facts.parcels.length} parcels were sent with ${carrier}; each is named in the table of the evidence with its tracking number and its limit.`;
  }
  const under = first.trackingNumber === undefined ? '' : ` under tracking number ${first.trackingNumber}`;
  return facts.cause === 'notCollected'
    ? `Order ${first.orderId} was ready for ${carrier}${under}.`
    : `Order ${first.orderId} was sent with ${carrier}${under}.`;
}

const subjectOf = (facts: CaseFacts): string => (isOne(facts) ? 'Its parcel is' : 'Their parcels are');

/** Without a paper the scan is the seller's word. */
function scanSentences(facts: CaseFacts): string[] {
  const { forms, scan } = facts;
  const form = `SCAN Form${forms.length > 1 ? 's' : ''} ${forms.join(', ')}`;
  if (scan === undefined) return forms.length === 0 ? [] : [`${subjectOf(facts)} on ${form}.`];
  const when = minuteOf(scan.at);
  if (forms.length === 0) {
    return [scan.by === 'seller' ? `The seller reports that it was scanned on ${when}.` : `It was scanned on ${when}.`];
  }
  const word = {
    carrier: `${facts.carrier} shows as accepted`,
    papers: 'was scanned',
    seller: 'the seller reports as scanned',
  };
  return [
    `${subjectOf(facts)} on ${form}, which ${forms.length > 1 && scan.by === 'papers' ? 'were scanned' : word[scan.by]} on ${when}.`,
  ];
}

function silenceSentences(facts: CaseFacts): string[] {
  const known = facts.parcels.flatMap(({ silentHours }) => (silentHours === undefined ? [] : [silentHours]));
  const least = Math.min(...known);
  // It moved before the form was scanned, or no scan is known: there was no silence to speak of.
  if (known.length === 0 || known.length < facts.parcels.length || least <= 0) return [];
  if (facts.cause === 'lost') return [`The carrier has shown no further movement for ${least} hours.`];
  if (facts.scan === undefined) return [];
  if (!isOne(facts)) {
    return [`After that scan the carrier's tracking showed no movement of any of them for ${least} hours or more.`];
  }
  return [
    facts.movedAt === undefined
      ? `Since that scan the carrier's tracking has shown no movement for ${least} hours.`
      : `After that scan the carrier's tracking showed no movement for ${least} hours, until ${minuteOf(facts.movedAt)}.`,
  ];
}

function limitSentences(facts: CaseFacts): string[] {
  const limits = facts.parcels.flatMap(({ limit }) => (limit === undefined ? [] : [limit]));
  const [first] = limits;
  if (first === undefined) return [];
  if (isOne(facts)) return [`On ${minuteOf(first.at)} this limit was broken: ${limitWords(first.deadline)}.`];
  const instants = limits.map(({ at }) => at);
  const [from, until] = [Math.min(...instants), Math.max(...instants)];
  const when = from === until ? `on ${minuteOf(from)}` : `between ${minuteOf(from)} and ${minuteOf(until)}`;
  const names = [...new Set(limits.map(({ deadline }) => limitWords(deadline)))];
  return [`These limits were broken ${when}: ${names.join('; ')}.`];
}

function causeSentences(facts: CaseFacts): string[] {
  const { scan } = facts;
  const limits = facts.parcels.flatMap(({ limit }) => (limit === undefined ? [] : [limit.at]));
  const isInTime = scan !== undefined && limits.length > 0 && scan.at < Math.min(...limits);
  if (!isInTime || scan.by === 'seller') return [];
  return [
    isOne(facts)
      ? 'The parcel was in the carrier’s hands before that, so the delay is the carrier’s.'
      : 'The parcels were in the carrier’s hands before that, so the delay is the carrier’s.',
  ];
}

function attachedSentences({ forms, scan }: CaseFacts): string[] {
  const attached = [
    ...(forms.length === 0 ? [] : [forms.length === 1 ? 'the form' : 'the forms']),
    ...(scan?.by === 'papers' ? ['the proof of its scan'] : []),
  ].join(' and ');
  if (attached === '') return [];
  const verb = attached.includes(' and ') || forms.length > 1 ? 'are' : 'is';
  return [`${attached.charAt(0).toUpperCase()}${attached.slice(1)} ${verb} attached.`];
}
