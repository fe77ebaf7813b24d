/** What people read about the stories. */
export const storyWords = {
  sellerOnTime: 'A standard order: held an hour, labelled, packed, on the form, scanned, moving, delivered.',
  sellerNeverPacked: 'Nobody packs it: the platform cancels after 3 business days, and the label is voided.',
  sellerNeverCollected: 'Packed and never given away: the platform cancels after 7 business days.',
  pickupOnTime: 'The platform ships: picked up 23 h after packing, taken in at 40 h, nothing late.',
  dropoffOnTime: 'The platform ships: dropped off 23 h after packing, taken in at 40 h, nothing late.',
  pickupCarrierLate: 'The carrier comes 30 h after packing: a target is missed, after a warning, and no limit.',
  dropoffMissed: 'Dropped off 30 h after packing: a target is missed, after a warning, and no limit.',
  presaleOnTime: 'A pre-sale: nothing is written until its release, then packed and sent in time.',
  presaleNotReady: 'A pre-sale that is not ready on its expected ship date: the platform cancels.',
  presaleNotShipped: 'A pre-sale that is ready and not moving within 3 days: the platform cancels.',
  stallAppealWon: 'The form is scanned and stamped, tracking stands still, a limit breaks: one appeal, won.',
  stallInsideDeadline: 'Tracking stands still for 60 h and moves before any limit: the case closes unfiled.',
  stallMovesAt47h: 'Tracking moves 47 h after the scan: there is no case.',
  stallAppealLostThenWon: 'The first appeal is lost, the second, within its 15 days, is won.',
  buyerCancelsInFirstHour: 'The buyer cancels within the first hour: nothing was written.',
  buyerCancelsAfterLabel: 'The buyer cancels when the label is bought; it is voided and nothing is uploaded.',
  platformDeadlineEarlier: 'The platform names an earlier instant than the rules: warned by it, met.',
  platformDeadlineLater: 'The platform names a later instant than the rules: what it says is due.',
  platformDeadlineZero: 'The platform names 0: that is no deadline.',
  platformSilentPastLimit: 'Our instant passes and the platform stays open: nothing is voided, it is sent late.',
  labelOutcomeUnknown: 'The connection is cut right after the purchase: one label is paid for.',
  shippedElsewhere: 'Another tool uploads its number: it is adopted, and ours is never bought.',
  cutoffNoon: 'Ordered at 11:59 it ships that day, ordered at 12:00 the next working day.',
  formOfTheDay: '25 parcels from two places, one late, one voided: three forms, and every live parcel on exactly one.',
  holidayWeekend: 'Ordered on the eve of Thanksgiving at 18:00: 72 business hours end on Tuesday at 18:00.',
  webhooksAllLost: 'No webhook ever arrives: the sweep alone hears of the order, and it is delivered on time.',
  addressChangedAfterLabel: 'The buyer’s address changes when the label is bought: it is voided, and another bought.',
  combinedOrder: 'Two orders in one parcel: one label, and its number uploaded for each.',
  splitParcels: 'One order in two parcels: it is handed over only when both are.',
  buyerCancelAfterHandover: 'The buyer asks to cancel what was handed over: declined in time, nothing voided.',
  platformCancelAfterHandover: 'The platform cancels what the carrier has: a case with the scans, won, nothing voided.',
  returnedToSender: 'The parcel comes back: the order ends returned, and one task is left.',
  shopDeauthorised: 'The owner takes the consent back: from then on nothing is written, and people are told.',
  cheapestOfFour: 'Four accounts are asked at once and one is silent: the cheapest label of the others is bought.',
  labelChosenByPerson: 'A person chooses another account during the hold: its label is bought, and no other.',
  uspsLabelLostAnswer: 'USPS sells a label and the answer is lost: the same key brings the same label, charged once.',
  upsLabelLostAnswer: 'UPS sells a label and the answer is lost: it is found again by our reference.',
  shipsavingLabelLostAnswer: 'ShipSaving sells a label and the answer is lost: it is found again by its order number.',
  priceOverCap: 'The cheapest label is above the cap: nothing is bought until a person accepts it.',
  addressInDoubt: 'The carrier does not know the address: nothing is bought until a person has looked.',
  tiktokUspsFormByHand: 'The platform sold the label: a person makes the form in Seller Center, tracking stalls, won.',
  scanNeverReported: 'Nobody reports the scan: people are asked, and the carrier’s own word starts the clock.',
  stallOaOnly: 'The form’s scan leaves an acceptance on the parcel: that does not stop the stall, one appeal, won.',
  weakEvidence: 'Nothing proves the scan: nothing is filed until a proof of pickup is fetched; then won.',
  windowNearlyMissed: 'A person files: reminded twice, on the last day of the window, and writes down what came back.',
  noOwner: 'There are no two orders.',
  neverSo: 'What was waited for never came.',
  begins: (name: string, shop: string): string => `Playing ${name} in shop ${shop}.`,
  unknown: (name: string, known: string[]): string =>
    `There is no story called ${name}; choose one of ${known.join(', ')}.`,
  notOver: (name: string, order: string, phase: string): string =>
    `Story ${name} did not come to its end: order ${order} is in phase ${phase}.`,
  noDeadline: (order: string, name: string): string => `Order ${order} has no deadline ${name}.`,
  noManifest: (order: string): string => `Order ${order} is on no manifest.`,
  notFiled: (order: string): string => `No appeal was filed for order ${order}.`,
};

const HOUR_MS = 3_600_000;

/** Which warning of a deadline it was. */
function tierOf(tierMs: number | null): string {
  if (tierMs === null) return '';
  return tierMs === 0 ? 'passed' : `${Math.round(tierMs / HOUR_MS)} h before`;
}

/** What `shipclock story run` says while a story is played, and at its end. */
export const storyReportWords = {
  happened: (at: string, sentence: string): string => `  ${at}  ${sentence}`,
  tier: tierOf,
  orders: (count: number): string => `${count} orders`,
  shipOn: (count: number, day: string): string => `${count} orders should leave on ${day}.`,
  appeal: (appeal: string, filings: number): string =>
    filings === 0 ? `Appeal: ${appeal}` : `Appeal: ${appeal}, filed ${filings === 1 ? 'once' : `${filings} times`}`,
};
