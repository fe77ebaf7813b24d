import type { PolicySet, Rule } from '../../domain/time/policy';
import { rulesOf, us20251023, type Dispatch } from './us-2025-10-23';

const READ_ON = '2026-11-22';

/** What counts as a dispatch from this set on, and where that was read. */
export const byScan: Pick<Rule, 'metBy' | 'source' | 'readOn'> = {
  metBy: 'acceptanceScan',
  source: 'seller-us.tiktok.com knowledge_id=6179821974439723; ebrun.com 2026-01-13',
  readOn: READ_ON,
};

export const dispatch: Dispatch = {
  standard: { clock: { from: 'created', businessDays: 2 }, rule: 'dispatch, 2 business days' },
  handled: { clock: { from: 'handling', businessDays: 1 }, rule: 'dispatch, handling + 1 business day' },
  'pre-sale': { clock: { from: 'expectedShipDate', businessDays: 2 }, rule: 'dispatch, closure + 2 business days' },
};

/**
 * From 2026-01-26: only the carrier's scan is a dispatch, with a day more for what is made to order and for pre-sale. A number of
 * USPS must be bought from the platform. The cancels and the delivery stay (one blog has 5 business days to the cancel; not taken).
 */
export const us20260126: PolicySet = {
  ...us20251023,
  id: 'us-2026-01-26',
  since: '2026-01-26T00:00:00-08:00',
  forbiddenCarriers: {
    value: ['USPS'],
    source: "TikTok Shop Partner Center changelog gt8qv13g; ShipStation community's copy of the notice",
    readOn: READ_ON,
  },
  lostMs: {
    value: 10 * 24 * 3_600_000,
    source: 'seller-us.tiktok.com knowledge_id=5569963429185294, 2026-01-23',
    readOn: READ_ON,
  },
  rules: rulesOf(dispatch, byScan),
};
