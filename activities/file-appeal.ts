import { checkHashes, hashNow, readPack, sha256Of, type ChangedPiece, type EvidencePack2 } from '../contracts/pack';
import { AdapterError } from '../contracts/adapter-error';
import type { AppealOpening } from '../domain/appeal/appeal';
import type { AppealAnswer } from '../domain/appeal/event';
import { statementOf } from '../words/appeal';
import { packWords } from '../words/pack';
import { appealNoteKey } from '../workflows/messages-appeal';
import { memberName, readClaim } from './case-documents';
import { EvidencePack, scannedAtOf } from './gather-evidence';
import { sortedForAppeal } from './appeal-outcome';
import { packPdfKey } from './pack-pdf';
import { statementOfPack } from './pack-statement';
import type { AppealDesk, AppealFiling, Filing, Ports } from './ports';
import { assertWriting, shopOf, type About } from './shop-of';

type Input = About & {
  caseKey: string;
  /** What the case was begun with; what it is filed with says by itself of which edition it is. */
  edition?: 2;
  number: 1 | 2;
  opening: AppealOpening;
  limitBroken: { deadline: string; at: number };
  movedAt?: number;
  /** The document key of the evidence, and the same as pages. */
  evidence: string;
  /** Of the evidence as the case remembers it; absent of a case from before. */
  sha256?: string;
  pdf?: { key: string; sha256: string };
  /** What a person adds: the SHA-256 under which the text is kept; or the text, of a case from before. */
  noteHash?: string;
  note?: string;
};

/** The desk's word for too late. */
const WINDOW_CLOSED = 'window_closed';

/**
 * Files an appeal, once: every attempt first looks whether an earlier one made it, under a reference that is the filing's own.
 * Evidence that was changed since it was gathered goes to nobody: a person looks what happened. A pack that names others than are
 * claimed by now is not filed either: of one of them it was heard meanwhile that nothing is lost.
 */
export async function fileAppeal(ports: Ports, input: Input): Promise<AppealAnswer> {
  const { shop } = await shopOf(ports, input);
  const desk = ports.appealDeskOf(shop);
  return sortedForAppeal(async () => {
    const reference = `${input.shopId}:${input.caseKey}:${input.number}`;
    const earlier = await desk?.find(reference);
    if (earlier !== undefined) return filedAs(earlier);
    // Of a case from before nothing is looked at that only a desk would need.
    if (desk === undefined && input.edition !== 2) return { kind: 'byHand' };
    const text = await kept(ports, input.evidence);
    const forged = await forgedIn(input, text);
    if (forged.length > 0) return { kind: 'refused', reason: packWords.changed(forged) };
    const pack = readPack(text);
    const unfit = pack === undefined ? undefined : await unfitAnswer(ports, input, pack);
    if (unfit !== undefined) return unfit;
    if (desk === undefined) return { kind: 'byHand' };
    const filing = pack === undefined ? await filingFrom(ports, input, text) : await filingOf(ports, input, pack);
    await assertWriting(ports, input);
    return fileAt(desk, { reference, ...cutTo(desk, filing) });
  });
}

async function fileAt(desk: AppealDesk, filing: AppealFiling): Promise<AppealAnswer> {
  try {
    return filedAs(await desk.file(filing));
  } catch (error) {
    if (error instanceof AdapterError && error.outcome === 'refused' && error.code === WINDOW_CLOSED) {
      return { kind: 'windowClosed' };
    }
    throw error;
  }
}

const filedAs = ({ caseNumber, status, decidedAt, recovered }: Filing): AppealAnswer => ({
  ...{ kind: 'filed', caseNumber, status, decidedAt },
  ...(recovered === undefined ? {} : { recovered }),
});

/** It was written before the case could want this: without it there is nothing to file with. */
async function kept({ documents }: Ports, key: string): Promise<string> {
  const text = await documents.get(key);
  if (text === undefined) throw new AdapterError('bug', { provider: 'documents', call: 'get', code: 'nothing there' });
  return text;
}

async function noteOf(ports: Ports, input: Input): Promise<string | undefined> {
  return input.noteHash === undefined ? input.note : kept(ports, appealNoteKey(input, input.noteHash));
}

type Unreferenced = Omit<AppealFiling, 'reference'>;

