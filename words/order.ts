/** Why a person's order is refused. Each is one sentence: what stands in the way, what to do. */
export const refusals = {
  notReadYet: 'The order has not been read from the platform yet; try again in a moment.',
  ended: (phase: string): string => `The order is over (${phase}); nothing more can be done with it.`,
  held: (by: string): string => `The order is held by ${by}; release it first.`,
  buyersHold: 'The buyer may still cancel this order for an hour; wait until the platform releases it.',
  cancelRequested: 'The buyer has asked to cancel; answer that first (POST …/approve-cancel or …/reject-cancel).',
  handedOverBeforePacked: 'It cannot have been handed over before it was packed; check the time.',
  alreadyPacked: 'The order is packed already.',
  notPacked: 'The order is not packed.',
  onForm: "The parcel is on the day's form, which is final; hand it over, or cancel the order.",
  platformCountsIt:
    'The platform counts the order as packed since it sold the label; hand it over, or cancel the order.',
  watchedOnly: 'The platform stores and sends this order itself; there is nothing to do here.',
  alreadyCancelling: 'The cancellation is under way already.',
  notAllItems: (itemIds: readonly string[]): string =>
    `Name every item of the order once, in two parcels or more: ${itemIds.join(', ')}.`,
  alreadySplit: 'The order goes in several parcels already.',
  alreadyShipped: 'The tracking number of this order was uploaded already; it cannot be split any more.',
  combined: 'The order shares a parcel with another; it cannot be split.',
  noSuchParcel: (name: string): string => `The order has no parcel ${name}.`,
  nothingToApprove: 'The order does not wait for a word of yours.',
  nothingChosen: 'Name a carrier, a service, an account or a way to hand it over.',
  boughtAlready: 'The label is bought already, or is being bought; void it first to choose another.',
  nothingAsked: 'The buyer has not asked to cancel this order.',
  answeredAlready: 'The buyer was answered, or another answer is on its way; look at the order in a moment.',
  beingBought: 'A label for all its items is being bought; try again in a moment, or hold the order first.',
  watching: 'The shop is only watched: nothing is written in it until its mode is assist or auto.',
  nothingToRelease: 'The order is not held and no label was refused; there is nothing to release.',
  notIn: (phase: string): string => `The order is past that (${phase}).`,
  notHandable: (phase: string): string =>
    `Only a packed parcel with its tracking uploaded is handed over; this order is in ${phase}.`,
  notCancellable: (phase: string): string => `An order in ${phase} can no longer be cancelled by the seller.`,
  unknownOrder: (name: string): string => `There is no order called ${name}.`,
  malformed: (field: string): string => `The message was not understood: ${field} is missing or has the wrong type.`,
};

/** Why a label was not bought, where the carrier did not say it. */
export const labelReasons = {
  noRates: 'no carrier offers a rate for this parcel; check its size, weight and address',
  ratesKeepChanging: 'the rates changed again and again before the purchase',
};

