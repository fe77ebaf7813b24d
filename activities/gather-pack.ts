import { readPack, sha256Of, type EvidencePack2, type HashedPiece, type PackOrder } from '../contracts/pack';
import type { AppealOpening, CaseMember } from '../domain/appeal/appeal';
import type { AppealAnswer } from '../domain/appeal/event';
import { appealFolder } from '../workflows/messages-appeal';
import { manifestFolder, manifestKeyOf } from '../workflows/messages-manifest';
import {
  isComplete,
  judged,
  judgedTogether,
  missingOf,
  scanOf,
  silentMsOf,
  hasProof,
  wholeHours,
  type Standing,
} from './pack-judge';
import { changedSince } from './pack-earlier';
import { recordsOf, type OrderRecord } from './pack-orders';
import { papersOf, unrepaired, type Papers } from './pack-papers';
import { parcelsOf, type PackParcel, type Parcels } from './pack-parcels';
import { ensurePdf } from './pack-pdf';
import { carrierEvents, pickupsOf, platformReadings } from './pack-sources';
import { statementOfPack } from './pack-statement';
import { packWords } from '../words/pack';
import type { Ports } from './ports';
import { accountNameOf, shopOf, type About } from './shop-of';

/** `limitBroken`, `movedAt`: of a case of one parcel, where its documents do not say so. `pack`: which of a case's packs, counted; each is written once. `orderId` is '' of a case of many. */
export type PackInput = About & {
  caseKey: string;
  opening: AppealOpening;
  pack?: string;
  limitBroken?: { deadline: string; at: number };
  movedAt?: number;
};

/** Where a pack of a case lies, a document; its pages are the file `<this>.pdf`. */
const packKey = (input: PackInput): string => `${appealFolder(input)}/pack-${input.pack ?? '1'}`;

/**
 * Puts together all that was kept as it happened, as a document and as pages, and says what is missing. Both stand as they were
 * written; a worker that is killed between them leaves the next one to make the same pages from the same document.
 */
export async function gatherPack(ports: Ports, input: PackInput): Promise<AppealAnswer> {
  const key = packKey(input);
  const kept = await ports.documents.get(key);
  if (kept === undefined) await ports.documents.putIfAbsent(key, JSON.stringify(await packOf(ports, input), null, 2));
  const text = (await ports.documents.get(key)) ?? '';
  const pack = readPack(text);
  if (pack === undefined) throw new TypeError(`no pack under ${key}`);
  const { complete, missing, scannedAt } = pack;
  return {
    ...{ kind: 'gathered', key, sha256: await sha256Of(text), complete, missing },
    ...(scannedAt === null ? {} : { scannedAt: Date.parse(scannedAt) }),
    responsibility: pack.responsibility.party,
    pdf: await ensurePdf(ports, key, pack),
  };
}

async function packOf(ports: Ports, input: PackInput): Promise<EvidencePack2> {
  const { shopId, caseKey, opening, at } = input;
  const found = await parcelsOf(ports, input);
  const records = await recordsOf(ports, shopId, found.parcels.map(asked));
  const standing = {
    papers: await papersFor(ports, input, records),
    isOnForm: manifestKeyOf(opening.manifest) !== undefined,
  };
  const told = await toldNow(ports, input, { parcels: found.parcels, records });
  const orders = records.map((record, index) => orderOf({ standing, parcel: found.parcels[index], record, at, told }));
  const missing = missingOf(standing, {
    orders,
    hasPlatform: orders.every(({ platform }) => platform !== null),
    ...{ hasPickup: told.pickups.length > 0, cause: opening.cause ?? 'stalled' },
    isScanKnown: opening.scanBy === 'carrier',
  });
  const { forms, reports, files, tampered } = standing.papers;
  const whole: Omit<EvidencePack2, 'statement' | 'pieces'> = {
    ...{
      edition: 2,
      shopId,
      caseKey,
      gatheredAt: iso(at),
      cause: opening.cause ?? 'stalled',
      carrier: opening.carrier,
    },
    ...{ ...scanned(standing, found.parcels, orders), movedAt: movedAtOf(found.parcels) },
    ...{ complete: isComplete(missing), missing, isClaim: found.isClaim, parcels: found.known, orders },
    ...{ forms, reports, files, pickups: told.pickups, tampered, responsibility: judgedTogether(orders) },
  };
  return {
    ...whole,
    statement: isDraft(whole) ? packWords.draft : statementOfPack(whole, { number: 1 }),
    pieces: piecesOf(standing.papers, found, records),
  };
}

/** Whoever is claimed lost something; before, a limit may still be met. */
const isDraft = ({ isClaim, orders }: Pick<EvidencePack2, 'isClaim' | 'orders'>): boolean =>
  !isClaim && orders.every(({ limit }) => limit === null);

const asked = ({ orderId, package: parcel, opening }: PackParcel): CaseMember & { trackingNumber: string } => ({
  ...{ orderId, package: parcel, trackingNumber: opening.trackingNumber },
});

/** What the carriers, the platform and our pickups say now. */
type Told = {
  events: ReadonlyMap<string, PackOrder['events']>;
  readings: ReadonlyMap<string, PackOrder['platform']> | undefined;
  pickups: EvidencePack2['pickups'];
};

