import { limitWords } from './statement';

/** To the minute in UTC: a case has no time-zone data, and the platform reads it from anywhere. */
export const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const HOUR_MS = 3_600_000;

/** Names come from messages: `toString` is none of ours. */
export const lookUp = (table: Record<string, string>, name: string): string =>
  Object.hasOwn(table, name) ? (table[name] ?? name) : name;

type Statement = {
  orderId: string;
  trackingNumber: string;
  carrier: string;
  /** Absent where no form that names the parcel is in the evidence. */
  formNumber?: string;
  scannedAt: number;
  /** A stamp, a signature or a proof of pickup is in the evidence. */
  hasProof: boolean;
  /** Until when the carrier showed nothing: the first movement, or the filing. */
  silentUntil: number;
  hasMoved: boolean;
  deadline: string;
  brokenAt: number;
  number: 1 | 2;
  note?: string;
};

/** The appeal in plain English, for the platform: what the evidence bears out and no more. Nothing personal. */
export function statementOf(fact: Statement): string {
  return [
    ...(fact.number === 2 ? ['This is a second appeal; the first was rejected.'] : []),
    `Order ${fact.orderId} was sent with ${fact.carrier} under tracking number ${fact.trackingNumber}.`,
    scanSentence(fact),
    ...silenceSentences(fact),
    `On ${minuteOf(fact.brokenAt)} this limit was broken: ${limitWords(fact.deadline)}.`,
    ...causeSentences(fact),
    ...attachedSentences(fact),
    'We ask that the violation be withdrawn and the loss refunded.',
    ...(fact.note === undefined ? [] : [`The seller adds: ${fact.note}`]),
  ].join('\n');
}

/** Without a proof the scan is the seller's word. */
function scanSentence({ formNumber, hasProof, scannedAt }: Statement): string {
  const when = `${hasProof ? 'was scanned' : 'the seller reports as scanned'} on ${minuteOf(scannedAt)}`;
  if (formNumber !== undefined) return `Its parcel is on SCAN Form ${formNumber}, which ${when}.`;
  return `The seller reports that it was scanned on ${minuteOf(scannedAt)}.`;
}

function silenceSentences({ silentUntil, scannedAt, hasMoved }: Statement): string[] {
  // It moved before the form was scanned: there was no silence to speak of.
  if (silentUntil <= scannedAt) return [];
  const hours = Math.floor((silentUntil - scannedAt) / HOUR_MS);
  return [
    hasMoved
      ? `After that scan the carrier's tracking showed no movement for ${hours} hours, until ${minuteOf(silentUntil)}.`
      : `Since that scan the carrier's tracking has shown no movement for ${hours} hours.`,
  ];
}

const causeSentences = ({ hasProof, scannedAt, brokenAt }: Statement): string[] =>
  hasProof && scannedAt < brokenAt
    ? ['The parcel was in the carrier’s hands before that, so the delay is the carrier’s.']
    : [];

function attachedSentences({ formNumber, hasProof }: Statement): string[] {
  const attached = [
    ...(formNumber === undefined ? [] : ['the form']),
    ...(hasProof ? ['the proof of its scan'] : []),
  ].join(' and ');
  if (attached === '') return [];
  const sentence = `${attached} ${attached.includes(' and ') ? 'are' : 'is'} attached.`;
  return [sentence.charAt(0).toUpperCase() + sentence.slice(1)];
}

/** What was not found when the evidence was gathered, and what to fetch. */
const MISSING: Record<string, string> = {
  form: 'the SCAN Form: fetch it from the carrier’s account',
  parcelOnForm: 'the parcel on the SCAN Form: look which form it went with',
  scan: 'the report of the scan: report when and where the form was scanned',
  proof:
    'a stamped form, a signature or a proof of pickup: ask the post office or the driver for one, and report it with shipclock form report',
  formFile: 'the form as a file: download it where it was made, and report it with the scan',
  order: 'what was kept of an order: see whether its shop is the right one',
  pickup: 'the carrier pickup that was booked: fetch its confirmation',
  tampered: 'a file that is not what it was when it was kept: bring it again',
  label: 'the label’s record: fetch the label from the carrier’s account',
  platformReading: 'the platform’s reading of the order: take a picture of it in Seller Center',
};

/** What to fetch, as the end of a sentence. */
export const missingWords = (missing: readonly string[]): string =>
  missing.map((name) => lookUp(MISSING, name)).join('; ');

/** Why nothing is filed without a person. */
export type WhyHeldBack = 'weak' | 'late' | 'seller' | 'unclear';

