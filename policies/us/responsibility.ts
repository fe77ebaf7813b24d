/** Who answers for a late or lost parcel, as the platform says it: what an appeal can hope for. Dated, each row with its source. */

const read = { source: 'seller-us.tiktok.com 5569963429185294', since: '2026-01-23', readOn: '2026-11-22' } as const;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Party = 'carrier' | 'seller' | 'unclear';

type Row = { party: Party; rule: string; source: string; since: string; readOn: string };

const row = (party: Party, rule: string): Row => ({ party, rule, ...read });

/** The page names no rule by a number: these are our names for its sentences. */
const ROWS = {
  /** It was given away and shown to be, and the platform cancelled all the same. */
  cancelledAfterHandover: row('carrier', 'cancelled after the hand-over'),
  /** A report or a paper has the scan in time; the carrier itself says that it had the parcel only after the dispatch time, or after the limit. */
  scanDisputed: row('unclear', 'scanned within 2 business days, which the carrier’s own tracking does not bear out'),
  /** "Stagnant tracking" of more than 10 days counts as lost and is compensated. */
  lost: row('carrier', 'no tracking for more than 10 days: lost, compensated'),
  /** Scanned within the dispatch time, then more than 2 days without a sign. */
  scannedThenSilent: row('carrier', 'scanned within 2 business days, then no tracking for more than 2 days'),
  /** The scan itself came after the dispatch time. */
  scannedLate: row('seller', 'scanned after the dispatch time'),
  /** Without a form or a proof of pickup delay and loss are the seller's. */
  neverShown: row('seller', 'no scan, and neither a SCAN Form nor a proof of pickup'),
  /** A form is there, and nothing but the seller's word says that it was scanned. */
  scanUnproven: row('unclear', 'a SCAN Form or a proof of pickup is needed'),
  /** A booking shows that a carrier was called, and not that it had the parcel. */
  notCollected: row('unclear', 'a booked pickup is no proof of pickup'),
  /** Not silent for so long that the page speaks of it. */
  silentTooShort: row('unclear', 'no tracking for less than 2 days'),
} satisfies Record<string, Row>;

type ResponsibilityReason = keyof typeof ROWS;

/** The page's own spans. What it calls more than 2 days is full with the 48th hour, as by the order's own clock. */
const SILENT_MS = 2 * DAY_MS;
const LOST_MS = 10 * DAY_MS;

/** What is known of one parcel. Instants are epoch milliseconds. */
export type ResponsibilityFacts = {
  /** When it, or the form that it is on, was scanned by the carrier. */
  scannedAt?: number;
  /** The carrier itself says so. */
  isCarriersWord?: boolean;
  /** When the carrier itself first says that it had the parcel. */
  carrierAt?: number;
  /** A form names the parcel. */
  hasForm: boolean;
  /** A stamped form or receipt, a signature or a proof of pickup, with its file. */
  hasProof: boolean;
  /** Until when it had to be dispatched. */
  dispatchBy?: number;
  /** The limit that was broken. */
  limitAt?: number;
  /** How long nothing was heard after that scan. */
  silentMs: number;
  cause?: 'cancelled' | 'lost' | 'notCollected';
};

export type Responsibility = Omit<Row, 'readOn'> & { reason: ResponsibilityReason };

/** Whose fault it is by the platform's own rules, and which of them says so. */
export function responsibilityOf(facts: ResponsibilityFacts): Responsibility {
  const reason = reasonOf(facts);
  const { party, rule, source, since } = ROWS[reason];
  return { party, rule, source, since, reason };
}

function reasonOf(facts: ResponsibilityFacts): ResponsibilityReason {
  const { silentMs, cause } = facts;
  if (cause === 'notCollected') return 'notCollected';
  const unshown = unshownReason(facts);
  if (unshown !== undefined) return unshown;
  if (cause === 'lost' && silentMs > LOST_MS) return 'lost';
  if (isDisputed(facts)) return 'scanDisputed';
  if (cause === 'cancelled') return 'cancelledAfterHandover';
  if (isLate(facts)) return 'scannedLate';
  return silentMs >= SILENT_MS ? 'scannedThenSilent' : 'silentTooShort';
}

const isLate = ({ scannedAt, dispatchBy }: ResponsibilityFacts): boolean =>
  scannedAt !== undefined && dispatchBy !== undefined && scannedAt >= dispatchBy;

/** Whether a limit lies between the scan that is reported and the carrier's own first word. */
function isDisputed({ scannedAt, carrierAt, dispatchBy, limitAt }: ResponsibilityFacts): boolean {
  if (scannedAt === undefined || carrierAt === undefined) return false;
  return [dispatchBy, limitAt].some((limit) => limit !== undefined && scannedAt < limit && limit <= carrierAt);
}

/** Why nobody can say that the carrier had it; undefined where it is shown. */
function unshownReason({
  scannedAt,
  isCarriersWord = false,
  hasForm,
  hasProof,
}: ResponsibilityFacts): ResponsibilityReason | undefined {
  if (hasProof || (scannedAt !== undefined && isCarriersWord)) return undefined;
  return scannedAt !== undefined && hasForm ? 'scanUnproven' : 'neverShown';
}