async function toldNow(
  ports: Ports,
  input: PackInput,
  { parcels, records }: { parcels: readonly PackParcel[]; records: readonly OrderRecord[] },
): Promise<Told> {
  const { opening, shopId } = input;
  const { shop, platform } = await shopOf(ports, input);
  const wanted = records.flatMap(({ trackingNumber, label }) =>
    trackingNumber === undefined
      ? []
      : [{ trackingNumber, carrier: label?.carrier || opening.carrier, account: label?.account ?? null }],
  );
  return {
    events: await carrierEvents(ports, shop, wanted),
    readings: await platformReadings(platform, [...new Set(parcels.map(({ orderId }) => orderId))]),
    pickups: await pickupsOf(ports, shop, {
      accounts: accountsOf(opening, { shopId, asked: wanted }),
      shipFrom: manifestKeyOf(opening.manifest)?.shipFrom,
      before: opening.stalledAt,
    }),
  };
}

/** The papers of the case, without what is not what it was in a pack before. */
async function papersFor(ports: Ports, input: PackInput, records: readonly OrderRecord[]): Promise<Papers> {
  const { opening } = input;
  const key = manifestKeyOf(opening.manifest);
  const changed = await changedSince(ports, { folder: appealFolder(input), own: packKey(input) });
  const papers = await papersOf(ports.documents, {
    manifest: key === undefined ? undefined : manifestFolder(key),
    caseFolder: appealFolder(input),
    trackingNumbers: new Set(records.flatMap(({ trackingNumber }) => trackingNumber ?? [])),
    formId: opening.formId,
    changed: new Set(changed.map((piece) => piece.key)),
  });
  const known = new Set(papers.tampered.map((piece) => piece.key));
  return {
    ...papers,
    tampered: [
      ...papers.tampered,
      ...unrepaired(
        papers,
        changed.filter((piece) => !known.has(piece.key)),
      ),
    ],
  };
}

function piecesOf(papers: Papers, { pieces }: Parcels, records: readonly OrderRecord[]): HashedPiece[] {
  const changed = new Set(papers.tampered.map(({ key }) => key));
  const all = [...pieces, ...papers.pieces, ...records.flatMap((record) => record.pieces)];
  const byKey = new Map(all.map((piece) => [piece.key, piece]));
  return [...byKey.values()].filter(({ key }) => !changed.has(key));
}

/** Through which accounts a pickup may have been booked. */
function accountsOf(
  { manifest }: AppealOpening,
  { shopId, asked }: { shopId: string; asked: readonly { account: string | null }[] },
): string[] {
  const account = manifestKeyOf(manifest)?.account;
  const named = asked.flatMap((parcel) => parcel.account ?? []);
  return [...new Set([...(account === undefined ? [] : [accountNameOf({ id: shopId }, account)]), ...named])];
}

type OrderFound = {
  standing: Standing;
  parcel: PackParcel | undefined;
  record: OrderRecord;
  at: number;
  told: Told;
};

function orderOf({ standing, parcel, record, at, told }: OrderFound): PackOrder {
  const { member, trackingNumber = null, readFrom, policy, deadlines, label, timeline } = record;
  if (parcel === undefined) throw new TypeError(`no parcel for ${member.orderId}`);
  const fromCarrier = trackingNumber === null ? undefined : told.events.get(trackingNumber);
  const events = fromCarrier ?? record.events;
  const scan = scanOf(standing, parcel, events);
  return {
    ...{
      orderId: member.orderId,
      package: member.package,
      trackingNumber,
      readFrom,
      policy,
      deadlines,
      label,
      timeline,
    },
    limit: limitOf(parcel),
    silentHours: wholeHours(silentMsOf(parcel, { at, scan, events })),
    form: trackingNumber === null ? null : (standing.papers.formOf.get(trackingNumber) ?? null),
    ...{ events, eventsFrom: fromCarrier === undefined ? toldFrom(record) : 'carrier' },
    platform: told.readings?.get(member.orderId) ?? null,
    responsibility: judged(standing, { parcel, record, events, at }),
  };
}

const toldFrom = ({ events }: OrderRecord): PackOrder['eventsFrom'] => (events.length > 0 ? 'order' : 'nowhere');

const limitOf = ({ limitBroken }: PackParcel): PackOrder['limit'] =>
  limitBroken === undefined ? null : { deadline: limitBroken.deadline, at: iso(limitBroken.at) };

const iso = (at: number): string => new Date(at).toISOString();

const movedAtOf = (parcels: readonly PackParcel[]): string | null => {
  const movedAt = parcels.length === 1 ? parcels[0]?.movedAt : undefined;
  return movedAt === undefined ? null : iso(movedAt);
};

/** When the parcels were scanned, and whose word that is. */
function scanned(
  standing: Standing,
  [first, ...others]: readonly PackParcel[],
  orders: readonly PackOrder[],
): Pick<EvidencePack2, 'scannedAt' | 'scanBy'> {
  if (first === undefined) return { scannedAt: null, scanBy: null };
  // What the carrier says of one parcel is nothing that all of them share.
  const events = others.length === 0 ? (orders[0]?.events ?? []) : [];
  const scan = scanOf(standing, first, events);
  if (scan.at === undefined) return { scannedAt: null, scanBy: null };
  const byOther = scan.isCarriersWord ? 'carrier' : 'seller';
  return { scannedAt: iso(scan.at), scanBy: standing.isOnForm && hasProof(standing) ? 'papers' : byOther };
}
