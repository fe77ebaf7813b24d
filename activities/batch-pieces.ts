import { ApplicationFailure } from '@temporalio/common';
import type { BatchLabel, BatchMember, BatchPiece, BatchRequest } from '../contracts/batch';
import { labelFileKey } from '../contracts/label-documents';
import { countPages, mergePages, pageOfPng } from '../paper/pages';
import { batchActivityWords } from '../words/batch';
import { hasPieceFile, keepPieceFile, readPiece, settlePiece, type BatchRef } from './batch-documents';
import type { Member, Settled } from './batch-look';
import { itemsOfOrders } from './batch-plan';
import type { BatchPorts } from './batch-ports';
import { keepSlip } from './packing-slip';
import type { OrderItem } from './ports';

/** One file of a batch: which, and what is asked of it. */
export type PieceWish = { ref: BatchRef; request: BatchRequest; piece: number };

export type SettledMember = Pick<Member, 'number' | 'orderId'> & { settled: Settled; isLate: boolean };

/**
 * Decides what a file shows and writes it. The decision is written first and stands: a worker that is killed in between leaves the
 * next one to make the same file from the same labels. Where another worker has decided otherwise meanwhile, that is what stands.
 */
export async function writePiece(
  ports: BatchPorts,
  wish: PieceWish,
  members: readonly SettledMember[],
): Promise<BatchPiece> {
  const wanted = members.map(({ number, orderId, settled, isLate }): BatchMember => {
    return { number, orderId, pages: 0, ...settled, ...(isLate ? { isLate } : {}) };
  });
  const printed = await sheetsOf(ports, wish, wanted);
  const content = { members: wanted.map((member, index) => ({ ...member, pages: printed[index]?.pages ?? 0 })) };
  const decided = await settlePiece(ports, wish.ref, { piece: wish.piece, content });
  await ensurePieceFile(ports, wish, decided);
  return decided;
}

/** A file that was decided on, and may not have been written yet. */
export async function finishedPiece(ports: BatchPorts, wish: PieceWish): Promise<BatchPiece | undefined> {
  const decided = await readPiece(ports, wish.ref, wish.piece);
  if (decided !== undefined) await ensurePieceFile(ports, wish, decided);
  return decided;
}

async function ensurePieceFile(ports: BatchPorts, wish: PieceWish, { members }: BatchPiece): Promise<void> {
  // ZPL labels are printed one after the other as they are: they need no file together.
  if (wish.request.format === 'zpl' || members.every(({ labels }) => labels.length === 0)) return;
  if (await hasPieceFile(ports, wish.ref, wish.piece)) return;
  const sheets = await sheetsOf(ports, wish, members);
  if (sheets.some(({ pages }, index) => pages !== members[index]?.pages))
    throw ApplicationFailure.retryable(batchActivityWords.pieceDiffers(wish.piece), 'bug');
  const bytes = await mergePages(sheets.flatMap((sheet) => sheet.files).map((file) => ({ bytes: file })));
  if (bytes !== undefined) await keepPieceFile(ports, wish.ref, { piece: wish.piece, bytes });
}

type MemberSheets = { files: Uint8Array[]; pages: number };

/** The pages of each member: its labels, each with its slip behind it where slips are wanted. */
async function sheetsOf(
  ports: BatchPorts,
  { ref, request }: PieceWish,
  members: readonly BatchMember[],
): Promise<MemberSheets[]> {
  if (request.format === 'zpl') return members.map(() => ({ files: [], pages: 0 }));
  const labelled = members.filter(({ labels }) => labels.length > 0).map(({ orderId }) => orderId);
  const items =
    request.slips && labelled.length > 0 ? await itemsOfOrders(ports, ref.shopId, labelled) : new Map<string, never>();
  const slipOf = (member: BatchMember, index: number): Promise<Uint8Array> | undefined =>
    request.slips ? slip(ports, { ref, member, index }, items.get(member.orderId) ?? []) : undefined;
  return Promise.all(members.map((member) => sheetsOfMember(ports, { ref, member, slipOf })));
}

type MemberWish = {
  ref: BatchRef;
  member: BatchMember;
  slipOf: (member: BatchMember, index: number) => Promise<Uint8Array> | undefined;
};

async function sheetsOfMember(ports: BatchPorts, { ref, member, slipOf }: MemberWish): Promise<MemberSheets> {
  const files: Uint8Array[] = [];
  for (const [index, label] of member.labels.entries()) {
    files.push(await labelPage(ports, { shopId: ref.shopId, orderId: member.orderId, ...label }));
    const behind = await slipOf(member, index);
    if (behind !== undefined) files.push(behind);
  }
  const counts = await Promise.all(files.map(countPages));
  return { files, pages: counts.reduce((sum, count) => sum + count, 0) };
}

async function labelPage(
  { documents }: BatchPorts,
  label: BatchLabel & { shopId: string; orderId: string },
): Promise<Uint8Array> {
  const bytes = await documents.getFile(labelFileKey(label, label.format));
  if (bytes === undefined) throw ApplicationFailure.retryable(batchActivityWords.fileGone(label.orderId), 'retryLater');
  return label.format === 'png' ? pageOfPng(bytes) : bytes;
}

type SlipOf = { ref: BatchRef; member: BatchMember; index: number };

function slip(
  ports: BatchPorts,
  { ref, member, index }: SlipOf,
  items: readonly OrderItem[],
): Promise<Uint8Array> | undefined {
  const label = member.labels[index];
  // What the platform tells nothing of has no slip.
  if (label === undefined || items.length === 0) return undefined;
  const { itemIds } = label;
  return keepSlip(ports, {
    shopId: ref.shopId,
    orderId: member.orderId,
    package: label.package,
    attempt: label.attempt,
    number: index + 1,
    of: member.labels.length,
    items: itemIds === undefined ? items : items.filter(({ id }) => itemIds.includes(id)),
  });
}