const TIMELINE: Record<string, string> = {
  opened: 'The order came in.',
  planned: 'Its deadlines were worked out.',
  'platform.unpaid': 'The platform: not paid yet.',
  'platform.onHold': "The platform: on the buyer's hold.",
  'platform.awaitingShipment': 'The platform: waiting to be packed.',
  'platform.awaitingCollection': 'The platform: packed, waiting for the carrier.',
  'platform.inTransit': 'The platform: in transit.',
  'platform.delivered': 'The platform: delivered.',
  'platform.completed': 'The platform: completed.',
  'platform.cancelled': 'The platform: cancelled.',
  'carrier.labelCreated': 'The carrier knows of the label.',
  'carrier.originAccepted': 'The post office took it in, by its own scan or by that of the form.',
  'carrier.accepted': 'The carrier has the parcel.',
  'carrier.inTransit': 'The carrier is moving the parcel.',
  'carrier.outForDelivery': 'The parcel is out for delivery.',
  'carrier.delivered': 'The carrier delivered the parcel.',
  'carrier.returned': 'The carrier is sending the parcel back.',
  'carrier.lost': 'The carrier lost the parcel.',
  'carrier.exception': 'The carrier reports a problem.',
  'person.markPacked': 'Packed.',
  'person.markHandedOver': 'Handed over to the carrier.',
  'person.holdOrder': 'Held.',
  'person.releaseOrder': 'Released.',
  'person.cancelOrder': 'Cancellation ordered.',
  'person.undoPacked': 'Unpacked again.',
  'person.rescheduleHandover': 'The handover was planned.',
  'person.approveOrder': 'Let go on.',
  'person.chooseLabel': 'The label was chosen.',
  'person.splitOrder': 'Split into parcels.',
  'person.approveCancel': 'The buyer’s cancellation was granted.',
  'person.rejectCancel': 'The buyer’s cancellation was declined.',
  webhookMissed: 'Heard of by asking the platform: its webhook never came',
  addressChanged: 'The buyer’s address changed.',
  split: 'It goes in several parcels.',
  parcelDropped: 'All items of a parcel were cancelled.',
  sharesParcel: 'It goes in the parcel of another order.',
  goesAlone: 'It goes alone: the parcel it was to share is not sent.',
  cancelApproved: 'The platform was told: the buyer may cancel.',
  cancelRejected: 'The platform was told: too late to cancel.',
  cancelledAfterHandover: 'The platform cancelled it after the carrier had accepted the parcel.',
  trackingCorrected: 'Tracking number corrected.',
  plannedAgain: 'Its deadlines were worked out again.',
  'manifest.late': "The day's form was closed before it came; it goes with the next.",
  'manifest.formed': "It is on the day's form.",
  'manifest.scanned': 'The form was scanned.',
  'manifest.leftOff': "It was left off the day's form.",
  stalled: 'Tracking has stood still for 48 h since the form was scanned.',
  trackingLost: 'Tracking has stood still for so long that the platform counts the parcel as lost.',
  notCollected: 'A limit passed, and the carrier had not come for the packed parcel.',
  'appeal.gathering': 'The evidence for an appeal is being gathered.',
  'appeal.ready': 'An appeal is ready, should a limit break.',
  'appeal.filing': 'The appeal is being filed.',
  'appeal.filed': 'The appeal was filed.',
  'appeal.won': 'The appeal was won.',
  'appeal.lost': 'The appeal was lost.',
  'appeal.unfiled': 'The case was closed without an appeal.',
  'appeal.expired': 'The time for an appeal ran out.',
  labelBought: 'Label bought.',
  labelRefused: 'The label was refused.',
  labelVoided: 'Label voided.',
  labelAdopted: "Another tool's label was adopted.",
  trackingUploaded: 'Tracking number uploaded.',
  trackingUnknown: 'A scan of a parcel that is not ours was ignored.',
  deadlinePassed: 'A deadline passed.',
  phaseRefused: 'A step back was refused.',
  closedAfterDelivery: 'Closed 15 days after delivery.',
};

const withAbout = (sentence: string, about?: string): string =>
  about === undefined || about === '' ? sentence : `${sentence.replace(/\.$/, '')}: ${about}.`;

/** One line of an order's story. */
export const timelineSentence = (what: string, about?: string): string => withAbout(TIMELINE[what] ?? what, about);

