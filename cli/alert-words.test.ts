import type { DeadlineName } from '../domain/order/facts';
import type { AttentionLine } from '../domain/order/state';
import { alertSentence } from '../words/alerts';

/** Named one by one, so that the compiler asks for what is new. */
const TASKS: Record<AttentionLine['kind'], true> = {
  ...{ badMessage: true, workflowCancelled: true, unknownAtPlatform: true, noRules: true, otherTracking: true },
  ...{ deadlineNear: true, deadlinePassed: true, labelRefused: true, purchaseUnclear: true, labelDearer: true },
  ...{ uploadRefused: true, voidRefused: true, cancelRefused: true, cancelRequested: true, carrierException: true },
  ...{ uploadWarning: true, commandFailed: true, stalled: true, trackingLost: true, notCollected: true },
  ...{ leftOffForm: true, handoverTooLate: true, scannedWithoutIt: true, labelNotVoided: true },
  ...{ labelFileMissing: true, pullFromForm: true, unknownPolicy: true, awaitsApproval: true, waitsForParcel: true },
  ...{ afterSaleOpen: true, cancelAnswerRefused: true, addressChangedTooLate: true, reprintLabel: true },
  ...{ correctByHand: true, returnedToSender: true, refundedOnTheWay: true, voidedOnTheWay: true },
};

const DEADLINES: Record<DeadlineName, true> = {
  ...{ packBy: true, shipBy: true, collectBy: true, deliverBy: true, answerCancelBy: true },
  ...{ autoCancelUnpacked: true, autoCancelUncollected: true, autoCancelUndelivered: true },
};

const at = Date.parse('2026-11-25T20:00:00Z');

it.each(Object.keys(TASKS))('a task %s is told in words, not by its name', (about) => {
  const sentence = alertSentence({ key: 'k', orderId: '42', kind: 'task', about });
  expect(sentence).toMatch(/^Order 42: .+\.$/);
  expect(sentence).not.toContain(`${about};`);
});

it.each(Object.keys(DEADLINES))('a deadline %s says until when and what to do', (about) => {
  const sentence = alertSentence({ key: 'k', orderId: '42', kind: 'deadline', about, dueAt: at, tierMs: 14_400_000 });
  expect(sentence).toContain('rder 42');
  expect(sentence).toContain('2026-11-25 20:00 UTC (4 h warning)');
  expect(sentence).not.toContain(about);
});