/** A case of one parcel, with evidence of the first edition. */
async function filingFrom(ports: Ports, input: Input, text: string): Promise<Unreferenced> {
  const evidence = EvidencePack.parse(JSON.parse(text));
  const statement = statementFor(input, evidence, await noteOf(ports, input));
  return { orderId: input.orderId, statement, evidence };
}

/** With all orders of the pack, and the pack's own pages. */
async function filingOf(ports: Ports, input: Input, pack: EvidencePack2): Promise<Unreferenced> {
  const { number, limitBroken, evidence } = input;
  const [orderId = input.orderId, ...others] = new Set(pack.orders.map((order) => order.orderId));
  const statement = statementOfPack(pack, { number, limitBroken, note: await noteOf(ports, input) });
  const pages = await ports.documents.getFile(input.pdf?.key ?? packPdfKey(evidence));
  return {
    ...{ orderId, statement, evidence: pack },
    ...(others.length === 0 ? {} : { orderIds: [orderId, ...others] }),
    ...(pages === undefined ? {} : { pack: pages }),
  };
}

/** A claim is made for one desk; what was listed before it was settled may be more. */
const cutTo = ({ mostOrders }: AppealDesk, filing: Unreferenced): Unreferenced =>
  filing.orderIds === undefined ? filing : { ...filing, orderIds: filing.orderIds.slice(0, mostOrders) };

/** The evidence itself, where it is not what the case remembers: what it says of its pieces counts for nothing then. */
async function forgedIn({ evidence, sha256 }: Input, text: string): Promise<ChangedPiece[]> {
  const found = await sha256Of(text);
  if (sha256 === undefined || sha256 === found) return [];
  return [{ name: 'pack', kind: 'document', key: evidence, sha256, found }];
}

/** Why a pack must not be filed as it is; undefined where it may be. */
async function unfitAnswer(ports: Ports, input: Input, pack: EvidencePack2): Promise<AppealAnswer | undefined> {
  const changed = await changedIn(ports, input, pack);
  if (changed.length > 0) return { kind: 'refused', reason: packWords.changed(changed) };
  return (await isOfOthers(ports, input, pack)) ? { kind: 'claimChanged' } : undefined;
}

/** Whether a pack is about others than are claimed now; a case without a claim has nobody else. */
async function isOfOthers(ports: Ports, input: Input, pack: EvidencePack2): Promise<boolean> {
  const claim = await readClaim(ports, { shopId: input.shopId, caseKey: input.caseKey });
  if (claim === undefined) return false;
  const claimed = new Set(claim.members.map(memberName));
  const named = new Set(pack.orders.map(memberName));
  return claimed.size === 0 || claimed.size !== named.size || [...named].some((name) => !claimed.has(name));
}

/** Every hash, worked out anew from what is in the store now; the pages too. */
async function changedIn({ documents }: Ports, { pdf }: Input, pack: EvidencePack2): Promise<ChangedPiece[]> {
  const changed = await checkHashes(pack.pieces, documents);
  if (pdf === undefined) return changed;
  const piece = { name: 'pages', kind: 'file', ...pdf } as const;
  const found = await hashNow(documents, piece);
  return found === pdf.sha256 ? changed : [...changed, { ...piece, found }];
}

/** Says what the evidence bears out. */
function statementFor(input: Input, evidence: EvidencePack, note: string | undefined): string {
  const { opening, limitBroken, movedAt, at, number } = input;
  const formNumber = formNumberOf(evidence, opening);
  return statementOf({
    orderId: opening.orderId,
    trackingNumber: opening.trackingNumber,
    carrier: opening.carrier,
    ...(formNumber === undefined ? {} : { formNumber }),
    // A case of the first edition was opened with its scan.
    scannedAt: scannedAtOf(evidence) ?? opening.scannedAt ?? opening.stalledAt,
    hasProof: !evidence.missing.includes('proof'),
    silentUntil: movedAt ?? at,
    hasMoved: movedAt !== undefined,
    deadline: limitBroken.deadline,
    brokenAt: limitBroken.at,
    number,
    ...(note === undefined ? {} : { note }),
  });
}

function formNumberOf({ parts, missing }: EvidencePack, opening: AppealOpening): string | undefined {
  const form = parts.find(({ name }) => name === 'form')?.content as { number?: unknown } | undefined;
  if (form === undefined || missing.includes('parcelOnForm')) return undefined;
  return typeof form.number === 'string' ? form.number : opening.formId;
}
