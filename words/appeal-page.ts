import { lookUp, minuteOf, missingWords, ordersWord, SELLER_CENTER, type WhyHeldBack } from './appeal';

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const TIMELINE: Record<string, string> = {
  opened: 'The case was opened: no movement for 48 h after the form was scanned.',
  openedFor: 'The case was opened.',
  settled: 'It was settled how many parcels are claimed.',
  claimChanged: 'Not all that were claimed have lost; the evidence is gathered again for those that have.',
  graceBegan: 'The window ended; what was filed in time can still be recorded.',
  newPapers: 'There are new papers; the evidence is gathered again.',
  gathered: 'The evidence was gathered and is complete.',
  gatheredWeak: 'The evidence was gathered and is weak.',
  gatheringFailed: 'Newer evidence could not be gathered; it goes on with what was gathered before.',
  limitBroken: 'A limit broke.',
  'heldBack.weak': 'Nothing was filed by itself, for the evidence is weak; a person was asked.',
  'heldBack.seller': 'Nothing was filed by itself, for by the rule the delay is the seller’s; a person was asked.',
  'heldBack.unclear': 'Nothing was filed by itself, for the rule does not say whose delay it is; a person was asked.',
  'heldBack.late': 'Nothing was filed by itself, for the form was scanned after the limit; a person was asked.',
  moved: 'The parcel moved.',
  over: 'The order was over for another reason.',
  filed: 'The appeal was filed.',
  filedByHand: 'A person filed the appeal in Seller Center.',
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
  'person.recordFiling': 'The filing was recorded.',
  'person.recordDecision': 'The decision was recorded.',
  'status.ready': 'The case is ready; it waits for a limit to break, or for a person.',
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
  return about === undefined || about === '' ? sentence : `${sentence.replace(/\.$/, '')}: ${cutHash(about)}.`;
}

/** As much of a SHA-256 as people compare; the whole one stands with the evidence. */
const cutHash = (about: string): string => (/^[0-9a-f]{64}$/.test(about) ? about.slice(0, 12) : about);

/** What a case that is ready waits for. */
export const appealWaits = {
  forLimit:
    'It waits until a limit breaks. Then it is filed by itself, if the evidence bears it out and the shop has an appeal desk; otherwise people are asked to file it.',
  forOthers: (at: number): string =>
    `A limit broke; it waits until ${minuteOf(at)} for what becomes of the other parcels, and then claims those that lost.`,
};

/** What a person should do about a case. */
export const appealToDo = {
  weak: (missing: readonly string[]): string => `The evidence is weak; fetch ${missingWords(missing)}.`,
  report: ({ shopId, manifest, scannedAt, endsAt }: Report): string => {
    const at = scannedAt === undefined ? '<when it was scanned>' : new Date(scannedAt).toISOString();
    const by = endsAt === undefined ? 'before a limit breaks' : `by ${minuteOf(endsAt)}`;
    return `Report what you fetched ${by}, with the time of the scan as it was: npx shipclock form report ${manifest} --shop ${shopId} --scanned-at ${at} --stamped-form <file>`;
  },
  fileByHand: ({ pack, why, orders, endsAt }: ByHand): string => {
    const by = endsAt === undefined ? '' : ` by ${minuteOf(endsAt)}`;
    switch (why) {
      case 'weak':
        return `Nothing is filed by itself with weak evidence; report the proofs that you fetched and order the filing${by}.`;
      case 'late':
        return `The form was scanned after the limit broke, so the seller was late and nothing is filed by itself; if that is wrong, order the filing${by}.`;
      case 'seller':
        return `By the platform’s rule the delay is the seller’s: nobody showed that the carrier had it in time; if that is wrong, bring the proof, and order the filing${by}.`;
      case 'unclear':
        return `The platform’s rule does not say whose delay it is; read the pack ${pack}, and order the filing${by} if it is the carrier’s.`;
      case undefined:
        return orders === undefined
          ? `File it in Seller Center with the evidence ${pack}${by}, then record the decision.`
          : `File it for ${ordersWord(orders)} in Seller Center (${SELLER_CENTER}, Account Health, the violation, Appeal) with the pack ${pack}${by}, then record its case number, and later the decision.`;
    }
  },
  recordInTime: (endsAt: number, until: number): string =>
    `The window ended on ${minuteOf(endsAt)}; if it was filed in Seller Center before that, record its case number and when it was filed by ${minuteOf(until)}.`,
  appealAgain: (endsAt: number): string =>
    `The appeal was lost; read why, and appeal again with better evidence by ${minuteOf(endsAt)}.`,
  badMessages: (count: number): string => `Not understood: ${count} messages; see who sent them.`,
};

type Report = { shopId: string; manifest: string; scannedAt: number | undefined; endsAt: number | undefined };

type ByHand = { pack: string; why: WhyHeldBack | undefined; orders?: number; endsAt: number | undefined };

type Counts = { members: number; undecided: number; broken: number; moved: number; over: number };

const scannedWord = (scannedAt: number | undefined): string =>
  scannedAt === undefined ? 'its scan was not shown' : `scanned ${minuteOf(scannedAt)}`;

/** The case as a page of Markdown, for the Temporal UI. */
export const appealPage = {
  title: (caseKey: string, status: string): string => `## Appeal ${caseKey}: ${status}`,
  about: ({
    trackingNumber,
    formId,
    scannedAt,
  }: {
    trackingNumber: string;
    formId: string;
    scannedAt: number | undefined;
  }): string => `Parcel ${trackingNumber}, form ${formId}, ${scannedWord(scannedAt)}.`,
  aboutForm: (formId: string, scannedAt: number | undefined): string =>
    `All parcels of form ${formId} that stalled, ${scannedWord(scannedAt)}.`,
  parcels: (
    { members, undecided, broken, moved, over }: Counts,
    claim?: { members: number; leftOut: number; spared: number },
  ): string => {
    const known = `Parcels: ${members}; a limit broke for ${broken}, ${moved} moved before, ${over} ended otherwise, of ${undecided} nothing is known yet.`;
    return claim === undefined
      ? known
      : `${known} Claimed: ${claim.members}; in a next case: ${claim.leftOut}; nothing lost: ${claim.spared}.`;
  },
  appealBy: (endsAt: number): string => `File by **${dayOf(endsAt)}** (${minuteOf(endsAt)}).`,
  evidence: (key: string, sha256: string): string => `Evidence: \`${key}\`, SHA-256 \`${sha256}\`.`,
  toDo: '**To do**',
  nothingToDo: 'Nothing to do.',
  timeline: '**What happened** (UTC)',
};
