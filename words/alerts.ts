/** What may be said of an alert, as `domain/alerts` has it. */
type Told = {
  key: string;
  orderId: string;
  kind: 'deadline' | 'task' | 'drift';
  about: string;
  dueAt?: number;
  tierMs?: number;
  detail?: string;
};

/** To the minute in UTC: the desk has no time-zone data. */
const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const spanOf = (ms: number): string => (ms % HOUR_MS === 0 ? `${ms / HOUR_MS} h` : `${Math.round(ms / MINUTE_MS)} min`);

/** What a deadline asks for, of which order and until when. */
const DEADLINES: Record<string, (order: string, by: string) => string> = {
  packBy: (order, by) => `Order ${order} must be packed by ${by}; pack it and say so.`,
  shipBy: (order, by) =>
    `Order ${order} must be dispatched by ${by}, as its rule set counts it; pack it, see that its tracking number is uploaded, and hand it over.`,
  collectBy: (order, by) =>
    `The carrier must have order ${order} by ${by}; bring it to the drop-off point or have it collected, and say so.`,
  autoCancelUnpacked: (order, by) =>
    `The platform cancels and refunds order ${order} if it is not ready for collection by ${by}; pack it and say so.`,
  autoCancelUncollected: (order, by) =>
    `The platform cancels and refunds order ${order} if no carrier has scanned it by ${by}; hand it over and ask for the scan.`,
  autoCancelUndelivered: (order, by) =>
    `The platform cancels and refunds order ${order} if it is not delivered by ${by}; ask the carrier where the parcel is.`,
  deliverBy: (order, by) =>
    `Order ${order} should be delivered by ${by}; ask the carrier where the parcel is, and tell the buyer if it will be late.`,
  answerCancelBy: (order, by) =>
    `The buyer asks to cancel order ${order}, and the platform decides by itself if nobody has answered by ${by}; accept or decline it (POST …/approve-cancel or …/reject-cancel).`,
};

