import type { StoryReport } from '../../stories/run';

/** What the ledger must hold at a story's end, and what its order must have come to. */
export type Expected = {
  outcome: string;
  appeal?: string;
  filings?: number;
  ledger: Record<string, number>;
  /** Deadlines that were missed; every other one was met, or an end made it moot. */
  missed?: string[];
  more?: (report: StoryReport) => void;
};

const SENT = { labelBought: 1, trackingUploaded: 1, formCreated: 1 };
const PLATFORM_SENT = { labelBought: 1 };
/** Scanned, silent, cancelled for it, and appealed with success. */
const APPEALED: Expected = {
  outcome: 'platformCancelled',
  appeal: 'won',
  filings: 1,
  ledger: { ...SENT, appealFiled: 1 },
  missed: ['autoCancelUncollected'],
};

/** What each story must come to, by its name. */
export const EXPECTED: Record<string, Expected> = {
  'seller-on-time': {
    outcome: 'delivered',
    ledger: SENT,
    more: ({ phases }) =>
      expect(phases.map(({ phase }) => phase)).toEqual([
        'onHold',
        'toPack',
        'awaitingHandover',
        'handedOver',
        'inTransit',
        'delivered',
        'closed',
      ]),
  },
  'seller-never-packed': {
    outcome: 'platformCancelled',
    ledger: { labelBought: 1, labelVoided: 1 },
    missed: ['shipBy', 'autoCancelUnpacked'],
  },
  'seller-never-collected': {
    outcome: 'platformCancelled',
    ledger: { ...SENT, labelVoided: 1 },
    missed: ['autoCancelUncollected'],
  },
  'pickup-on-time': { outcome: 'delivered', ledger: PLATFORM_SENT },
  'dropoff-on-time': { outcome: 'delivered', ledger: PLATFORM_SENT },
  'pickup-carrier-late': { outcome: 'delivered', ledger: PLATFORM_SENT, missed: ['collectBy'] },
  'dropoff-missed': { outcome: 'delivered', ledger: PLATFORM_SENT, missed: ['collectBy'] },
  'presale-on-time': { outcome: 'delivered', ledger: SENT },
  'presale-not-ready': {
    outcome: 'platformCancelled',
    ledger: { labelBought: 1, labelVoided: 1 },
    missed: ['packBy', 'autoCancelUnpacked'],
  },
  'presale-not-shipped': {
    outcome: 'platformCancelled',
    ledger: { ...SENT, labelVoided: 1 },
    missed: ['autoCancelUncollected'],
  },
  'stall-appeal-won': APPEALED,
  'stall-inside-deadline': { outcome: 'delivered', appeal: 'unfiled', ledger: SENT },
  'stall-moves-at-47h': { outcome: 'delivered', ledger: SENT },
  'stall-appeal-lost-then-won': {
    outcome: 'platformCancelled',
    appeal: 'won',
    filings: 2,
    ledger: { ...SENT, appealFiled: 2 },
    missed: ['autoCancelUncollected'],
  },
  'buyer-cancels-in-first-hour': { outcome: 'buyerCancelled', ledger: {} },
  'buyer-cancels-after-label': { outcome: 'buyerCancelled', ledger: { labelBought: 1, labelVoided: 1 } },
  'platform-deadline-earlier': {
    outcome: 'delivered',
    ledger: SENT,
    more: ({ alerts, deadlines }) => {
      expect(alerts.filter(({ kind }) => kind === 'drift').map(({ about }) => about)).toEqual(
        expect.arrayContaining(['shipBy', 'autoCancelUnpacked']),
      );
      expect(deadlines.find(({ name }) => name === 'shipBy')?.platformAt).not.toBeNull();
    },
  },
  'platform-deadline-later': {
    outcome: 'delivered',
    ledger: SENT,
    more: ({ alerts }) => expect(alerts.some(({ kind }) => kind === 'drift')).toBe(true),
  },
  'platform-deadline-zero': {
    outcome: 'delivered',
    ledger: SENT,
    more: ({ deadlines }) => expect(deadlines.every(({ platformAt }) => platformAt === null)).toBe(true),
  },
  'platform-silent-past-limit': {
    outcome: 'delivered',
    ledger: SENT,
    missed: ['shipBy', 'autoCancelUnpacked'],
  },
  'label-outcome-unknown': { outcome: 'delivered', ledger: SENT },
  'shipped-elsewhere': { outcome: 'delivered', ledger: {} },
  'cutoff-noon': {
    outcome: 'delivered',
    ledger: { labelBought: 2, trackingUploaded: 2, formCreated: 2 },
    more: ({ orders: [before, after] }) => {
      const dayAfter = (day = ''): string =>
        new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
      expect(after?.shipOn).toBe(dayAfter(before?.shipOn ?? ''));
    },
  },
  'form-of-the-day': {
    outcome: 'delivered',
    ledger: { labelBought: 25, labelVoided: 1, trackingUploaded: 25, formCreated: 3 },
    more: ({ orders }) => expect(orders.filter(({ outcome }) => outcome === 'delivered')).toHaveLength(24),
  },
  'cheapest-of-four': {
    outcome: 'delivered',
    ledger: SENT,
    more: ({ effects }) => expect(effects[0]).toMatchObject({ kind: 'labelBought', provider: 'usps' }),
  },
  'label-chosen-by-person': {
    outcome: 'delivered',
    ledger: { labelBought: 1, trackingUploaded: 1 },
    more: ({ effects }) => expect(effects[0]).toMatchObject({ kind: 'labelBought', provider: 'ups' }),
  },
  'usps-label-lost-answer': { outcome: 'delivered', ledger: SENT },
  'ups-label-lost-answer': { outcome: 'delivered', ledger: { labelBought: 1, trackingUploaded: 1 } },
  'shipsaving-label-lost-answer': { outcome: 'delivered', ledger: SENT },
  'price-over-cap': { outcome: 'delivered', ledger: SENT },
  'address-in-doubt': { outcome: 'delivered', ledger: SENT },
  'tiktok-usps-form-by-hand': {
    outcome: 'platformCancelled',
    appeal: 'won',
    filings: 1,
    ledger: { ...PLATFORM_SENT, formCreated: 1, appealFiled: 1 },
    missed: ['autoCancelUncollected'],
  },
  'scan-never-reported': {
    outcome: 'delivered',
    appeal: 'unfiled',
    ledger: SENT,
    more: ({ alerts }) => expect(alerts.map(({ about }) => about)).toContain('scanNotReported'),
  },
  'stall-oa-only': APPEALED,
  'weak-evidence': APPEALED,
  'window-nearly-missed': {
    outcome: 'platformCancelled',
    appeal: 'won',
    filings: 1,
    ledger: SENT,
    missed: ['autoCancelUncollected'],
    more: ({ alerts }) =>
      expect(alerts.filter(({ about }) => about === 'appealFileByHand').length).toBeGreaterThanOrEqual(3),
  },
  'webhooks-all-lost': { outcome: 'delivered', ledger: SENT },
  'address-changed-after-label': {
    outcome: 'delivered',
    ledger: { ...SENT, labelBought: 2, labelVoided: 1 },
  },
  'combined-order': {
    outcome: 'delivered',
    ledger: { labelBought: 1, trackingUploaded: 2, formCreated: 1 },
    more: ({ orders }) => expect(orders.map(({ outcome }) => outcome)).toEqual(['delivered', 'delivered']),
  },
  'split-parcels': {
    outcome: 'delivered',
    ledger: { labelBought: 2, trackingUploaded: 2, formCreated: 1 },
    more: ({ phases, effects }) => {
      // Handed over an hour after the first of the two was.
      expect(phases.map(({ phase }) => phase)).toContain('handedOver');
      const numbers = effects.filter(({ kind }) => kind === 'trackingUploaded').map(({ ref }) => ref);
      expect(new Set(numbers).size).toBe(2);
    },
  },
  'buyer-cancel-after-handover': { outcome: 'delivered', ledger: { ...SENT, cancelRejected: 1 } },
  'platform-cancel-after-handover': {
    outcome: 'platformCancelled',
    appeal: 'won',
    filings: 1,
    ledger: { ...SENT, appealFiled: 1 },
  },
  'returned-to-sender': {
    outcome: 'returned',
    ledger: SENT,
    more: ({ alerts }) => {
      expect(alerts.filter(({ kind }) => kind === 'task').map(({ about }) => about)).toEqual([
        'parcelsWithoutEvent',
        'returnedToSender',
      ]);
    },
  },
  'shop-deauthorised': {
    outcome: 'open',
    ledger: { labelBought: 1 },
    more: ({ alerts, shop }) =>
      expect(alerts.filter(({ key }) => key.startsWith(`shop:${shop}:deauthorised`))).toHaveLength(1),
  },
  'holiday-weekend': {
    outcome: 'delivered',
    ledger: SENT,
    more: ({ deadlines, phases }) => {
      const limit = deadlines.find(({ name }) => name === 'autoCancelUnpacked');
      const days = (Date.parse(limit?.at ?? '') - Date.parse(phases[0]?.at ?? '')) / 86_400_000;
      // Wednesday 18:00 to Tuesday 18:00: a holiday and a weekend stand between.
      expect(Math.round(days * 100) / 100).toBe(6);
    },
  },
};
