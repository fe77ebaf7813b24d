import { createHash } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import { z } from 'zod';
import { AdapterError } from '../contracts/adapter-error';
import type { AppealOpening } from '../domain/appeal/appeal';
import type { AppealAnswer } from '../domain/appeal/event';
import type { Proof } from '../domain/manifest/manifest';
import { appealFolder } from '../workflows/messages-appeal';
import { manifestFolder } from '../workflows/messages-manifest';
import { gatherPack, type PackInput } from './gather-pack';
import { failureOf } from './outcome';
import type { Ports } from './ports';
import { shopOf } from './shop-of';

/** Where a pack of a case lies: one document, written once. What is gathered for a later filing is a pack of its own. */
const evidenceKey = ({ pack, ...ref }: Input): string =>
  `${appealFolder(ref)}/evidence${pack === undefined ? '' : `-${pack}`}`;

/** `edition`: absent of a case from before, whose evidence is of one parcel and without pages. */
type Input = PackInput & { edition?: 2 };

/** One piece of the evidence with the hash of the text that it was taken from; `content` leaves out what is others'. */
const Part = z.object({ name: z.string(), key: z.string().optional(), sha256: z.string(), content: z.unknown() });
type Part = z.infer<typeof Part>;

/** The evidence as it is kept, and as the desk gets it. */
export const EvidencePack = z.object({
  caseKey: z.string(),
  orderId: z.string(),
  gatheredAt: z.string(),
  complete: z.boolean(),
  missing: z.array(z.string()),
  parts: z.array(Part),
});
export type EvidencePack = z.infer<typeof EvidencePack>;

/** Any of these proves that the carrier had the parcels: SC 5569963429185294 asks for the form or a proof of pickup. */
const PROOFS: readonly string[] = ['stampedForm', 'signature', 'proofOfPickup'] satisfies Proof['kind'][];

/** A platform that does not answer holds the evidence up for no longer than this. */
const MOST_PLATFORM_ATTEMPTS = 5;

/** The form's document may name thousands of parcels of other orders: only ours goes to the desk. */
const FormDocument = z.looseObject({
  formId: z.string(),
  number: z.string().nullish(),
  madeAt: z.number().optional(),
  sha256: z.string().optional(),
  members: z.array(z.looseObject({ orderId: z.string(), trackingNumber: z.string().optional() })).optional(),
});

/** Free text of people is a document by its hash; older reports have it in themselves. */
const NOTED = { note: z.string().optional(), noteHash: z.string().optional() };

/** What a person reported. Who did is nobody's business outside. */
const ScanDocument = z.looseObject({
  ...NOTED,
  scannedAt: z.number().optional(),
  reportedAt: z.number().optional(),
  place: z.string().optional(),
  proofs: z.array(z.looseObject({ kind: z.string(), ...NOTED })).default([]),
});
type ScanDocument = z.infer<typeof ScanDocument>;

/** A person reports a form's scan a few times at most: each report after the first is `scan-2`, `scan-3` and so on. */
const MOST_REPORTS = 100;

const LabelDocument = z.looseObject({ orderId: z.string(), package: z.string().optional() });

/**
 * Puts together what was kept as it happened, and names what is missing. A pack stands as it was written: what a case was filed
 * with does not change afterwards.
 */
export async function gatherEvidence(ports: Ports, input: Input): Promise<AppealAnswer> {
  if (input.edition === 2) return gatherPack(ports, input);
  const key = evidenceKey(input);
  const kept = await ports.documents.get(key);
  if (kept !== undefined) return answerOf(key, kept);
  const text = JSON.stringify(await packOf(ports, input), null, 2);
  if (await ports.documents.putIfAbsent(key, text)) return answerOf(key, text);
  return answerOf(key, (await ports.documents.get(key)) ?? text);
}

function answerOf(key: string, text: string): AppealAnswer {
  const pack = EvidencePack.parse(JSON.parse(text));
  const { complete, missing } = pack;
  const scannedAt = scannedAtOf(pack);
  const gathered = { kind: 'gathered' as const, key, sha256: sha256(text), complete, missing };
  return scannedAt === undefined ? gathered : { ...gathered, scannedAt };
}