/** What happened, and what a person has to do. */
const TASKS: Record<string, string> = {
  badMessage: 'a message was not understood and changed nothing; see who sent it',
  workflowCancelled:
    'somebody asked Temporal to cancel its workflow, which cancels no order; if it is to be cancelled, cancel the order itself',
  unknownAtPlatform: 'the platform does not know it; look for it in Seller Center',
  noRules: 'the rule set has no deadlines for this kind of order; watch it in Seller Center',
  otherTracking:
    'another tracking number than the one we uploaded stands on it at the platform; check which parcel was sent',
  deadlineNear: 'a deadline is near; act on it now',
  deadlinePassed: 'a deadline passed; send it all the same, and look what the platform does',
  labelRefused: 'its label was refused; put the cause right and release the order to try again',
  purchaseUnclear: 'nobody can read back whether its label was bought; look at the account, then release the order',
  accountMissing:
    'a carrier account that orders or refunds still need is gone from the settings; put it back, switched off if nothing is to be bought through it',
  refundMissing: 'the money of a voided label was refused or has not come; ask the account about it',
  labelDearer: 'its label cost more than it was offered for; look at the account',
  uploadRefused: 'the platform refused its tracking number; check it in Seller Center',
  uploadWarning: 'the platform took its tracking number with a warning; read it in Seller Center',
  voidRefused: 'its label could not be voided; ask the carrier for the money, or release the order to try again',
  cancelRefused: 'the platform did not carry out the cancellation; cancel in Seller Center or let the order go on',
  cancelRequested: 'the buyer asks to cancel; answer before packing (POST …/approve-cancel or …/reject-cancel)',
  carrierException: 'the carrier reports a problem with the parcel; ask it what happened',
  commandFailed: 'a step failed and will not be repeated by itself; look at it in the Temporal UI',
  cancelAnswerRefused:
    'the platform did not take the answer to the buyer’s cancellation; answer it in Seller Center before its deadline',
  awaitsApproval: 'it waits for a word; approve it, and its label is bought and its number uploaded',
  waitsForParcel:
    'it is to go in the parcel of another order, which says nothing, and a deadline is near; see to that order, or release this one to send it alone',
  afterSaleOpen:
    'the buyer asks for a return or a refund; answer that in Seller Center, until then nothing is bought for it',
  addressChangedTooLate:
    'the buyer’s address changed after the parcel was handed over; ask the carrier to redirect it, or tell the buyer',
  reprintLabel: 'its label was replaced after the parcel was packed; print the new one and put it over the old',
  correctByHand:
    'the platform does not take the new tracking number; correct it in Seller Center, or tell the platform’s support',
  returnedToSender: 'its parcel comes back; take it in and look what the buyer is owed',
  refundedOnTheWay: 'it was refunded in full while its parcel was on the way; ask the carrier to bring it back',
  voidedOnTheWay:
    'its label was given back for a new address while the carrier already had the parcel; ask the carrier whether it still goes',
  unknownPolicy: 'the shop names a rule set that is not known; correct it',
  appealLost: 'its appeal was lost; read why, and appeal again with better evidence before the window ends',
  appealFileByHand:
    'its appeal is ready and is not filed by itself; look at what it says is missing, file it, and record its number if it was filed in Seller Center, and later the decision',
  scanNotReported:
    'nobody has said that the form was scanned; bring it to the post office with its parcels, have it scanned and stamped, and report it',
  makeFormByHand:
    'the form of the day is made by a person; make it in Seller Center before the cut-off and bring back its number and its PDF',
  formNotBrought:
    'the cut-off passed and nobody brought the number of the form; bring it if it was made, else have each parcel scanned at the counter and ask for the receipt',
  parcelsWithoutForm:
    'parcels with a label are on no form and the cut-off is near; pack them, or see why they are kept back',
  parcelsWithoutEvent:
    'the form was scanned 2 h ago and the carrier says nothing of some of its parcels; list them with shipclock form parcels --silent and look whether they were in the pile',
  formFailed:
    'the carrier made no form for its parcels; have each label scanned at the counter and ask for the receipt',
  leftOffForm: 'it is not on the form of its day; have its own label scanned at the counter and ask for the receipt',
  scannedWithoutIt:
    'the form was scanned while this parcel was kept back; say that it was handed over if it was with the others',
  pullFromForm:
    'it is on a form that is made and must not go; take it from the pile and strike it off the list at the counter',
  labelFileMissing: 'its label was bought and the file could not be fetched; print it in Seller Center',
  labelNotVoided:
    'it was cancelled after its parcel was given away, and its label was not voided; find the parcel, or ask for the money',
  handoverTooLate: 'the planned handover is after a deadline; choose an earlier one',
  reconnectNeeded:
    'the platform takes its tokens no more, so nothing is read or written; run shipclock connect tiktok and have its owner consent again',
  deauthorised:
    'its owner took the consent back, so nothing is read or written any more; run shipclock connect tiktok if that was a mistake',
  consentExpiring: 'the consent of its owner ends soon; run shipclock connect tiktok before then',
  accountPaused:
    'its label waits for a carrier account that is paused, and so may those of other orders; all go on by themselves once it is put right',
  balanceLow: 'a carrier account has less money left than a day of labels costs; pay in',
  pickupRefused: 'the carrier does not come to collect; put the cause right and book again, or bring the parcels there',
  pickupUnclear:
    'nobody knows whether the carrier comes to collect; look it up at the carrier by the reference, then book or cancel it again',
  trackingLost:
    'nothing has been heard of its parcel for so long that the platform counts it as lost; ask the platform for the compensation',
  notCollected:
    'the carrier did not come for its packed parcel before a limit; keep what proves the booked pickup, and hand it over',
  stalled:
    'its tracking has not moved since the form was scanned; ask the carrier where the parcel is, and keep what proves the handover',
};

/** Names come from messages: `toString` is none of ours. */
const lookUp = <Words>(table: Record<string, Words>, about: string): Words | undefined =>
  Object.hasOwn(table, about) ? table[about] : undefined;

const withDetail = (sentence: string, detail?: string): string =>
  detail === undefined || detail === '' ? sentence : `${sentence.replace(/\.$/, '')} (${detail}).`;

/** Which warning it is. None at all before its instant is the last one: it has passed. */
function tierWords(tierMs?: number): string {
  if (tierMs === undefined) return '';
  return tierMs === 0 ? ' (passed)' : ` (${spanOf(tierMs)} warning)`;
}

const subjectOf = (orderId: string): string => (orderId === '' ? 'This shop' : `Order ${orderId}`);

/** One alert as a sentence: what happened, to which order, what to do. It stays true however late it is read. */
export const alertSentence = (alert: Told): string => withDetail(SENTENCES[alert.kind](alert), alert.detail);

