import { limitWords } from './statement';

/** Everything that stands in the evidence of an appeal, on paper. It is read by the platform, so it is in English alone. */

const lookUp = (table: Record<string, string>, name: string): string =>
  Object.hasOwn(table, name) ? (table[name] ?? name) : name;

/** An instant in ISO 8601 to the minute, in UTC. */
export const packMinute = (at: string | null): string => {
  const known = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(known) ? '-' : `${new Date(known).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
};

const CAUSES: Record<string, string> = {
  stalled: 'No tracking after the hand-over',
  cancelled: 'Cancelled after the hand-over',
  lost: 'Lost on the way',
  notCollected: 'The carrier did not collect',
};

const PARTIES: Record<string, string> = { carrier: 'the carrier', seller: 'the seller', unclear: 'not clear' };

const REASONS: Record<string, string> = {
  cancelledAfterHandover: 'The carrier had the parcel, as shown below, and the order was cancelled after that.',
  lost: 'The carrier had the parcel, and nothing has been heard of it for more than 10 days.',
  scannedThenSilent: 'The carrier had the parcels in time, as shown below; then nothing was heard for 2 days or more.',
  scanDisputed: 'The scan is reported to be in time; the carrier’s own first word of the parcel came after that.',
  scannedLate: 'The scan came after the dispatch time.',
  neverShown: 'No scan of the carrier’s is known, and no form, stamped receipt or proof of pickup shows one.',
  scanUnproven: 'A form names the parcels; that it was scanned is the seller’s word, without a paper.',
  notCollected: 'A pickup was booked, which does not show that the carrier had the parcels.',
  silentTooShort: 'The silence has not lasted for 2 days.',
  mixed: 'It is not the same for all parcels; each order says its own.',
};

const MISSING: Record<string, string> = {
  form: 'the SCAN Form',
  formFile: 'the SCAN Form as a file',
  parcelOnForm: 'a parcel of this case on the SCAN Form',
  scan: 'a report of the scan',
  proof: 'a stamped form or receipt, a signature or a proof of pickup, as a file',
  label: 'the record of a label',
  platformReading: 'the platform’s reading of an order',
  order: 'the record of an order',
  carrierEvents: 'the carrier’s events, read from the carrier itself',
  pickup: 'the booking of the pickup',
  tampered: 'a file or record that was changed after it was kept; it is left out',
};

const PROOFS: Record<string, string> = {
  stampedForm: 'Stamped form',
  stampedReceipt: 'Stamped receipt',
  receipt: 'Receipt',
  signature: 'Signature',
  proofOfPickup: 'Proof of pickup',
  photo: 'Photo',
};

const MEANINGS: Record<string, string> = {
  labelCreated: 'label created',
  originAccepted: 'origin acceptance (by piece or form)',
  accepted: 'acceptance scan',
  inTransit: 'in transit',
  outForDelivery: 'out for delivery',
  delivered: 'delivered',
  returned: 'returned',
  lost: 'lost',
  exception: 'exception',
};

const PIECES: Record<string, string> = {
  form: 'SCAN Form, record',
  formFile: 'SCAN Form, file',
  scan: 'Report of the scan',
  evidence: 'Evidence, file',
  evidenceRecord: 'Evidence, record',
  label: 'Label, owner of the tracking number',
  bought: 'Label, purchase',
  dossier: 'Order, dossier',
  claim: 'Claim',
  pages: 'The evidence as pages',
  pack: 'The evidence itself',
};

export type PackParty = { party: string; rule: string; source: string; since: string; reason: string };

type Label = { carrier: string; service: string | null; account: string | null; boughtAt: string | null };

const countOf = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`;

export const packWords = {
  title: 'Evidence for an appeal',
  /** Gathered as soon as a case is opened, so that what is missing is seen while it can still be brought. */
  draft: 'Draft: no limit is broken yet; not to be filed.',
  asked: 'Withdraw the violation, refund the loss',
  heads: {
    case: 'Case',
    shop: 'Shop',
    cause: 'What happened',
    parcels: 'Parcels',
    carrier: 'Carrier',
    form: 'SCAN Form',
    scanned: 'Scanned',
    moved: 'First movement',
    asked: 'What is asked',
    party: 'Responsible',
    evidence: 'Evidence',
    gathered: 'Gathered',
  },
  cause: (cause: string): string => lookUp(CAUSES, cause),
  parcels: (parcels: number, orders: number): string => `${countOf(parcels, 'parcel')} of ${countOf(orders, 'order')}`,
  listed: (listed: number, known: number): string =>
    listed === known ? '' : `; ${listed} of ${known} parcels of the case are listed`,
  form: (number: string, madeAt: string | null, { ours, parcels }: { ours: number; parcels: number }): string =>
    `${number}, made ${packMinute(madeAt)}, with ${countOf(parcels, 'parcel')}, ${ours} of them in this case`,
  noForm: 'none',
  scanned: (at: string | null, by: string | null): string => {
    if (at === null) return 'no scan is known';
    const word = { carrier: 'by the carrier’s own events', papers: 'as the papers below show' }[by ?? ''];
    return `${packMinute(at)}, ${word ?? 'as the seller reports, without a paper'}`;
  },
  party: ({ party, rule, source, since }: PackParty): string =>
    `${lookUp(PARTIES, party)}: ${rule} (${source}, as of ${since})`,
  reason: ({ reason }: Pick<PackParty, 'reason'>): string => lookUp(REASONS, reason),
  gathered: (at: string): string => packMinute(at),
  weak: (missing: readonly string[]): string =>
    `weak; missing: ${missing.map((name) => lookUp(MISSING, name)).join('; ')}`,
  lacking: (missing: readonly string[]): string =>
    missing.length === 0
      ? 'complete'
      : `complete; not found: ${missing.map((name) => lookUp(MISSING, name)).join('; ')}`,
  statement: 'Statement',
  orders: 'Orders',
  table: ['Order', 'Tracking number', 'Limit that was broken', 'When (UTC)', 'Silent'] as const,
  silent: (hours: number | null): string => (hours === null ? '-' : `${hours} h`),
  limit: (deadline: string): string => lookUp(SHORT_LIMITS, deadline),
  broken: (deadline: string, at: string): string => `Broken on ${packMinute(at)}: ${limitWords(deadline)}`,
  detail: 'Each order',
  order: (orderId: string, parcel: string): string =>
    parcel === '1' ? `Order ${orderId}` : `Order ${orderId}, parcel ${parcel}`,
  label: (label: Label | null): string =>
    label === null
      ? 'Label: no record'
      : `Label: ${[label.carrier, label.service, label.account === null ? null : `through ${label.account}`].filter((part) => part !== null && part !== '').join(', ')}, bought ${packMinute(label.boughtAt)}`,
  tracking: (trackingNumber: string | null, form: string | null): string =>
    `Tracking number ${trackingNumber ?? 'not known'}; ${form === null ? 'on no form' : `on SCAN Form ${form}`}`,
  policy: (policy: { set: string; version: string } | null): string =>
    policy === null ? 'Rules: not known' : `Rules: ${policy.set}, version ${policy.version}`,
  platform: (reading: { status: string; statusAt: string; cancelledBy: string | null } | null): string =>
    reading === null
      ? 'Platform: not read'
      : `Platform: ${reading.status} since ${packMinute(reading.statusAt)}${reading.cancelledBy === null ? '' : `, cancelled by ${reading.cancelledBy}`}`,
  deadline: (deadline: {
    name: string;
    dueAt: string;
    platformAt: string | null;
    rule: string | null;
    met: boolean | null;
    metAt: string | null;
  }): string => {
    const whose = deadline.platformAt === null ? '' : ' (the platform’s instant)';
    const rule = deadline.rule === null ? '' : `, ${deadline.rule}`;
    return `${deadline.name}: ${packMinute(deadline.dueAt)}${whose}${rule}; ${metWord(deadline)}`;
  },
  events: (from: string): string =>
    ({ carrier: 'Carrier’s events, read from the carrier:', order: 'Carrier’s events, as it told them then:' })[from] ??
    'Carrier’s events: none known',
  noEvents: 'none',
  event: (event: { at: string; meaning: string; code: string | null }): string =>
    `${packMinute(event.at)}  ${lookUp(MEANINGS, event.meaning)}${event.code === null ? '' : ` [${event.code}]`}`,
  reports: 'Reports of the scan',
  report: (report: { scannedAt: string | null; reportedAt: string | null; place: string | null }): string =>
    `Scanned ${packMinute(report.scannedAt)}, reported ${packMinute(report.reportedAt)}${report.place === null ? '' : `, at ${report.place}`}`,
  proof: (kind: string, file: string | null): string =>
    `${lookUp(PROOFS, kind)}: ${file === null ? 'no file' : `file ${file}`}`,
  pickups: 'Booked pickups',
  pickup: (pickup: { confirmation: string; bookedAt: string; from: string; until: string; status: string }): string =>
    `${pickup.confirmation}: ${pickup.status}, booked ${packMinute(pickup.bookedAt)} for ${packMinute(pickup.from)} to ${packMinute(pickup.until)}`,
  formFile: (number: string): string => `SCAN Form ${number}`,
  proofs: (kinds: readonly string[]): string =>
    kinds.length === 0 ? 'Evidence' : kinds.map((kind) => lookUp(PROOFS, kind)).join(', '),
  hash: (sha256: string): string => `SHA-256 ${sha256}`,
  times: (receivedAt: string, takenAt: string | null): string =>
    `Received ${packMinute(receivedAt)}${takenAt === null ? '' : `; taken ${takenAt.replace('T', ' ')} by the camera’s clock`}`,
  pagesFollow: 'Its pages follow.',
  notShown: {
    heic: 'A picture in HEIC, which cannot be shown here; the file is kept under this hash.',
    unreadable: 'The file cannot be shown here; it is kept under this hash.',
    tooLarge: 'Not shown, for the evidence would become too large; the file is kept under this hash.',
    changed: 'The file is not what it was when it was kept, and so it is not shown.',
  },
  hashes: 'Hashes',
  hashesAbout: 'Every record and file that this evidence was made from, as kept, with its SHA-256.',
  piece: (name: string, about: string | undefined): string =>
    `${lookUp(PIECES, name)}${about === undefined ? '' : ` ${about}`}`,
  tampered: 'Changed after it was kept, and left out',
  more: (count: number): string => `and ${count} more`,
  foot: (caseKey: string, page: number, of: number): string => `Case ${caseKey}, evidence page ${page} of ${of}`,
  /** Why nothing was filed: the first names. */
  changed: (pieces: readonly { name: string; about?: string }[]): string =>
    `Evidence was changed after it was gathered, so nothing was filed: ${pieces
      .slice(0, 3)
      .map(({ name, about }) => packWords.piece(name, about))
      .join(
        '; ',
      )}${pieces.length > 3 ? ` ${packWords.more(pieces.length - 3)}` : ''}. Gather it anew and look what happened.`,
};

/** As a table has room for it. */
const SHORT_LIMITS: Record<string, string> = {
  packBy: 'packing',
  shipBy: 'dispatch',
  collectBy: 'collection',
  autoCancelUnpacked: 'cancel: not ready',
  autoCancelUncollected: 'cancel: no carrier scan',
  autoCancelUndelivered: 'cancel: not delivered',
  deliverBy: 'delivery',
  platformCancelAfterScan: 'cancelled after the scan',
  trackingLost: 'lost: no tracking',
  platformCancel: 'cancelled by the platform',
};

function metWord({ met, metAt }: { met: boolean | null; metAt: string | null }): string {
  if (met === null) return 'open';
  if (met) return metAt === null ? 'met' : `met ${packMinute(metAt)}`;
  return metAt === null ? 'missed' : `late, ${packMinute(metAt)}`;
}
