import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { batchFileKey, MOST_IN_BATCH, type BatchMember } from '../../contracts/batch';
import { labelFileKey, printedKey } from '../../contracts/label-documents';
import { mergePages, type Sheets } from '../../paper/pages';
import { batchDetails } from '../../words/batch';
import { batchOfPath, settledMembers, type BatchRef, type FileDeps } from '../batches';
import { readQuery, shopOfPath } from '../door';
import { Problem } from '../problem';

/** As labels are numbered in the order of picking. */
const numberOfLabel = z.string().regex(/^\d+$/).transform(Number).pipe(z.int().min(1).max(MOST_IN_BATCH));
const Query = z
  .strictObject({ from: numberOfLabel.default(1), to: numberOfLabel.default(MOST_IN_BATCH) })
  .refine(({ from, to }) => from <= to, { message: batchDetails.emptyRange, path: ['from'] });

type Placed = Awaited<ReturnType<typeof settledMembers>>[number];

/**
 * `GET /v1/shops/:shopId/batches/:batchId/labels.pdf?from=&to=`: the labels that are there, in the order of picking. Whoever fetches
 * them prints them: `X-Printed-Before` names the numbers that were fetched before, so that no label goes on two parcels;
 * `X-Not-Yet` those that are still waited for.
 */
export function printBatch(deps: FileDeps, format: 'pdf' | 'zpl'): RequestHandler {
  return async (req, res) => {
    const { ref, request } = await batchOfPath(deps, req, await shopOfPath(deps, req));
    const { from, to } = readQuery(req, Query);
    if (request.format !== format) throw new Problem('refused', batchDetails.notThisFormat(request.format));
    const settled = await settledMembers(deps, ref);
    const inRange = settled.filter(({ number, labels }) => number >= from && number <= to && labels.length > 0);
    inRange.sort((a, b) => a.number - b.number);
    const { file, members } = await (format === 'pdf' ? pdfOf(deps, ref, inRange) : zplOf(deps, ref, inRange));
    if (file === undefined) throw new Problem('refused', batchDetails.nothingYet);
    const there = new Set(
      [...settled.filter(({ labels }) => labels.length === 0), ...members].map(({ number }) => number),
    );
    const missing = numbersBetween(from, Math.min(to, request.total)).filter((number) => !there.has(number));
    if (missing.length > 0) res.set('X-Not-Yet', rangesOf(missing));
    await notePrint(deps, ref, { req, res, members });
    res.set('X-Labels', String(members.length));
    sendFile(res, { bytes: file, format, name: `batch-${ref.batchId}` });
  };
}

const numbersBetween = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

/** A file for the printer, and whose labels are in it. */
type Print = { file: Buffer | undefined; members: Placed[] };

/** The pages of these members, out of the files that they are in. What was decided on and is about to be written is not in it yet. */
async function pdfOf({ documents }: FileDeps, ref: BatchRef, wanted: readonly Placed[]): Promise<Print> {
  const members: Placed[] = [];
  const files = new Map<number, Uint8Array | undefined>();
  const sheets: Required<Sheets>[] = [];
  for (const member of wanted) {
    const { piece, firstPage, pages } = member;
    if (!files.has(piece)) files.set(piece, await documents.getFile(batchFileKey(ref, piece)));
    const bytes = files.get(piece);
    if (bytes === undefined) continue;
    members.push(member);
    const last = sheets.at(-1);
    if (last?.bytes === bytes && last.from + last.count === firstPage) last.count += pages;
    else sheets.push({ bytes, from: firstPage, count: pages });
  }
  const merged = await mergePages(sheets);
  return { file: merged === undefined ? undefined : Buffer.from(merged), members };
}

/** ZPL is a text for the printer: one label after the other. */
async function zplOf({ documents }: FileDeps, ref: BatchRef, members: Placed[]): Promise<Print> {
  const keys = members.flatMap(({ orderId, labels }) =>
    labels.map((label) => labelFileKey({ shopId: ref.shopId, orderId, ...label }, 'zpl')),
  );
  const files = await Promise.all(keys.map((key) => documents.getFile(key)));
  const there = files.filter((bytes) => bytes !== undefined);
  if (there.length === 0 || there.length < keys.length) return { file: undefined, members: [] };
  return { file: Buffer.concat(there.flatMap((bytes) => [bytes, Buffer.from('\n')])), members };
}

type Printing = { req: Request; res: Response; members: readonly BatchMember[] };

async function notePrint(deps: FileDeps, { shopId }: BatchRef, { req, res, members }: Printing): Promise<void> {
  // Who only asks for the headers prints nothing.
  if (req.method === 'HEAD') return;
  const before = await Promise.all(
    members.map(async ({ number, orderId, labels }) => {
      const isNew = await Promise.all(labels.map((label) => noteOne(deps, { shopId, orderId, ...label })));
      return isNew.includes(false) ? [number] : [];
    }),
  );
  if (before.flat().length > 0) res.set('X-Printed-Before', rangesOf(before.flat()));
}

/** Whether a label is printed for the first time. */
export const noteOne = (
  { documents }: FileDeps,
  label: { shopId: string; orderId: string; package: string; attempt: number },
): Promise<boolean> => documents.putIfAbsent(printedKey(label), JSON.stringify({ at: Date.now() }));

/** Numbers that rise, as `1-3,7`. */
function rangesOf(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(',');
}

const TYPES = { pdf: 'application/pdf', png: 'image/png', zpl: 'application/zpl' } as const;

/** Answers with a file that a browser shows and a program saves. */
export function sendFile(
  res: Response,
  { bytes, format, name }: { bytes: Uint8Array; format: keyof typeof TYPES; name: string },
): void {
  res.set('Content-Disposition', `inline; filename="${name}.${format}"`);
  res.type(TYPES[format]).send(Buffer.from(bytes));
}
