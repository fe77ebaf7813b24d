import type { Clock, Kind, PolicySet, Rule } from '../../domain/time/policy';
import { collectOncePacked, collectWithin24Hours, packWithin48Hours, seed } from './seed';

/** TikTok Shop's fulfilment policy of 2025-10-23 and its page on handling times. */
const POLICY = 'seller-us.tiktok.com knowledge_id=3995852763301633';
const read = { source: `${POLICY}, 8064131472115499`, readOn: '2026-11-22' } as const;
/** The page speaks of scenarios; only the one before AWAITING_COLLECTION could be read. The same instant is the earlier reading. */
const readUncollected = {
  source: `${POLICY}, its table lists more scenarios than this one`,
  readOn: '2026-11-22',
} as const;

/** What the dispatch rule of a set says by kind: when, and how people call it. */
export type Dispatch = Record<Kind, Pick<Rule, 'rule' | 'sooner'> & { clock: Clock }>;

/** The two cancels of a kind, counted from where the platform counts them. */
function autoCancels(clock: Clock, rule: string): Rule[] {
  const row = { clocks: [clock], severity: 'limit', rule } as const;
  return [
    { name: 'autoCancelUnpacked', metBy: 'readyAtPlatform', ...row, ...read },
    { name: 'autoCancelUncollected', metBy: 'acceptanceScan', ...row, ...readUncollected },
  ];
}

const deliverBy = (clock: Clock, rule: string): Rule => ({
  name: 'deliverBy',
  clocks: [clock],
  severity: 'target',
  metBy: 'delivered',
  rule,
  ...read,
});

/**
 * What follows a dispatch that was missed, and the delivery. The sets since call them unchanged ("still +4/+5") though their dispatch
 * is a business day later: so the cancels count from where that dispatch counts, and stay where they are here. That is the
 * earlier, safer reading. A pre-sale order's dispatch is 1 business day after closure here, and its cancel 5 after that.
 */
const later: Record<Kind, Rule[]> = {
  standard: [
    ...autoCancels({ from: 'created', businessDays: 7 }, '7 business days'),
    deliverBy({ from: 'created', businessDays: 6 }, '6 business days'),
  ],
  handled: [
    ...autoCancels({ from: 'handling', businessDays: 4 }, 'handling + 4 business days'),
    deliverBy({ from: 'handling', businessDays: 5 }, 'handling + 5 business days'),
  ],
  'pre-sale': [
    ...autoCancels({ from: 'expectedShipDate', businessDays: 6 }, 'closure + 6 business days'),
    deliverBy({ from: 'expectedShipDate', businessDays: 6 }, 'closure + 6 business days'),
  ],
};

/**
 * The rows of a set by its dispatch rule. The platform's pages since say nothing of packing and collection with platform shipping:
 * the seed's rows stand, but for what takes its time to make or to come in: 48 hours from the order would be over weeks before it
 * can be packed. A pre-sale order must be packed when it must be dispatched.
 */
export function rulesOf(dispatch: Dispatch, row: Pick<Rule, 'metBy' | 'source' | 'readOn'>): PolicySet['rules'] {
  const shipBy = (kind: Kind): Rule => {
    const { clock, ...called } = dispatch[kind];
    return { name: 'shipBy', clocks: [clock], severity: 'limit', ...called, ...row };
  };
  const packToDispatch = (kind: Kind): Rule => ({
    ...shipBy(kind),
    name: 'packBy',
    clocks: [{ from: 'shipBy', clockHours: 0 }],
    metBy: 'packed',
  });
  const packHandled: Rule = {
    ...packToDispatch('handled'),
    severity: 'target',
    rule: `packed by ${dispatch.handled.rule}: our reading`,
    source: `${row.source}, read ${row.readOn}; that packing goes by the dispatch is our reading, 2026-11-23`,
    readOn: '2026-11-23',
  };
  const preSale = [shipBy('pre-sale'), packToDispatch('pre-sale'), ...later['pre-sale']];
  return {
    'standard/seller': [shipBy('standard'), ...later.standard],
    'standard/platform': [packWithin48Hours, collectWithin24Hours, shipBy('standard'), ...later.standard],
    'handled/seller': [shipBy('handled'), ...later.handled],
    'handled/platform': [shipBy('handled'), packHandled, collectWithin24Hours, ...later.handled],
    'pre-sale/seller': preSale,
    'pre-sale/platform': [...preSale, collectOncePacked],
  };
}

/**
 * From 2025-10-23: 2 business days to dispatch a standard order, and a valid tracking number is a dispatch (AWAITING_COLLECTION).
 * Its closure date is the expected ship date of a pre-sale order.
 */
export const us20251023: PolicySet = {
  id: 'us-2025-10-23',
  version: '2026-11-23',
  since: '2025-10-23T00:00:00-07:00',
  zone: seed.zone,
  warnBeforeMs: seed.warnBeforeMs,
  holdMs: seed.holdMs,
  stallMs: seed.stallMs,
  ranges: {},
  rules: rulesOf(
    {
      standard: { clock: { from: 'created', businessDays: 2 }, rule: 'dispatch, 2 business days' },
      handled: { clock: { from: 'handling', businessDays: 0 }, rule: 'dispatch, handling time' },
      'pre-sale': { clock: { from: 'expectedShipDate', businessDays: 1 }, rule: 'dispatch, closure + 1 business day' },
    },
    { metBy: 'readyAtPlatform', ...read },
  ),
};