const SENTENCES: Record<Told['kind'], (alert: Told) => string> = {
  deadline: ({ about, orderId, dueAt, tierMs }) => {
    const by = `${dueAt === undefined ? 'its deadline' : minuteOf(dueAt)}${tierWords(tierMs)}`;
    return lookUp(DEADLINES, about)?.(orderId, by) ?? `${subjectOf(orderId)}: ${about} is due by ${by}; act on it now.`;
  },
  task: ({ about, orderId }) =>
    `${subjectOf(orderId)}: ${lookUp(TASKS, about) ?? `${about}; look at it in the Temporal UI`}.`,
  drift: ({ about, orderId }) => {
    const seen = orderId === '' ? '' : `, first seen on order ${orderId}`;
    return `The platform names another ${about} than our rules do${seen}; go by the platform's, and check whether its rules have changed.`;
  },
};

/** What a person hears who acknowledges an alert. */
export const acknowledgeWords = {
  unknown: (key: string): string =>
    `There is no alert ${key} in this shop; list the alerts and take the key from there.`,
  already: (by: string): string => `It was acknowledged before, by ${by}; that stays.`,
  settled: 'It is settled; nothing is left to do.',
  idReused: (key: string): string =>
    `This request was answered before, and was about alert ${key}; take another key (or id) for another alert.`,
  unknownUpdate: (name: string): string => `There is no order called ${name.slice(0, 64)} here.`,
  malformed: (field: string): string => `The message was not understood: ${field} is missing or has the wrong type.`,
};

/** What an order's page in Temporal says where a shop's desk could not be told. */
export const deskFailures = {
  over: (shopId: string): string =>
    `The alert desk of shop ${shopId} is over and was not begun again; look at alerts:${shopId} in the Temporal UI.`,
};

/** In a cell of a Markdown table: a bar or a new line would end it. */
const cell = (text: string): string => text.replace(/[|\r\n]+/g, ' ');

/** The desk as a page of Markdown, for the Temporal UI. */
export const deskPage = {
  title: (shopId: string, open: number, acknowledged: number): string =>
    `## Alerts of shop ${shopId}: ${open} open, ${acknowledged} acknowledged`,
  nothing: 'Nothing is open.',
  tableHead: '| due | what to do | key |\n| --- | --- | --- |',
  row: ({ dueAt, key }: Told, sentence: string): string =>
    `| ${dueAt === undefined ? '' : minuteOf(dueAt)} | ${cell(sentence)} | \`${cell(key)}\` |`,
  more: (count: number): string => `And ${count} more.`,
  howTo: (shopId: string): string =>
    `Say that you see to one with the update \`acknowledgeAlert\` (\`{"key": "…", "actor": "…"}\`), or with \`npx shipclock alert ack <key> --shop ${shopId}\`. It is settled by itself when its cause is gone.`,
  unreadable: (count: number): string => `Not understood: ${count} messages or parts of them; see who sent them.`,
  cancelAsked:
    'Somebody asked Temporal to cancel this workflow; without it nobody would hear of this shop any more, so it goes on.',
};

/** What `shipclock alert … --help` says. */
export const alertHelp = {
  alert: 'See what asks for attention in a shop, and say that somebody sees to it.',
  list: 'List the alerts and tasks of a shop, the most urgent first.',
  listMore: '\nExamples:\n  shipclock alert list\n  shipclock alert list --state all --json',
  state: 'open, acknowledged, settled or all',
  ack: 'Say that you see to an alert: it leaves the open ones, and is settled when its cause is gone.',
  ackMore:
    '\nThe key is the last column of shipclock alert list.\n\nExample:\n  shipclock alert ack order:576461413038785752:labelRefused:0',
  key: 'key of the alert, as shipclock alert list gives it',
};

/** What the tables and answers of the command line say. */
export const alertCliWords = {
  columns: ['DUE (UTC)', 'TIME LEFT', 'ORDER', 'ABOUT', 'STATE', 'KEY'],
  none: (shopId: string, state: string): string =>
    state === 'all' ? `Shop ${shopId} has no alerts.` : `Shop ${shopId} has no alerts that are ${state}.`,
  driftOf: (deadline: string): string => `drift ${deadline}`,
  drift:
    "Drift: the platform names another instant than our rules do; go by the platform's, and check whether its rules have changed.",
  more: (shown: number, count: number): string => `These are the most urgent ${shown} of ${count}.`,
  acknowledged: (by: string, at: string): string => `Acknowledged by ${by} at ${at} UTC:`,
  settled: (at: string): string => `Settled at ${at} UTC; nothing is left to do:`,
};
