import { limitWords } from '../../words/statement';
import { statementOf } from '../../words/appeal';
import { HOUR_MS, SCANNED } from './test-support';

const facts = {
  orderId: '57',
  trackingNumber: '9400',
  carrier: 'USPS',
  formNumber: '9475',
  scannedAt: SCANNED,
  hasProof: true,
  silentUntil: SCANNED + 30 * HOUR_MS,
  hasMoved: true,
  deadline: 'autoCancelUncollected',
  brokenAt: SCANNED + HOUR_MS,
  number: 1,
} as const;

describe('the statement', () => {
  it('says the silence until the true movement, the limit’s date, and whose delay it is', () => {
    const text = statementOf(facts);
    expect(text).toMatch(/no movement for 30 hours, until 2026-11-22 02:00 UTC[^]*On 2026-11-20 21:00 UTC this limit/);
    expect(text).toMatch(/carrier’s hands before that[^]*The form and the proof of its scan are attached/);
  });

  it('does not blame the carrier for a form that was scanned after the limit', () => {
    expect(statementOf({ ...facts, brokenAt: SCANNED })).not.toMatch(/carrier’s hands/);
  });

  it('says nothing of a silence that was none', () => {
    expect(statementOf({ ...facts, silentUntil: SCANNED - 1 })).not.toMatch(/no movement/);
  });
});

it.each(['trackingLost', 'platformCancel', 'platformCancelAfterScan', 'autoCancelUncollected', 'shipBy'])(
  'calls the limit %s by words that the platform understands',
  (deadline) => {
    expect(limitWords(deadline)).toContain(' ');
  },
);