const ATTENTION: Record<string, string> = {
  badMessage: 'A message was not understood and changed nothing; see who sent it.',
  workflowCancelled:
    'Somebody asked Temporal to cancel this workflow; that cancels no order, so it goes on: use cancelOrder for that.',
  unknownAtPlatform: 'The platform does not know this order; it is asked again, later each time.',
  noRules: 'The rule set has no deadlines for this kind of order; watch it in Seller Center.',
  otherTracking: 'Another tracking number than the one we uploaded stands on the order; check which parcel was sent.',
  deadlineNear: 'A deadline is near; act on it now.',
  deadlinePassed: 'A deadline passed; the order can still be shipped until the platform says otherwise.',
  labelRefused:
    'No label was bought; put the cause right and release the order, or choose another label, which is bought at once.',
  purchaseUnclear:
    'Nobody can read back whether the label was bought; look at the account, then release the order to buy another.',
  labelDearer: 'The label cost more than it was offered for; look at the account.',
  uploadRefused: 'The platform refused the tracking number; check it in Seller Center.',
  uploadWarning: 'The platform took the tracking number with a warning; read it in Seller Center.',
  voidRefused: 'The label could not be voided; ask the carrier for the money, or release the order to try again.',
  cancelRefused: 'The platform did not carry out the cancellation; cancel in Seller Center or let the order go on.',
  cancelRequested: 'The buyer asks to cancel; answer before packing (POST …/approve-cancel or …/reject-cancel).',
  carrierException: 'The carrier reports a problem with the parcel; ask it what happened.',
  commandFailed: 'A step failed; look at it in the Temporal UI.',
  stalled:
    'Tracking has stood still for 48 h since the form was scanned; ask the carrier, an appeal is being prepared.',
  trackingLost:
    'Tracking has stood still for so long that the platform counts the parcel as lost; ask it for the compensation, a case is being prepared.',
  notCollected:
    'The carrier did not come for the packed parcel before a limit; keep what proves the booked pickup, and have it collected or bring it there.',
  leftOffForm:
    "The parcel is not on the day's form; have it scanned by itself at the counter, or release the order to put it on the next.",
  scannedWithoutIt:
    'The form was scanned while this parcel was kept back; say that it was handed over if it was with the others.',
  pullFromForm:
    'The parcel is on a form that is made and must not go; take it from the pile and strike it off the list at the counter.',
  labelFileMissing: 'The label was bought and its file could not be fetched; print it in Seller Center.',
  labelNotVoided:
    'The order was cancelled after its parcel was given away; its label was not voided: find the parcel, or ask for the money.',
  handoverTooLate: 'The planned handover is after a deadline; choose an earlier one.',
  awaitsApproval: 'It waits for your word: approve it, and its label is bought and its number uploaded.',
  waitsForParcel:
    'It is to go in the parcel of another order, which says nothing, and a deadline is near; see to that order, or release this one to send it alone.',
  afterSaleOpen: 'The buyer asks for a return or a refund; answer that in Seller Center, until then nothing is bought.',
  cancelAnswerRefused:
    'The platform did not take the answer to the buyer’s cancellation; answer it in Seller Center before its deadline.',
  addressChangedTooLate:
    'The buyer’s address changed after the parcel was handed over; ask the carrier to redirect it, or tell the buyer.',
  reprintLabel: 'The label was replaced after the parcel was packed; print the new one and put it over the old.',
  correctByHand:
    'The platform does not take the new tracking number; correct it in Seller Center, or tell the platform’s support.',
  returnedToSender: 'The parcel comes back; take it in and look what the buyer is owed.',
  voidedOnTheWay:
    'The label was given back for a new address while the carrier already had the parcel; ask the carrier whether it still goes.',
  refundedOnTheWay: 'The order was refunded in full while its parcel was on the way; ask the carrier to bring it back.',
  unknownPolicy: 'The shop names a rule set that is not known; correct it.',
};

/** What a person should do, and about what. */
export const attentionSentence = (kind: string, about: string): string => withAbout(ATTENTION[kind] ?? kind, about);

