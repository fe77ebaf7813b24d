import { responsibilityOf, type ResponsibilityFacts } from './responsibility';

const HOUR_MS = 3_600_000;
const SCANNED = Date.UTC(2026, 10, 20, 20);
const shown: ResponsibilityFacts = {
  ...{ scannedAt: SCANNED, hasForm: true, hasProof: true, silentMs: 60 * HOUR_MS },
  dispatchBy: SCANNED + HOUR_MS,
};
const bare: ResponsibilityFacts = { hasForm: false, hasProof: false, silentMs: 60 * HOUR_MS };

it.each<[string, ResponsibilityFacts, [string, string]]>([
  ['scanned in time, then silent', shown, ['carrier', 'scannedThenSilent']],
  ['silent for 48 h', { ...shown, silentMs: 48 * HOUR_MS }, ['carrier', 'scannedThenSilent']],
  ['silent for 48 h but a millisecond', { ...shown, silentMs: 48 * HOUR_MS - 1 }, ['unclear', 'silentTooShort']],
  [
    'the carrier’s word comes at the dispatch time',
    { ...shown, carrierAt: SCANNED + HOUR_MS },
    ['unclear', 'scanDisputed'],
  ],
  ['it comes before', { ...shown, carrierAt: SCANNED + HOUR_MS - 1 }, ['carrier', 'scannedThenSilent']],
  [
    'it comes at the limit that was broken',
    { ...shown, dispatchBy: SCANNED, scannedAt: SCANNED - 1, carrierAt: SCANNED + 1, limitAt: SCANNED + 1 },
    ['unclear', 'scanDisputed'],
  ],
  [
    'the carrier’s word comes late, and it was lost after that',
    { ...shown, carrierAt: SCANNED + HOUR_MS, silentMs: 241 * HOUR_MS, cause: 'lost' },
    ['carrier', 'lost'],
  ],
  ['scanned a millisecond before the limit', { ...shown, dispatchBy: SCANNED + 1 }, ['carrier', 'scannedThenSilent']],
  ['scanned at the limit', { ...shown, dispatchBy: SCANNED }, ['seller', 'scannedLate']],
  [
    'no dispatch time is known',
    { hasForm: true, hasProof: true, scannedAt: SCANNED, silentMs: 60 * HOUR_MS },
    ['carrier', 'scannedThenSilent'],
  ],
  ['never scanned, no paper', bare, ['seller', 'neverShown']],
  ['never scanned, a form that nobody scanned', { ...bare, hasForm: true }, ['seller', 'neverShown']],
  ['the seller’s word without a form', { ...bare, scannedAt: SCANNED }, ['seller', 'neverShown']],
  ['the seller’s word and a form', { ...bare, scannedAt: SCANNED, hasForm: true }, ['unclear', 'scanUnproven']],
  [
    'the carrier’s word, no paper',
    { ...bare, scannedAt: SCANNED, isCarriersWord: true },
    ['carrier', 'scannedThenSilent'],
  ],
  ['a paper without a form', { ...bare, hasProof: true }, ['carrier', 'scannedThenSilent']],
  [
    'cancelled, and shown to be given away',
    { ...shown, silentMs: 0, cause: 'cancelled' },
    ['carrier', 'cancelledAfterHandover'],
  ],
  ['cancelled, and nothing shows that it was given away', { ...bare, cause: 'cancelled' }, ['seller', 'neverShown']],
  ['lost: silent for 10 days and more', { ...shown, silentMs: 241 * HOUR_MS, cause: 'lost' }, ['carrier', 'lost']],
  ['called lost after 10 days', { ...shown, silentMs: 240 * HOUR_MS, cause: 'lost' }, ['carrier', 'scannedThenSilent']],
  ['not collected: a booking proves nothing', { ...bare, cause: 'notCollected' }, ['unclear', 'notCollected']],
])('%s', (_what, facts, [party, reason]) => {
  expect(responsibilityOf(facts)).toMatchObject({ party, reason, since: '2026-01-23' });
});

it('names its rule and its source', () => {
  const { rule, source } = responsibilityOf(shown);
  expect(rule).toMatch(/2 business days/);
  expect(source).toMatch(/5569963429185294/);
});
