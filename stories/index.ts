import { buyerCancelsAfterLabel, buyerCancelsInFirstHour } from './cancellations';
import {
  addressInDoubt,
  cheapestOfFour,
  labelChosenByPerson,
  priceOverCap,
  shipsavingLabelLostAnswer,
  upsLabelLostAnswer,
  uspsLabelLostAnswer,
} from './carriers';
import { cutoffNoon, formOfTheDay, holidayWeekend } from './days';
import {
  platformDeadlineEarlier,
  platformDeadlineLater,
  platformDeadlineZero,
  platformSilentPastLimit,
} from './platform-deadlines';
import { dropoffMissed, dropoffOnTime, pickupCarrierLate, pickupOnTime } from './platform-shipping';
import { presaleNotReady, presaleNotShipped, presaleOnTime } from './pre-sale';
import {
  labelOutcomeUnknown,
  sellerNeverCollected,
  sellerNeverPacked,
  sellerOnTime,
  shippedElsewhere,
} from './seller-shipping';
import {
  scanNeverReported,
  stallAppealLostThenWon,
  stallAppealWon,
  stallInsideDeadline,
  stallMovesAt47h,
  stallOaOnly,
  tiktokUspsFormByHand,
  weakEvidence,
  windowNearlyMissed,
} from './stalls';
import type { Story } from './story';
import {
  addressChangedAfterLabel,
  buyerCancelAfterHandover,
  combinedOrder,
  platformCancelAfterHandover,
  returnedToSender,
  shopDeauthorised,
  splitParcels,
  webhooksAllLost,
} from './tiktok-shop';

/** Every story by name: what the tests play, `shipclock story` shows and the benches measure. */
export const stories: readonly Story[] = [
  sellerOnTime,
  sellerNeverPacked,
  sellerNeverCollected,
  pickupOnTime,
  dropoffOnTime,
  pickupCarrierLate,
  dropoffMissed,
  presaleOnTime,
  presaleNotReady,
  presaleNotShipped,
  stallAppealWon,
  stallInsideDeadline,
  stallMovesAt47h,
  stallAppealLostThenWon,
  buyerCancelsInFirstHour,
  buyerCancelsAfterLabel,
  platformDeadlineEarlier,
  platformDeadlineLater,
  platformDeadlineZero,
  platformSilentPastLimit,
  labelOutcomeUnknown,
  shippedElsewhere,
  cutoffNoon,
  formOfTheDay,
  holidayWeekend,
  webhooksAllLost,
  addressChangedAfterLabel,
  combinedOrder,
  splitParcels,
  buyerCancelAfterHandover,
  platformCancelAfterHandover,
  returnedToSender,
  shopDeauthorised,
  cheapestOfFour,
  labelChosenByPerson,
  uspsLabelLostAnswer,
  upsLabelLostAnswer,
  shipsavingLabelLostAnswer,
  priceOverCap,
  addressInDoubt,
  tiktokUspsFormByHand,
  scanNeverReported,
  stallOaOnly,
  weakEvidence,
  windowNearlyMissed,
];
