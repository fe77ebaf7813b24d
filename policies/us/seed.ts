import type { PolicySet } from '../../domain/time/policy';

const HOUR_MS = 3_600_000;
const SOURCE = 'seed';
const READ_ON = '2026-11-22';

/**
 * The seller's guide that the product began with: 3 business days to ship, 3 and 7 to the platform's cancel. Each row is the
 * earlier, safer reading; `SOURCE` is that guide, not the platform. It is more lenient than the rules in force today.
 */
export const seed: PolicySet = {
  id: 'us/seed',
  version: '2026-11-22',
  zone: 'America/Los_Angeles',
  warnBeforeMs: [24 * HOUR_MS, 4 * HOUR_MS],
  holdMs: HOUR_MS,
  rules: {
    'standard/seller': [
      {
        name: 'shipBy',
        businessHours: 72,
        severity: 'limit',
        metBy: 'trackingUploaded',
        provisional: false,
        rule: 'S1, 72 h',
        source: SOURCE,
        readOn: READ_ON,
      },
      {
        name: 'autoCancelUnpacked',
        businessHours: 72,
        severity: 'limit',
        metBy: 'readyAtPlatform',
        provisional: false,
        rule: 'S5a, 3 business days',
        source: SOURCE,
        readOn: READ_ON,
      },
      {
        name: 'autoCancelUncollected',
        businessHours: 168,
        severity: 'limit',
        metBy: 'acceptanceScan',
        provisional: false,
        rule: 'S5b, 7 business days',
        source: SOURCE,
        readOn: READ_ON,
      },
    ],
  },
};