/** Which of an order's states this is about, as Temporal's lists and timelines show it. */
export const summaries = {
  order: (orderId: string): string => `Order ${orderId}`,
  appealOf: (orderId: string): string => `Appeal for order ${orderId}`,
  alertDesk: 'Alerts and tasks of the shop',
  loadOrder: (isFirst: boolean): string => (isFirst ? 'Read the order and plan its deadlines' : 'Read the order again'),
  prepareLabel: (parcel: string): string => `Ask for rates, package ${parcel}`,
  buyLabel: (parcel: string, service: string, priceCents: number): string =>
    `Buy the label, package ${parcel}: ${service}, $${(priceCents / 100).toFixed(2)}`,
  keepLabelFile: (parcel: string): string => `Keep the label's file, package ${parcel}`,
  voidLabel: (parcel: string): string => `Void the label, package ${parcel}`,
  uploadTracking: (trackingNumber: string): string => `Upload ${trackingNumber}`,
  correctTracking: (trackingNumber: string): string => `Correct the tracking number to ${trackingNumber}`,
  answerCancel: (decision: string): string => `Answer the buyer's cancellation: ${decision}`,
  tellGroup: 'Tell the orders that share the parcel',
  askOwner: 'Ask about the parcel that it shares',
  cancelOnPlatform: 'Cancel the order at the platform',
  saveDossier: 'Keep the dossier',
  deadline: (name: string, local: string, rule: string): string => `${name}: ${local}, ${rule}`,
  warning: (name: string, local: string, rule: string): string => `Warn: ${name} ${local}, ${rule}`,
  stall: (trackingNumber: string): string => `48 h after the form's scan: has ${trackingNumber} moved?`,
  askManifest: 'Ask what became of the form',
  tellAgain: 'Tell again what could not be told',
  planOrder: 'Work the deadlines out again',
  joinManifest: "Join the day's form",
  leaveManifest: "Leave the day's form",
  tellAppeal: 'Tell the appeal',
  tellDesk: 'Tell the alert desk',
  lookAgain: 'Look at the platform again',
  lost: 'Has anything been heard of the parcel?',
  closeAfterDelivery: 'Close the order 15 days after delivery',
};

const NEXT_STEP: Record<string, string | undefined> = {
  onHold: 'Wait: the buyer may still cancel.',
  toPack: 'Pack it and say so.',
  awaitingHandover: 'Hand it over to the carrier and say so.',
  handedOver: "Wait for the carrier's first scan: until then the platform counts it as not sent.",
};

/** What comes next in a phase where all goes well; undefined where nobody has to do anything. */
export const nextStep = (phase: string): string | undefined => NEXT_STEP[phase];

/** What is odd about an order under its rules. */
export const flagSentences: Record<string, string> = {
  expectedShipDateOutOfRange: 'Its expected ship date lies outside what the rules allow; check the product.',
  expectedShipDateMissing: 'It is a pre-sale without an expected ship date and is read as a standard order.',
  handlingOutOfRange: 'Its handling time lies outside what the rules allow; check the product.',
  lenientRules:
    'The shop is configured for the first rule set, which is more lenient than today’s rules; name `us` instead.',
  handlingMissing: 'It has no handling time and is read as a standard order.',
};

/** The order as a page of Markdown, for the Temporal UI. */
export const pageWords = {
  mayBePaid: 'A label may be paid for: its purchase was begun and its outcome is not known yet.',
  title: (orderId: string, phase: string): string => `## Order ${orderId}: ${phase}`,
  toDo: '**To do**',
  nothingToDo: 'Nothing to do.',
  next: (name: string, local: string, rule: string): string => `Next deadline: **${name}**, ${local} (${rule}).`,
  both: (platform: string, ours: string): string => `the platform: ${platform}; our rules: ${ours}`,
  tableHead: '| deadline | at | rule | work by (UTC) | met |\n| --- | --- | --- | --- | --- |',
  timeline: '**What happened** (UTC)',
  met: 'yes',
  late: 'late',
  missed: 'no',
  open: 'open',
  held: (by: string): string => `Held by ${by}: release it when it may go on.`,
  onlyWatched:
    'The shop is on watch, so nothing is bought or uploaded here: pack it as before, or switch the shop to assist.',
  packed: 'It is packed: its tracking number waits to be uploaded. If it stays so, see whether writes are off.',
  watched: 'Nothing: the platform stores and sends it; it is only watched here.',
};
