import type { PolicySet, Rule } from '../../domain/time/policy';

const HOUR_MS = 3_600_000;
const read = { source: 'seed', readOn: '2026-11-22' } as const;

/** S3 and S4: 48 h to pack, and 24 h from then on to have it collected or brought to the drop-off point. No cancel follows. */
export const packWithin48Hours: Rule = {
  name: 'packBy',
  clocks: [{ from: 'created', clockHours: 48 }],
  severity: 'target',
  metBy: 'packed',
  rule: 'S3, 48 h',
  ...read,
};

export const collectOncePacked: Rule = {
  name: 'collectBy',
  clocks: [
    { from: 'packed', clockHours: 24 },
    { from: 'ready', clockHours: 24 },
  ],
  severity: 'target',
  metBy: 'handedOver',
  rule: 'S3, 24 h after packing',
  ...read,
};

/** Before it is packed, as if it were packed at the last moment. */
export const collectWithin24Hours: Rule = {
  ...collectOncePacked,
  clocks: [...collectOncePacked.clocks, { from: 'packBy', clockHours: 24, provisional: true }],
};

const shipBy: Rule = {
  name: 'shipBy',
  clocks: [{ from: 'created', businessHours: 72 }],
  severity: 'limit',
  metBy: 'trackingUploaded',
  rule: 'S1, 72 h',
  ...read,
};

const autoCancels: Rule[] = [
  {
    name: 'autoCancelUnpacked',
    clocks: [{ from: 'created', businessHours: 72 }],
    severity: 'limit',
    metBy: 'readyAtPlatform',
    rule: 'S5a, 3 business days',
    ...read,
  },
  {
    name: 'autoCancelUncollected',
    clocks: [{ from: 'created', businessHours: 168 }],
    severity: 'limit',
    metBy: 'acceptanceScan',
    rule: 'S5b, 7 business days',
    ...read,
  },
];

const preSale: Rule[] = [
  {
    name: 'packBy',
    clocks: [{ from: 'expectedShipDate', calendarDays: 0 }],
    severity: 'limit',
    metBy: 'packed',
    rule: 'S6a, expected ship date',
    ...read,
  },
  {
    name: 'autoCancelUnpacked',
    clocks: [{ from: 'expectedShipDate', calendarDays: 0 }],
    severity: 'limit',
    metBy: 'readyAtPlatform',
    rule: 'S6a, expected ship date',
    ...read,
  },
  {
    name: 'autoCancelUncollected',
    clocks: [
      { from: 'ready', clockHours: 72 },
      { from: 'expectedShipDate', calendarDays: 3, provisional: true },
    ],
    severity: 'limit',
    metBy: 'acceptanceScan',
    rule: 'S6b, 3 days after ready',
    ...read,
  },
];

/**
 * The seller's guide that the product began with: 3 business days to ship, 3 and 7 to the platform's cancel. Each row is the
 * earlier, safer reading; its source is that guide, not the platform. It is more lenient than the rules in force today. Made-to-order
 * and back-orders are pre-sale orders to it where an expected ship date is given, else standard ones.
 */
export const seed: PolicySet = {
  id: 'seed',
  version: '2026-11-22',
  // No older set is known: this one holds for all that was ordered before the next.
  since: '2021-01-01T00:00:00-08:00',
  zone: 'America/Los_Angeles',
  warnBeforeMs: [24 * HOUR_MS, 4 * HOUR_MS],
  // ON_HOLD, which the guide does not speak of: the buyer may cancel alone, and the order has no address yet.
  holdMs: { value: HOUR_MS, source: 'TikTok Shop Partner Center, order API overview', readOn: '2026-11-22' },
  // S10: after the form is scanned, up to 48 h may pass before tracking moves.
  stallMs: { value: 48 * HOUR_MS, ...read },
  // S6: the seller sets the expected ship date 3 to 30 business days ahead.
  ranges: { 'pre-sale': { from: 3, to: 30, counts: 'businessDays', ...read } },
  rules: {
    'standard/seller': [shipBy, ...autoCancels],
    'standard/platform': [packWithin48Hours, collectWithin24Hours, ...autoCancels],
    'pre-sale/seller': preSale,
    'pre-sale/platform': [...preSale, collectOncePacked],
  },
};