/** Where a person appeals: the platform has no call for it. */
export const SELLER_CENTER = 'https://seller-us.tiktok.com/';

type TaskFacts = {
  /** A tracking number, or a form. */
  about: string;
  why: WhyHeldBack | undefined;
  /** How many orders, and the pack to take along: of a case that counts them. */
  orders?: number;
  pack?: string;
  missing: readonly string[];
  scannedAt: number;
  brokenAt: number;
};

/** What the task to file says beyond itself: which parcel, and what stands in the way. */
export function appealTaskDetail({ about, why, orders, pack, missing, scannedAt, brokenAt }: TaskFacts): string {
  switch (why) {
    case 'weak':
      return `${about}; the evidence is weak: fetch ${missingWords(missing)}; then order the filing`;
    case 'late':
      return `${about}; the form was scanned on ${minuteOf(scannedAt)}, after the limit of ${minuteOf(brokenAt)}: the seller was late, so appeal only if that is wrong`;
    case 'seller':
      return `${about}; by the platform’s rule the delay is the seller’s: appeal only if you can show that the carrier had it`;
    case 'unclear':
      return `${about}; the platform’s rule does not say whose delay it is: read the pack, then order the filing`;
    case undefined:
      return orders === undefined
        ? about
        : `${about}, ${ordersWord(orders)}: appeal at ${SELLER_CENTER} (Account Health, the violation) with ${pack ?? ''}, then record its number`;
  }
}

export const ordersWord = (count: number): string => `${count} ${count === 1 ? 'order' : 'orders'}`;

/** Why a person's order is refused. Each is one sentence: what stands in the way, what to do. */
export const appealRefusals = {
  over: (status: string): string => `The case is over (${status}); nothing more can be done with it.`,
  notLost: (status: string): string =>
    `Only a lost appeal can be filed again; this case is ${status}, so wait for its decision.`,
  tooLate: 'The window for a second appeal has ended; the decision stands.',
  filedAlready: (status: string): string => `The appeal was filed before (${status}); after a loss appeal again.`,
  nothingBroke: 'No limit broke yet, so there is nothing to appeal; wait for one.',
  tooLateToFile: 'The window for the appeal has ended; nothing can be filed any more.',
  stillCounting: 'The case is still counting its parcels; try again in a few minutes.',
  filedTooEarly: 'It cannot have been filed before there was something to appeal; correct the time.',
  sameNumber: 'The first appeal has this number; give that of the second.',
  beingFiled: 'The appeal is being filed right now; try again in a moment.',
  notFiled: 'Nothing has been filed yet, so nothing can have been decided; wait for the filing.',
  filingUnknown: 'Nobody has said under which number it was filed; record the filing first, then its decision.',
  decidedTooEarly: 'A decision cannot be older than its filing; correct the time.',
  malformed: (field: string): string => `The message was not understood: ${field} is missing or has the wrong type.`,
  unknownUpdate: (name: string): string => `There is no order called ${name.slice(0, 64)} here.`,
};

/** What stands beside the case, its timer and its steps in Temporal's lists. */
export const appealSummaries = {
  appeal: (caseKey: string): string => `Appeal ${caseKey}`,
  gatherEvidence: 'Gather the evidence',
  fileAppeal: (number: number): string => (number === 1 ? 'File the appeal' : 'File the second appeal'),
  readDecision: (caseNumber: string): string => `Read the decision of case ${caseNumber}`,
  tellOrder: 'Tell the order and the alert desk',
  surveyCase: 'Count its parcels',
  settleClaim: 'Settle which parcels are claimed',
  tellCase: 'Tell its orders and the alert desk',
  saveCaseResult: 'Keep what came of it',
  wakes: {
    readDecision: 'Read the desk again',
    remind: 'Remind people that the window ends',
    windowEnds: 'The window ends',
    tryAgain: 'Try a step again that failed',
    nothingBroke: 'Close the case if no limit broke',
    survey: 'Count its parcels again',
    settle: 'Settle which parcels are claimed',
    lookAgain: 'Look for new papers',
    silenceFull: 'Judge again: 48 h of silence are full',
    graceEnds: 'Close the case if nobody recorded a filing',
  },
  alertDesk: (shopId: string): string => `Alerts of shop ${shopId}`,
};

/** What a caller of the API hears. */
export const appealDetails = {
  unknownAppeal: (caseKey: string): string => `There is no appeal ${caseKey} in this shop; list its appeals.`,
  appealEnded: (caseKey: string): string => `Appeal ${caseKey} is over; nothing can be done with it any more.`,
};