/** When the form was scanned, as the last report in a pack says: a later one corrects the earlier. */
export function scannedAtOf({ parts }: EvidencePack): number | undefined {
  const reports = parts.filter(({ name }) => /^scan(-\d+)?$/.test(name));
  const instants = reports.map(({ content }) => (content as { scannedAt?: unknown }).scannedAt);
  return instants.findLast((at): at is number => typeof at === 'number');
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

type Found = { parts: Part[]; missing: string[] };

async function packOf(ports: Ports, input: Input): Promise<EvidencePack> {
  const { opening, caseKey, orderId, at } = input;
  const found = [
    { parts: [partOf('opening', { text: JSON.stringify(opening) }, opening)], missing: [] },
    await formOf(ports, opening),
    await scanOf(ports, opening),
    await labelOf(ports, opening),
    await platformReading(ports, input),
  ];
  const missing = found.flatMap((one) => one.missing);
  return {
    caseKey,
    orderId,
    gatheredAt: new Date(at).toISOString(),
    complete: !['form', 'parcelOnForm', 'scan', 'proof'].some((name) => missing.includes(name)),
    missing,
    parts: found.flatMap((one) => one.parts),
  };
}

type Source = { text: string; key?: string };

const partOf = (name: string, { text, key }: Source, content: unknown): Part => ({
  name,
  ...(key === undefined ? {} : { key }),
  sha256: sha256(text),
  content,
});

async function formOf({ documents }: Ports, opening: AppealOpening): Promise<Found> {
  const key = manifestKey(opening.manifest, 'form');
  const text = key === undefined ? undefined : await documents.get(key);
  const form = text === undefined ? undefined : readAs(FormDocument, text);
  if (key === undefined || text === undefined || form === undefined) return { parts: [], missing: ['form'] };
  const { formId, number, madeAt, sha256: fileSha256 = '', members } = form;
  const own = members?.filter(({ orderId }) => orderId === opening.orderId);
  const content = { formId, number, madeAt, fileSha256, parcels: members?.length, ownParcels: own };
  const isOnForm = own === undefined || own.some(({ trackingNumber }) => isSame(trackingNumber, opening));
  return { parts: [partOf('form', { text, key }, content)], missing: lackingOf(isOnForm, fileSha256) };
}

const lackingOf = (isOnForm: boolean, fileSha256: string): string[] => [
  ...(isOnForm ? [] : ['parcelOnForm']),
  ...(fileSha256 === '' ? ['formFile'] : []),
];

const isSame = (trackingNumber: string | undefined, opening: AppealOpening): boolean =>
  trackingNumber === undefined || trackingNumber === opening.trackingNumber;

/** All reports of the form's scan: a later one may bring the proof that the first lacked. */
async function scanOf(ports: Ports, opening: AppealOpening): Promise<Found> {
  const reports: { part: Part; isProven: boolean }[] = [];
  for (let number = 1; number <= MOST_REPORTS; number += 1) {
    const report = await reportOf(ports, opening, number === 1 ? 'scan' : `scan-${number}`);
    if (report === 'none') break;
    if (report !== 'unreadable') reports.push(report);
  }
  if (reports.length === 0) return { parts: [], missing: ['scan', 'proof'] };
  const isProven = reports.some((report) => report.isProven);
  return { parts: reports.map(({ part }) => part), missing: isProven ? [] : ['proof'] };
}

type Report = { part: Part; isProven: boolean } | 'none' | 'unreadable';

async function reportOf(ports: Ports, opening: AppealOpening, name: string): Promise<Report> {
  const key = manifestKey(opening.manifest, name);
  const text = key === undefined ? undefined : await ports.documents.get(key);
  if (key === undefined || text === undefined) return 'none';
  const scan = readAs(ScanDocument, text);
  if (scan === undefined) return 'unreadable';
  const { scannedAt, reportedAt, place, proofs } = scan;
  const kinds: object[] = [];
  for (const proof of proofs) kinds.push({ kind: proof.kind, ...(await notesOf(ports, opening, proof)) });
  const content = { scannedAt, reportedAt, place, ...(await notesOf(ports, opening, scan)), proofs: kinds };
  return { part: partOf(name, { text, key }, content), isProven: proofs.some(({ kind }) => PROOFS.includes(kind)) };
}

/** The free text of a report, wherever it is kept. */
async function notesOf(
  { documents }: Ports,
  { manifest }: AppealOpening,
  { note, noteHash }: Pick<ScanDocument, 'note' | 'noteHash'>,
): Promise<{ note?: string; noteHash?: string }> {
  if (noteHash === undefined) return note === undefined ? {} : { note };
  const key = /^[0-9a-f]{64}$/.test(noteHash) ? manifestKey(manifest, `notes/${noteHash}`) : undefined;
  const text = key === undefined ? undefined : await documents.get(key);
  return { noteHash, ...(text === undefined ? {} : { note: text }) };
}

async function labelOf({ documents }: Ports, { trackingNumber }: AppealOpening): Promise<Found> {
  if (!/^[0-9A-Za-z]+$/.test(trackingNumber)) return { parts: [], missing: ['label'] };
  const key = `labels/by-tracking/${trackingNumber}`;
  const text = await documents.get(key);
  const label = text === undefined ? undefined : readAs(LabelDocument, text);
  if (text === undefined || label === undefined) return { parts: [], missing: ['label'] };
  return {
    parts: [partOf('label', { text, key }, { orderId: label.orderId, package: label.package, trackingNumber })],
    missing: [],
  };
}

/** What the platform says of the order now: its status and its instants, and nothing of its buyer. */
async function platformReading(ports: Ports, input: Input): Promise<Found> {
  const { platform } = await shopOf(ports, input);
  try {
    const order = await platform.readOrder(input.orderId);
    if (order === undefined) return { parts: [], missing: ['platformReading'] };
    const { status, statusAt, createdAt, shippingType, platformTimes, cancelledBy, tracking } = order.facts;
    const content = {
      status,
      statusAt,
      createdAt,
      shippingType,
      platformTimes,
      cancelledBy,
      trackingNumber: tracking?.number,
      carrier: tracking?.carrier,
    };
    return { parts: [partOf('platformReading', { text: JSON.stringify(content) }, content)], missing: [] };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    // The rest of the evidence does not wait for a platform that is down: a limit may break meanwhile.
    if (isWorthAsking(error) && activityInfo().attempt < MOST_PLATFORM_ATTEMPTS) throw failureOf(error);
    return { parts: [], missing: ['platformReading'] };
  }
}

const isWorthAsking = ({ outcome }: AdapterError): boolean => outcome === 'retryLater' || outcome === 'outcomeUnknown';

/** `manifest:<account>:<shipFrom>:<date>` as the folder of its documents; undefined if it names none. */
function manifestKey(manifest: string, document: string): string | undefined {
  const [, account, shipFrom, date] = /^manifest:([\w.-]+):([\w.-]+):(\d{4}-\d{2}-\d{2})$/.exec(manifest) ?? [];
  if (account === undefined || shipFrom === undefined || date === undefined) return undefined;
  return `${manifestFolder({ account, shipFrom, date })}/${document}`;
}

/** A document of another shape is as good as none. */
function readAs<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
