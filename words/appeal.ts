/** To the minute in UTC: a case has no time-zone data, and the platform reads it from anywhere. */
const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const HOUR_MS = 3_600_000;

/** Names come from messages: `toString` is none of ours. */
const lookUp = (table: Record<string, string>, name: string): string =>
  Object.hasOwn(table, name) ? (table[name] ?? name) : name;

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
};

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
    `On ${minuteOf(fact.brokenAt)} this limit was broken: ${lookUp(LIMITS, fact.deadline)}.`,
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
    'a stamped form, a signature or a proof of pickup: ask the post office or the driver for one and keep it for the platform',
  label: 'the label’s record: fetch the label from the carrier’s account',
  platformReading: 'the platform’s reading of the order: take a picture of it in Seller Center',
};

/** What to fetch, as the end of a sentence. */
const missingWords = (missing: readonly string[]): string => missing.map((name) => lookUp(MISSING, name)).join('; ');

type TaskFacts = {
  trackingNumber: string;
  why: 'weak' | 'late' | undefined;
  missing: readonly string[];
  scannedAt: number;
  brokenAt: number;
};

/** What the task to file says beyond itself: which parcel, and what stands in the way. */
export function appealTaskDetail({ trackingNumber, why, missing, scannedAt, brokenAt }: TaskFacts): string {
  if (why === 'weak') {
    return `${trackingNumber}; the evidence is weak: fetch ${missingWords(missing)}; then order the filing`;
  }
  if (why !== 'late') return trackingNumber;
  return `${trackingNumber}; the form was scanned on ${minuteOf(scannedAt)}, after the limit of ${minuteOf(brokenAt)}: the seller was late, so appeal only if that is wrong`;
}

/** Why a person's order is refused. Each is one sentence: what stands in the way, what to do. */
export const appealRefusals = {
  over: (status: string): string => `The case is over (${status}); nothing more can be done with it.`,
  notLost: (status: string): string =>
    `Only a lost appeal can be filed again; this case is ${status}, so wait for its decision.`,
  tooLate: 'The window for a second appeal has ended; the decision stands.',
  filedAlready: (status: string): string => `The appeal was filed before (${status}); after a loss appeal again.`,
  nothingBroke: 'No limit broke yet, so there is nothing to appeal; wait for one.',
  tooLateToFile: 'The window for the appeal has ended; nothing can be filed any more.',
  beingFiled: 'The appeal is being filed right now; try again in a moment.',
  notFiled: 'Nothing has been filed yet, so nothing can have been decided; wait for the filing.',
  decidedTooEarly: 'A decision cannot be older than its filing; correct the time.',
  malformed: (field: string): string => `The message was not understood: ${field} is missing or has the wrong type.`,
  unknownUpdate: (name: string): string => `There is no order called ${name.slice(0, 64)} here.`,
};

const TIMELINE: Record<string, string> = {
  opened: 'The case was opened: no movement for 48 h after the form was scanned.',
  gathered: 'The evidence was gathered and is complete.',
  gatheredWeak: 'The evidence was gathered and is weak.',
  gatheringFailed: 'Newer evidence could not be gathered; it goes on with what was gathered before.',
  limitBroken: 'A limit broke.',
  'heldBack.weak': 'Nothing was filed by itself, for the evidence is weak; a person was asked.',
  'heldBack.late': 'Nothing was filed by itself, for the form was scanned after the limit; a person was asked.',
  moved: 'The parcel moved.',
  over: 'The order was over for another reason.',
  filed: 'The appeal was filed.',
  filingFailed: 'The desk did not take the filing.',
  readingFailed: 'The desk did not say what it decided.',
  reminded: 'People were reminded that the window ends.',
  firstWindowOver: 'The window for the appeal ended.',
  secondWindowOver: 'The window for a second appeal ended.',
  nothingBroke: 'No limit broke in 60 days.',
  workflowCancelled: 'Somebody asked Temporal to cancel this workflow; the case goes on.',
  'decided.won': 'The platform decided: won.',
  'decided.lost': 'The platform decided: lost.',
  'person.fileAppeal': 'It was ordered to file it as it is.',
  'person.appealAgain': 'A second appeal was ordered.',
  'person.recordDecision': 'The decision was recorded.',
  'status.ready': 'The case is ready.',
  'status.filing': 'The appeal is being filed.',
  'status.filed': 'The appeal waits for its decision.',
  'status.won': 'The case is won.',
  'status.lost': 'The appeal is lost.',
  'status.unfiled': 'The case was closed without an appeal.',
  'status.expired': 'The case expired.',
};

/** One line of a case's story. */
export function appealSentence(what: string, about?: string): string {
  const sentence = lookUp(TIMELINE, what);
  return about === undefined || about === '' ? sentence : `${sentence.replace(/\.$/, '')}: ${about}.`;
}

/** What a person should do about a case. */
export const appealToDo = {
  weak: (missing: readonly string[]): string => `The evidence is weak; fetch ${missingWords(missing)}.`,
  fileByHand: (evidenceKey: string, why?: 'weak' | 'late', endsAt?: number): string => {
    const by = endsAt === undefined ? '' : ` by ${minuteOf(endsAt)}`;
    if (why === undefined) {
      return `File it in Seller Center with the evidence ${evidenceKey}${by}, then record the decision.`;
    }
    return why === 'weak'
      ? `Nothing is filed by itself with weak evidence; report the proofs that you fetched and order the filing${by}.`
      : `The form was scanned after the limit broke, so the seller was late and nothing is filed by itself; if that is wrong, order the filing${by}.`;
  },
  appealAgain: (endsAt: number): string =>
    `The appeal was lost; read why, and appeal again with better evidence by ${minuteOf(endsAt)}.`,
  badMessages: (count: number): string => `Not understood: ${count} messages; see who sent them.`,
};

/** The case as a page of Markdown, for the Temporal UI. */
export const appealPage = {
  title: (caseKey: string, status: string): string => `## Appeal ${caseKey}: ${status}`,
  about: (trackingNumber: string, formId: string, scannedAt: number): string =>
    `Parcel ${trackingNumber}, form ${formId}, scanned ${minuteOf(scannedAt)}.`,
  appealBy: (endsAt: number): string => `File by **${dayOf(endsAt)}** (${minuteOf(endsAt)}).`,
  evidence: (key: string, sha256: string): string => `Evidence: \`${key}\`, SHA-256 \`${sha256}\`.`,
  toDo: '**To do**',
  nothingToDo: 'Nothing to do.',
  timeline: '**What happened** (UTC)',
};

/** What stands beside the case, its timer and its steps in Temporal's lists. */
export const appealSummaries = {
  appeal: (caseKey: string): string => `Appeal ${caseKey}`,
  gatherEvidence: 'Gather the evidence',
  fileAppeal: (number: number): string => (number === 1 ? 'File the appeal' : 'File the second appeal'),
  readDecision: (caseNumber: string): string => `Read the decision of case ${caseNumber}`,
  tellOrder: 'Tell the order and the alert desk',
  wakes: {
    readDecision: 'Read the desk again',
    remind: 'Remind people that the window ends',
    windowEnds: 'The window ends',
    tryAgain: 'Try a step again that failed',
    nothingBroke: 'Close the case if no limit broke',
  },
  alertDesk: (shopId: string): string => `Alerts of shop ${shopId}`,
};

/** What a caller of the API hears. */
export const appealDetails = {
  unknownAppeal: (caseKey: string): string => `There is no appeal ${caseKey} in this shop; list its appeals.`,
  appealEnded: (caseKey: string): string => `Appeal ${caseKey} is over; nothing can be done with it any more.`,
};
