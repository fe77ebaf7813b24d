import { createHash } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import { z } from 'zod';
import { AdapterError } from '../contracts/adapter-error';
import type { AppealOpening } from '../domain/appeal/appeal';
import type { AppealAnswer } from '../domain/appeal/event';
import type { Proof } from '../domain/manifest/manifest';
import { manifestFolder } from '../workflows/messages-manifest';
import { failureOf } from './outcome';
import type { Ports } from './ports';
import { shopOf, type About } from './shop-of';

/** Where the evidence of a case lies: one document, written once. */
const evidenceKey = ({ shopId, caseKey }: CaseRef): string => `appeals/${shopId}/${caseKey}/evidence`;

type CaseRef = { shopId: string; caseKey: string };
type Input = About & { caseKey: string; opening: AppealOpening };

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

/** What a person reported. Who did is nobody's business outside. */
const ScanDocument = z.looseObject({
  scannedAt: z.number().optional(),
  reportedAt: z.number().optional(),
  place: z.string().optional(),
  proofs: z.array(z.looseObject({ kind: z.string() })).default([]),
});

const LabelDocument = z.looseObject({ orderId: z.string(), package: z.string().optional() });

/**
 * Puts together what was kept as it happened, and names what is missing. The first pack stands: what a case was filed with does
 * not change afterwards.
 */
export async function gatherEvidence(ports: Ports, input: Input): Promise<AppealAnswer> {
  const key = evidenceKey(input);
  const kept = await ports.documents.get(key);
  if (kept !== undefined) return answerOf(key, kept);
  const text = JSON.stringify(await packOf(ports, input), null, 2);
  if (await ports.documents.putIfAbsent(key, text)) return answerOf(key, text);
  return answerOf(key, (await ports.documents.get(key)) ?? text);
}

function answerOf(key: string, text: string): AppealAnswer {
  const { complete, missing } = EvidencePack.parse(JSON.parse(text));
  return { kind: 'gathered', key, sha256: sha256(text), complete, missing };
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
  const { formId, number, madeAt, sha256: fileSha256, members } = form;
  const own = members?.filter(({ orderId }) => orderId === opening.orderId);
  const content = { formId, number, madeAt, fileSha256, parcels: members?.length, ownParcels: own };
  const isOnForm = own === undefined || own.some(({ trackingNumber }) => isSame(trackingNumber, opening));
  return { parts: [partOf('form', { text, key }, content)], missing: isOnForm ? [] : ['parcelOnForm'] };
}

const isSame = (trackingNumber: string | undefined, opening: AppealOpening): boolean =>
  trackingNumber === undefined || trackingNumber === opening.trackingNumber;

async function scanOf({ documents }: Ports, opening: AppealOpening): Promise<Found> {
  const key = manifestKey(opening.manifest, 'scan');
  const text = key === undefined ? undefined : await documents.get(key);
  const scan = text === undefined ? undefined : readAs(ScanDocument, text);
  if (key === undefined || text === undefined || scan === undefined) return { parts: [], missing: ['scan', 'proof'] };
  const { scannedAt, reportedAt, place, proofs } = scan;
  const content = { scannedAt, reportedAt, place, proofs: proofs.map(({ kind, note }) => ({ kind, note })) };
  const isProven = proofs.some(({ kind }) => PROOFS.includes(kind));
  return { parts: [partOf('scan', { text, key }, content)], missing: isProven ? [] : ['proof'] };
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
function manifestKey(manifest: string, document: 'form' | 'scan'): string | undefined {
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
